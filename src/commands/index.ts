/** Every command, in the order in which help shows them. Two owners of one name fail here, at start. */

import { correct, withdraw } from './amend.ts';
import { bind } from './bind.ts';
import { chain } from './chain.ts';
import { claim } from './claim.ts';
import type { Command } from './command.ts';
import { exempt } from './exempt.ts';
import { failures } from './failures.ts';
import { helpFor } from './help.ts';
import { back, leave } from './leave.ts';
import { me } from './me.ts';
import { missing, nudge, progress, rollup } from './progress.ts';
import { report } from './report.ts';
import { confirm } from './rest.ts';

const list: Command[] = [
  claim,
  report,
  correct,
  withdraw,
  confirm,
  missing,
  rollup,
  nudge,
  progress,
  leave,
  back,
  exempt,
  bind,
  me,
  failures,
  chain,
];
list.push(helpFor(() => list));

export const COMMANDS: ReadonlyMap<string, Command> = byName(list);

function byName(commands: readonly Command[]): Map<string, Command> {
  const map = new Map<string, Command>();
  for (const command of commands) {
    if (map.has(command.name)) throw new Error(`two commands are called ${command.name}`);
    map.set(command.name, command);
  }
  return map;
}
