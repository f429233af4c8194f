/** Which sweep a line goes into: the one whose topic it names, else the only one that asks for the entry. */
import type { PeriodBook } from '../../core/book.ts';
import type { EntrySaid } from '../../core/grammar/types.ts';
import { normalise } from '../../core/text.ts';
import { entryWords } from '../../locales/entries.ts';
import { sweepWords } from '../../locales/sweep.ts';
import { answer, type Found, formOf, type KnownCall } from '../command.ts';
import { openSweeps } from './period.ts';
import type { NamedRegister } from './resolve.ts';

/** What a line says of sweeps: those it may go into, and what it says of whom once the topic is taken off. */
export interface Swept {
  sweeps: readonly PeriodBook[];
  entries: readonly EntrySaid[];
}

const plain = (text: string): string => normalise(text).replaceAll(' ', '');

/** `/排查 外来人员 12 无`: the topic stands before the numbers. A topic that is not under way is refused. */
export function sweptBy(call: KnownCall, named: NamedRegister): Found<Swept> {
  const { form } = formOf(call);
  const sweeps = openSweeps(call);
  const [first, ...more] = call.parsed.entries;
  if (sweeps.length === 0) return { refused: answer(call, entryWords.noSweep(form.name)) };
  if (!first) return { found: { sweeps, entries: [] } };
  const names = namesBefore(first);
  for (let length = names.length; length > 0; length -= 1) {
    const topic = plain(names.slice(0, length).join(''));
    const meant = sweeps.filter(({ period }) => plain(period.label ?? '') === topic);
    if (meant.length === 0) continue;
    const rest = names.slice(0, length).reduce((text, name) => text.replace(name, '').trim(), first.text);
    const said = { ...first, refs: first.refs.slice(length), text: rest };
    return { found: { sweeps: meant, entries: [said, ...more] } };
  }
  const [name] = names;
  const isNobody = name !== undefined && call.county.entries.named(named.id, name, call.view.day).length === 0;
  if (isNobody && named.register.numbered && names.length < first.refs.length) {
    const topics = sweeps.map(({ period }) => period.label ?? form.name);
    return { refused: answer(call, sweepWords.noTopic(name, form.name, [...new Set(topics)])) };
  }
  return { found: { sweeps, entries: call.parsed.entries } };
}

/** The names at the head, before any number. */
function namesBefore({ refs }: EntrySaid): string[] {
  const numbered = refs.findIndex(({ kind }) => kind === 'number');
  return (numbered < 0 ? refs : refs.slice(0, numbered)).map(({ text }) => text);
}

/** The question where an entry stands in several sweeps and the line names none; null where it is clear. */
export function whichSweep(call: KnownCall, { sweeps, entries }: Swept, ids: readonly string[]): string | null {
  const { form } = formOf(call);
  const meant = sweeps.filter((book) =>
    ids.some((id) => sweepsOf(call, sweeps, id).length > 1 && book.due(id) !== undefined),
  );
  const topics = [...new Set(meant.map(({ period }) => period.label ?? form.name))];
  if (topics.length < 2) return null;
  const place = call.parsed.place === null ? [] : [call.parsed.place];
  const word = sweepWords.word(call.parsed.command, form.name);
  const lines = topics.map((topic) => [`/${word}`, ...place, topic, ...entries.map(({ text }) => text)].join(' '));
  return sweepWords.which(form.name, lines);
}

/** Of some sweeps those that ask for an entry; to correct or take back, those in which something was said of it. */
export function sweepsOf(call: KnownCall, sweeps: readonly PeriodBook[], entryId: string): PeriodBook[] {
  const asking = sweeps.filter((book) => book.due(entryId) !== undefined);
  if (call.parsed.command === 'report') return asking;
  const said = asking.filter((book) => book.due(entryId)?.standing.current);
  return said.length > 0 ? said : asking;
}
