import { type Failure, failureOf, RequestError } from '../session/requests/failure.ts';
import type { OpenedView } from '../session/requests/open-viewed-run.ts';
import type { RunState } from '../session/requests/protocol.ts';
import type { ViewedRun } from '../session/requests/viewed-run.ts';

export type OpenServed = (onProgress: (readBytes: number, totalBytes: number) => void) => Promise<OpenedView>;

/** A run on its way to be asked. One that cannot be opened says why, and the others are served. */
export class ServedRun {
  readonly name: string;
  readonly #open: OpenServed;
  #share = 0;
  #viewed: ViewedRun | undefined;
  #failure: Failure | undefined;

  constructor(name: string, open: OpenServed) {
    this.name = name;
    this.#open = open;
  }

  /** Undefined where it failed. */
  async load(): Promise<OpenedView | undefined> {
    try {
      const opened = await this.#open((read, total) => {
        this.#share = total === 0 ? 0 : Math.min(1, read / total);
      });
      this.#viewed = opened.viewed;
      return opened;
    } catch (error) {
      this.#failure = failureOf(error);
      return undefined;
    }
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  get state(): RunState {
    const { name } = this;
    if (this.#viewed !== undefined) return { name, state: 'ready' };
    if (this.#failure === undefined) return { name, state: 'loading', share: this.#share };
    const { code, what, hint = '' } = this.#failure;
    return { name, state: 'failed', code, why: what, hint };
  }

  get viewed(): ViewedRun {
    if (this.#viewed !== undefined) return this.#viewed;
    throw new RequestError(this.#failure ?? { code: 'loading', what: `${this.name} is still being read` });
  }
}
