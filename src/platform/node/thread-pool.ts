import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Task, TaskThread, ThreadPool } from '../../base/index.ts';

/** More threads than this find nothing to do: somebody has to put together what they bring. */
const MOST_THREADS = 4;

export interface ThreadStart {
  readonly task: string;
  readonly settings: unknown;
}

export type ThreadMessage = { readonly result: unknown } | { readonly failure: unknown };

/** Worker threads of this process. */
export class NodeThreadPool implements ThreadPool {
  readonly threadCount = Math.min(MOST_THREADS, availableParallelism());

  /** Undefined where there is one processor, or where this runs from its sources, which a thread cannot load. */
  static create(): NodeThreadPool | undefined {
    return availableParallelism() > 1 && import.meta.url.endsWith('.js') ? new NodeThreadPool() : undefined;
  }

  open<Settings, Request, Answer>(
    { name }: Task<Settings, Request, Answer>,
    settings: Settings,
  ): TaskThread<Request, Answer> {
    const workerData: ThreadStart = { task: name, settings };
    const path = fileURLToPath(new URL('./thread.js', import.meta.url));
    return new NodeTaskThread(new Worker(path, { workerData, execArgv: [] }));
  }
}

class NodeTaskThread<Request, Answer> implements TaskThread<Request, Answer> {
  readonly #worker: Worker;
  readonly #waiting: { resolve: (answer: Answer) => void; reject: (reason: unknown) => void }[] = [];
  #failure: unknown;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: ThreadMessage) => {
      const first = this.#waiting.shift();
      if ('failure' in message) first?.reject(message.failure);
      else first?.resolve(message.result as Answer);
    });
    worker.on('error', (error) => {
      this.#fail(error);
    });
    worker.on('exit', () => {
      this.#fail(new Error('a thread of the program ended before its work was done'));
    });
  }

  ask(request: Request, transfer: readonly ArrayBuffer[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(request, [...transfer]);
    });
  }

  #fail(reason: unknown): void {
    this.#failure ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }

  async close(): Promise<void> {
    this.#waiting.length = 0;
    await this.#worker.terminate();
  }
}
