/**
 * A process that writes to a store: `store-child.ts URL NAME COUNT` opens the database, commits COUNT messages named
 * `NAME 0`, `NAME 1`… one by one, and prints each number once its commit was acknowledged. Ends without closing.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/prisma.ts';
import { inbound } from '../contract/rows.ts';

const [url = '', name = '', count = '0'] = process.argv.slice(2);
const store = await openStore({ url });
for (let i = 0; i < Number(count); i++) {
  await store.commit([{ table: 'inbound', op: 'insert', row: inbound(`${name} ${i}`) }]);
  writeSync(1, `${i}\n`);
}
