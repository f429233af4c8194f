/** What was said of some entries, held against the fields of the form: complete, or what speaks against it. */
import type { Field, Form } from '../../playbook/index.ts';
import { type EntrySaid, type Refusal, type ReportLine, refuse } from '../types.ts';
import type { Line, Span } from './line.ts';
import type { Segment } from './segment.ts';
import { completions, wanted } from './wanted.ts';

export interface Complete {
  values: EntrySaid['values'];
  note: string | null;
}

const MARK = /^(\p{L}+)[√✓✔☑✅×✗✘❌]/u;
const LABELLED = /^(\p{Script=Han}+)[:=]?[0-9A-Za-z]/u;
const ONLY_MARKS = /^[√✓✔☑✅×✗✘❌xX]+$/;
const ALL_MARKED = /^(?:全部|全都|都|均|全)?(合格|到位|不合格|不到位|√|×)$/;
/** So many entries are still written out one by one. */
const MOST_WRITTEN = 6;

/** The values of a segment with what follows from them: the words no field was named for, the option they mean. */
export function complete(segment: Segment, line: Line, { form, act }: ReportLine): Complete | Refusal {
  const { rest, fields } = line.words;
  const said = segment.words.map(({ text }) => text).join(' ');
  const reasoned = act === 'behalf' || act === 'makeup' || act === 'correct';
  const problem =
    shared(segment, line) ??
    (said === '' ? null : rest ? oddWord(segment, line, form) : reasoned ? null : unknownWords(segment, line));
  if (problem) return problem;
  const values = { ...segment.values };
  if (said !== '' && rest) values[rest[0]] = values[rest[0]] === undefined ? said : `${values[rest[0]]} ${said}`;
  if (said !== '') {
    for (const [id, field] of Object.entries(fields)) {
      if (field.type !== 'choice' || field.otherwise === undefined || id in values) continue;
      const unsure = hintsAtOther(said, field);
      if (unsure) return lacking([field], segment, line);
      values[id] = field.otherwise;
    }
  }
  // Photos come beside the line.
  const missing = Object.entries(fields).filter(
    ([id, field]) => field.required && field.type !== 'photo' && !(id in values),
  );
  if (missing.length > 0)
    return lacking(
      missing.map(([, field]) => field),
      segment,
      line,
    );
  const hasPhoto = Object.values(fields).some(({ type }) => type === 'photo');
  if (Object.keys(values).length === 0 && !hasPhoto) return lacking(Object.values(fields).slice(0, 1), segment, line);
  return { values, note: rest || said === '' ? null : said };
}

function lacking(fields: readonly Field[], segment: Segment, line: Line): Refusal {
  const refusal = wanted(
    fields,
    segment.refs.map(({ text }) => text),
    line,
  );
  // 未消毒 says something of 消毒: a line that ticks it would put words in somebody's mouth.
  const isMentioned = fields.some((field) => segment.words.some(({ text }) => text.includes(field.name)));
  const lines = isMentioned && fields.length > 1 ? [] : completions(fields, segment, line);
  return { ...refusal, choices: lines.length > 1 ? lines : [], proposals: lines.length > 1 ? [] : lines };
}

/** A number said of several at once is one each, or all of theirs together, or one was forgotten. */
function shared({ refs, values, places, words, start, end }: Segment, line: Line): Refusal | null {
  const numbers = Object.entries(values).filter(([, value]) => typeof value === 'number' && value !== 0);
  const [id = ''] = numbers[0] ?? [];
  const place = places[id];
  // A number and a name beside it are one, or the name is no entry's at all.
  const numbered = refs.filter(({ kind }) => kind === 'number');
  if ((numbered.length > 0 ? numbered : refs).length < 2 || !place) return null;
  const typed = ({ start: from, end: to }: Span): string => line.text.slice(from, to);
  const said = Object.values(places).map(typed).join(' ');
  const each = refs.map(({ kind, text }) => `${text}${kind === 'number' ? line.reader.measure : ''} ${said}`);
  const whole = line.instead({ start, end }, each.join(' '));
  return refuse('value.shared', {
    text: typed(place),
    proposals: refs.length <= MOST_WRITTEN && words.length === 0 ? [whole] : [],
  });
}

function unknownWords({ words }: Segment, line: Line): Refusal {
  const [first] = words;
  const label = LABELLED.exec(first?.text ?? '')?.[1] ?? MARK.exec(first?.text ?? '')?.[1];
  const proposals = [line.without(words)];
  if (label !== undefined) return refuse('label.unknown', { text: label, proposals });
  return refuse('text.unknown', { text: words.map(({ text }) => text).join(' '), proposals });
}

/** Words that are no mere words: a tick for a field there is none of, a second option, a label that lost its value. */
function oddWord(segment: Segment, line: Line, form: Form): Refusal | null {
  const { labels, options } = line.words;
  const ticks = Object.values(form.fields).some(({ type }) => type === 'yesno');
  const marks = segment.words.filter(({ text }) => ONLY_MARKS.test(text) || ALL_MARKED.test(text));
  if (ticks && marks.length > 0) return unlabelled(marks, segment, line);
  for (const word of segment.words) {
    const ticked = ticks ? MARK.exec(word.text)?.[1] : undefined;
    if (ticked !== undefined) return refuse('label.unknown', { text: ticked, proposals: [line.without([word])] });
    const isNone =
      line.reader.zeroWords.includes(word.text) && Object.values(segment.values).some((value) => Number(value) > 0);
    if (isNone) return refuse('field.contradiction', { text: word.text });
    const option = options.find((each) => each.word === word.text);
    const other = option && segment.places[option.id];
    if (option && other && segment.values[option.id] !== option.option) {
      return refuse('field.twice', { text: option.field.name, choices: [line.without([word]), line.without([other])] });
    }
    const label = labels.find((each) => word.text.startsWith(each.word));
    if (!label || label.field.type === 'text') continue;
    const behind = word.text.slice(label.word.length);
    if (
      behind === '' ||
      label.field.type === 'yesno' ||
      /^[0-9A-Za-z零一二两三四五六七八九十几]|^\p{Script=Han}[A-Za-z]/u.test(behind)
    ) {
      const isTwice = label.id in segment.values;
      if (isTwice) {
        return refuse('field.twice', { text: label.field.name, proposals: [line.without([word])] });
      }
      const ticked = ['√', '×'].map((mark) => line.instead(word, `${label.field.name}${mark}`));
      const choices = label.field.type === 'yesno' ? ticked : [];
      return { ...lacking([label.field], segment, line), text: label.field.name, choices, proposals: [] };
    }
  }
  return null;
}

/** √ √ ×: as many as there are things to tick, they may be meant in their order. */
function unlabelled(marks: Segment['words'], segment: Segment, line: Line): Refusal {
  const [, all] = (marks.length === 1 && ALL_MARKED.exec(marks[0]?.text ?? '')) || [];
  const typed = marks.flatMap(({ text }) => [...text]);
  const open = Object.entries(line.words.fields).filter(
    ([id, { type }]) => type === 'yesno' && !(id in segment.values),
  );
  const each = all === undefined ? typed : open.map(() => all);
  const said = open.map(([, { name }], i) => `${name}${each[i] ?? ''}`).join(' ');
  const whole = `${line.without(marks)} ${said}`;
  const proposals = each.length === open.length ? [whole] : [];
  return refuse('value.no-label', { text: marks.map(({ text }) => text).join(' '), proposals });
}

/** 基本正常 is nearer to 正常 than to anything else that could be meant by words alone. */
function hintsAtOther(said: string, field: Extract<Field, { type: 'choice' }>): boolean {
  const others = field.options.filter(({ name }) => name !== field.otherwise);
  return others.some(({ words }) => words.some((word) => said.includes(word)));
}
