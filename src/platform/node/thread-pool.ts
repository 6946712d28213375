import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Task, TaskThread, ThreadPool } from '../../base/index.ts';

/** More threads than this find nothing to do: somebody has to put together what they bring. */
const MOST_THREADS = 4;

/** A task to start with, in place of the one before, or a request to the task at hand. */
export type ThreadOrder = { readonly task: string; readonly settings: unknown } | { readonly request: unknown };

export type ThreadMessage = { readonly result: unknown } | { readonly failure: unknown };

/** Worker threads of this process. */
export class NodeThreadPool implements ThreadPool {
  readonly threadCount = Math.min(MOST_THREADS, availableParallelism());
  readonly #idle: NodeThread[] = [];

  /** Undefined where there is one processor, or where this runs from its sources, which a thread cannot load. */
  static create(): NodeThreadPool | undefined {
    return availableParallelism() > 1 && import.meta.url.endsWith('.js') ? new NodeThreadPool() : undefined;
  }

  open<Settings, Request, Answer>(
    { name }: Task<Settings, Request, Answer>,
    settings: Settings,
  ): TaskThread<Request, Answer> {
    const thread = this.#idle.pop() ?? new NodeThread();
    thread.start(name, settings);
    return {
      ask: (request, transfer) => thread.ask(request, transfer) as Promise<Answer>,
      close: async () => {
        if (thread.isIdle) this.#idle.push(thread);
        else await thread.end();
      },
    };
  }

  async endIdle(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((thread) => thread.end()));
  }
}

class NodeThread {
  readonly #worker = new Worker(fileURLToPath(new URL('./thread.js', import.meta.url)), { execArgv: [] });
  readonly #waiting: { resolve: (answer: unknown) => void; reject: (reason: unknown) => void }[] = [];
  #failure: unknown;

  constructor() {
    this.#worker.on('message', (message: ThreadMessage) => {
      const first = this.#waiting.shift();
      if ('failure' in message) first?.reject(message.failure);
      else first?.resolve(message.result);
    });
    this.#worker.on('error', (error) => {
      this.#fail(error);
    });
    this.#worker.on('exit', () => {
      this.#fail(new Error('a thread of the program ended before its work was done'));
    });
  }

  /** Alive, and with every request answered. */
  get isIdle(): boolean {
    return this.#failure === undefined && this.#waiting.length === 0;
  }

  start(task: string, settings: unknown): void {
    this.#worker.postMessage({ task, settings } satisfies ThreadOrder);
  }

  ask(request: unknown, transfer: readonly ArrayBuffer[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage({ request } satisfies ThreadOrder, [...transfer]);
    });
  }

  #fail(reason: unknown): void {
    this.#failure ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }

  async end(): Promise<void> {
    this.#waiting.length = 0;
    await this.#worker.terminate();
  }
}
