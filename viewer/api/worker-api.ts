import { RequestError } from '../../src/session/requests/failure.ts';
import type { Answer, AnswerTo, Ask, RequestName, RunState, ViewerApi } from '../../src/session/requests/protocol.ts';
import { WORKER_ELEMENT } from './embedded.ts';
import { VERSION } from './version.ts';
import type { Opening, WorkerMessage, WorkerOrder } from './worker-messages.ts';

/** Reads files in workers, one for each run, and asks them. */
export class WorkerApi implements ViewerApi {
  readonly #runs: RunWorker[] = [];

  /** Returns the number of the run, which is read from now on. */
  open(opening: Opening): number {
    return this.#runs.push(new RunWorker(opening.name, { open: opening, version: VERSION })) - 1;
  }

  openSaved(saved: Blob): void {
    this.#runs.push(new RunWorker('', { saved }));
  }

  async runs(): Promise<readonly RunState[]> {
    return this.#runs.map(({ state }) => state);
  }

  async ask<Name extends RequestName>(
    run: number,
    name: Name,
    ask: Ask<Name>,
    signal?: AbortSignal,
  ): Promise<AnswerTo<Name>> {
    return (await this.#runs[run].ask(name, ask, signal)) as AnswerTo<Name>;
  }
}

interface Waiting {
  readonly name: RequestName;
  readonly ask: unknown;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/** It gets one request at a time, so that what nobody wants any more is dropped before it costs anything. */
class RunWorker {
  readonly #worker = createWorker();
  readonly #waiting: Waiting[] = [];
  #asked: Waiting | undefined;
  #lastId = 0;
  state: RunState;

  constructor(name: string, opened: WorkerOrder) {
    this.state = { name, state: 'loading', share: 0 };
    this.#worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => this.#take(data));
    this.#worker.addEventListener('error', ({ message }) => this.#fail(message));
    this.#order(opened);
  }

  ask(name: RequestName, ask: unknown, signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ name, ask, signal, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    while (this.#asked === undefined) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      if (next.signal?.aborted === true) {
        next.reject(next.signal.reason);
        continue;
      }
      this.#asked = next;
      this.#order({ id: ++this.#lastId, name: next.name, ask: next.ask });
    }
  }

  #take(message: WorkerMessage): void {
    if ('state' in message) {
      this.state = message.state;
      return;
    }
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked?.signal?.aborted === true) asked.reject(asked.signal.reason);
    else if ('failure' in message) asked?.reject(new RequestError(message.failure));
    else asked?.resolve(message.answer);
    this.#next();
  }

  /** The worker itself ended, as when the memory is used up. */
  #fail(why: string): void {
    this.state = { name: this.state.name, state: 'failed', code: 'worker', why, hint: '' };
    const error = new RequestError({ code: 'worker', what: why });
    for (const { reject } of [...(this.#asked ? [this.#asked] : []), ...this.#waiting.splice(0)]) reject(error);
    this.#asked = undefined;
  }

  #order(order: WorkerOrder): void {
    this.#worker.postMessage(order);
  }
}

/** Looked up at once: the page that is drawn takes the place of all that stands in the body. */
const embedded = document.getElementById(WORKER_ELEMENT);
let address: string | undefined;

/** From the script that a page of one file carries as data, else from the file beside the page. */
function createWorker(): Worker {
  if (embedded === null) return new Worker(new URL('../worker.ts', import.meta.url));
  address ??= URL.createObjectURL(new Blob([embedded.textContent], { type: 'text/javascript' }));
  return new Worker(address);
}
