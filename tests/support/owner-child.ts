/** A process that owns a database until it is killed: `owner-child.ts URL` says `owned` once it does. */
import { writeSync } from 'node:fs';
import { becomeOwner } from '../../src/store/owner.ts';

const [url = ''] = process.argv.slice(2);
await becomeOwner(url);
writeSync(1, 'owned\n');
setInterval(() => undefined, 60_000);
