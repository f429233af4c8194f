/** Every command, in the order in which help shows them. Two owners of one name fail here, at start. */

import { acknowledge } from './acknowledge.ts';
import { addAccount } from './add-account.ts';
import { back } from './back.ts';
import { bind } from './bind.ts';
import { chain } from './chain.ts';
import { claim } from './claim.ts';
import type { Command } from './command.ts';
import { confirm } from './confirm.ts';
import { correct } from './correct.ts';
import { coverage } from './coverage.ts';
import { add } from './entries/add.ts';
import { cover } from './entries/cover.ts';
import { end } from './entries/end.ts';
import { look } from './entries/look.ts';
import { phase } from './entries/phase.ts';
import { sweep } from './entries/sweep.ts';
import { exempt } from './exempt.ts';
import { failures } from './failures.ts';
import { helpOn } from './help.ts';
import { leave } from './leave.ts';
import { me } from './me.ts';
import { nudge } from './nudge.ts';
import { missing, progress } from './progress.ts';
import { report } from './report.ts';
import { rollup } from './rollup.ts';
import { withdraw } from './withdraw.ts';

const list: Command[] = [
  claim,
  report,
  correct,
  withdraw,
  confirm,
  acknowledge,
  missing,
  rollup,
  nudge,
  progress,
  leave,
  back,
  exempt,
  bind,
  me,
  coverage,
  failures,
  chain,
  addAccount,
  add,
  end,
  cover,
  look,
  sweep,
  phase,
];
list.push(helpOn(() => list));

export const COMMANDS: ReadonlyMap<string, Command> = byName(list);

function byName(commands: readonly Command[]): Map<string, Command> {
  const map = new Map<string, Command>();
  for (const command of commands) {
    if (map.has(command.name)) throw new Error(`two commands are called ${command.name}`);
    map.set(command.name, command);
  }
  return map;
}
