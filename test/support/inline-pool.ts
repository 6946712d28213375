import type { Task, TaskThread, ThreadPool } from '../../src/base/index.ts';
import { startTask } from '../../src/session/tasks.ts';

/** Threads that are none: everything goes over as it would to one, but the work is done here. */
export class InlinePool implements ThreadPool {
  readonly threadCount: number;
  asked = 0;

  constructor(threadCount: number) {
    this.threadCount = threadCount;
  }

  open<Settings, Request, Answer>(
    { name }: Task<Settings, Request, Answer>,
    settings: Settings,
  ): TaskThread<Request, Answer> {
    const started = startTask(name, structuredClone(settings));
    return {
      ask: async (request, transfer) => {
        this.asked++;
        const { result, transfer: back } = (await started)(structuredClone(request, { transfer: [...transfer] }));
        return structuredClone(result, { transfer: [...back] }) as Answer;
      },
      close: async () => undefined,
    };
  }

  async endIdle(): Promise<void> {
    await Promise.resolve();
  }
}
