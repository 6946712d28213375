/** The runs that are open and how far they are read; asked again for as long as one of them is being read. */
import type { RunState, ViewerApi } from '../src/session/requests/protocol.ts';

const ASK_AGAIN_MS = 200;

export class OpenRuns {
  readonly #api: ViewerApi;
  readonly #listeners = new Set<() => void>();
  #states: readonly RunState[] = [];
  #again: ReturnType<typeof setTimeout> | undefined;

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
    this.#states = states;
    // Where nobody answers any more, requests say so.
    if (states.some(({ state }) => state === 'loading')) {
      clearTimeout(this.#again);
      this.#again = setTimeout(() => void this.refresh().catch(() => undefined), ASK_AGAIN_MS);
    }
    if (isNews) for (const listener of [...this.#listeners]) listener();
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
