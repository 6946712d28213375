import type { SliceDetails, ViewerApi } from '../src/session/requests/protocol.ts';
import type { SliceRef } from './state.ts';

const MOST_KEPT = 500;

/** What is known of slices: asked once for each, whoever wants to know it. */
export class KnownSlices {
  readonly #api: ViewerApi;
  readonly #run: number;
  readonly #known = new Map<string, Promise<SliceDetails>>();

  constructor(api: ViewerApi, run: number) {
    this.#api = api;
    this.#run = run;
  }

  of({ track, slice }: SliceRef): Promise<SliceDetails> {
    const key = `${track} ${slice}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      if (this.#known.size >= MOST_KEPT) this.#known.clear();
      known = this.#api.ask(this.#run, 'slice', { track, slice }).then(({ json }) => json);
      // What failed may be asked again.
      known.catch(() => this.#known.delete(key));
      this.#known.set(key, known);
    }
    return known;
  }
}
