/** What a line says, held against the form of the period it goes into. */
import type { PeriodBook } from '../core/book.ts';
import { unfitFor } from '../core/form.ts';
import type { Form, Values } from '../core/playbook/index.ts';
import { whenOf } from '../core/rounds/period.ts';
import type { PeriodRow } from '../core/rows/index.ts';
import { entryWords } from '../locales/entries.ts';
import { dayText } from '../locales/zh-CN.ts';
import { type Call, formOf } from './command.ts';

const photoOf = ({ fields }: Form): string | undefined =>
  Object.entries(fields).find(([, field]) => field.type === 'photo')?.[0];

/** Pictures that came with a line count in the form's photo field, where the line does not say how many. */
export function withPictures(values: Values, form: Form, pictures: number): Values {
  const photo = photoOf(form);
  return photo !== undefined && pictures > 0 && values[photo] === undefined ? { ...values, [photo]: pictures } : values;
}

/**
 * The sentence that refuses values a period's form does not have, or a photo it asks for and has not got; null where
 * they may be kept. The form may have been changed since the period opened.
 */
export function misfit(
  call: Pick<Call, 'parsed' | 'playbook'>,
  period: PeriodRow,
  book: PeriodBook | undefined,
  values: Values,
): string | null {
  const now = formOf(call).form;
  const form = book?.form ?? now;
  const unfit = unfitFor(form, values).map((id) => now.fields[id]?.name ?? id);
  if (unfit.length > 0) return entryWords.notInForm(dayText(whenOf(period)), form.name, unfit);
  const photo = photoOf(form);
  const field = photo === undefined ? undefined : form.fields[photo];
  return photo !== undefined && field?.required && values[photo] === undefined
    ? entryWords.photoMissing(form.name, field.name)
    : null;
}
