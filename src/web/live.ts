/** What changes on the page, as it changes: messages on the stage, the stage itself, the clock. */
import type { ConsoleAdapter, ConsoleMessage } from '../bots/console.ts';
import { isOnStage, type Stage } from './stage.ts';
import type { ClockState, TimeMachine } from './time-machine.ts';

export type LiveEvent =
  | { type: 'message'; message: ConsoleMessage }
  | { type: 'stage'; stage: Stage }
  | { type: 'clock'; clock: ClockState };

export interface LiveDeps {
  adapter: ConsoleAdapter;
  time: TimeMachine;
  stage: () => Stage;
}

export class Live {
  readonly #stage: () => Stage;
  readonly #listeners = new Set<(event: LiveEvent) => void>();
  #known: string;

  constructor({ adapter, time, stage }: LiveDeps) {
    this.#stage = stage;
    this.#known = JSON.stringify(stage());
    adapter.subscribe((event) => {
      // A line may have bound a group: what it changed is true by the time its answer is seen.
      const now = this.#refresh();
      if (event.type === 'message' && isOnStage(now, event.message.chat)) {
        this.#tell({ type: 'message', message: event.message });
      }
    });
    time.subscribe((clock) => {
      this.#refresh();
      this.#tell({ type: 'clock', clock });
    });
  }

  /** How many are watching. */
  get watching(): number {
    return this.#listeners.size;
  }

  /** Tells of everything new from now on; call what it returns to end that. A listener must not throw. */
  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #refresh(): Stage {
    const stage = this.#stage();
    const text = JSON.stringify(stage);
    if (text !== this.#known) {
      this.#known = text;
      this.#tell({ type: 'stage', stage });
    }
    return stage;
  }

  #tell(event: LiveEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
