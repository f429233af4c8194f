/** Versions of forms: a period keeps the form it was opened under, word for word. */
import { createHash } from 'node:crypto';
import type { Form } from '../playbook/index.ts';

const ids = new WeakMap<Form, string>();

/** The id of a form's version: of its very text, so that a playbook changed back has its old versions again. */
export function specIdOf(form: Form): string {
  const known = ids.get(form);
  if (known !== undefined) return known;
  const id = createHash('sha256').update(form.source).digest('base64url').slice(0, 22);
  ids.set(form, id);
  return id;
}
