/** What every store must do. An implementation's test file hands its opener to {@link describeStore}. */
import { afterEach, describe } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { describeErasing } from './store-erasing.ts';
import { describeReading } from './store-reading.ts';
import { describeUpdating } from './store-updating.ts';
import { describeWriting } from './store-writing.ts';

export interface OpenedStore {
  store: Store;
  /** Another store on the same data; the first may still be open. */
  reopen(): Promise<Store>;
  /** Closes whatever was opened. */
  dispose(): Promise<void>;
}

/** Opens an empty store that is disposed of after the test. */
export type Fresh = () => Promise<OpenedStore>;

export function describeStore(name: string, open: Fresh): void {
  describe(name, () => {
    const opened: OpenedStore[] = [];
    const fresh: Fresh = async () => {
      const one = await open();
      opened.push(one);
      return one;
    };

    afterEach(async () => {
      for (const one of opened.splice(0)) await one.dispose();
    });

    describeWriting(fresh);
    describeUpdating(fresh);
    describeReading(fresh);
    describeErasing(fresh);
  });
}
