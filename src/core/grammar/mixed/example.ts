/** Lines that show how a form or register of any fields is written; each of them can be read. */

import type { Field, Form, Register } from '../../playbook/index.ts';
import { normalise } from '../../text.ts';

/** A name that stands for anybody's in a line shown as an example. */
const SOMEBODY = '张三';

/** A value of a field as it is typed, label included where it is needed. */
export function exampleValue(field: Field): string {
  const label = field.bare ? '' : field.name;
  switch (field.type) {
    case 'count':
      return field.bare && field.measures[0] !== undefined ? `1${field.measures[0]}` : `${label}1`;
    case 'photo':
      return `${label}1`;
    case 'number': {
      const usual = field.usual ?? (field.min + field.max) / 2;
      return `${label}${Number(usual.toFixed(field.decimals))}`;
    }
    case 'choice':
      return field.options[0]?.name ?? '';
    case 'yesno':
      return `${field.name}√`;
    case 'date':
      return `${label === '' ? '' : `${label} `}今天`;
    case 'person':
      return `${field.name} 李四`;
    case 'household':
      return `${field.name} 12`;
    case 'plate':
      return `${label === '' ? '' : `${label} `}湘J12345`;
    case 'text':
      return field.rest ? '情况' : `${field.name} 情况`;
  }
}

/** How an entry is called in an example: `12户`, `张三`. */
export function exampleEntry(register: Pick<Register, 'numbered' | 'measure' | 'sample'> | undefined): string {
  return register?.numbered ? `12${register.measure}` : (register?.sample ?? SOMEBODY);
}

/** The shortest line about an entry: `/体温 张三 38.5`. */
export function entryExample(
  word: string,
  form: Pick<Form, 'fields' | 'zeroWords' | 'subject'>,
  register: Register | undefined,
  whom?: string,
): string {
  const fields = Object.values(form.fields);
  const required = fields.filter((field) => field.required);
  const [zero] = form.zeroWords;
  const first = fields.find((field) => field.bare) ?? fields[0];
  const needed = required.length > 0 ? required : first ? [first] : [];
  const onlyCounts = needed.length > 0 && needed.every(({ type }) => type === 'count');
  const values = zero !== undefined && onlyCounts ? [normalise(zero)] : needed.map(exampleValue);
  const own = 'register' in form.subject ? [exampleEntry(register)] : [];
  return [`/${word}`, ...(whom === undefined ? own : [whom]), ...values].join(' ');
}
