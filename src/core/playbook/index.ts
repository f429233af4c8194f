/** The playbook language. */
export type { Alert, Phase } from './alert.ts';
export type { Field, Value, Values } from './field.ts';
export type { Every, Form, LadderStep, Subject } from './form.ts';
export { checkPlaybook, formOfSource, type Playbook, playbookShape, together } from './playbook.ts';
export type { Register, RegisterAct } from './register.ts';
export { LEVELS, type Level } from './scalars.ts';
export type { Slice } from './slice.ts';
