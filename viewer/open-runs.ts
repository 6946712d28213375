/** The runs that are open and how far they are read; asked again for as long as one of them is being read. */
import type { RunState, ViewerApi } from '../src/session/requests/protocol.ts';

/** Small files are read in no time, and large ones are looked at less and less often. */
const [FIRST_AGAIN_MS, MOST_AGAIN_MS, SLOWER] = [10, 200, 1.3];

export class OpenRuns {
  readonly #api: ViewerApi;
  readonly #listeners = new Set<() => void>();
  #states: readonly RunState[] = [];
  #again: ReturnType<typeof setTimeout> | undefined;
  #againMs = FIRST_AGAIN_MS;

  constructor(api: ViewerApi) {
    this.#api = api;
  }

  get states(): readonly RunState[] {
    return this.#states;
  }

  async refresh(): Promise<void> {
    clearTimeout(this.#again);
    this.#again = undefined;
    const states = await this.#api.runs();
    const isNews = JSON.stringify(states) !== JSON.stringify(this.#states);
    this.#againMs =
      states.length === this.#states.length ? Math.min(MOST_AGAIN_MS, this.#againMs * SLOWER) : FIRST_AGAIN_MS;
    this.#states = states;
    // Where nobody answers any more, requests say so.
    if (states.some(({ state }) => state === 'loading')) {
      clearTimeout(this.#again);
      this.#again = setTimeout(() => void this.refresh().catch(() => undefined), this.#againMs);
    }
    if (isNews) for (const listener of [...this.#listeners]) listener();
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
