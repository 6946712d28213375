// What a worker thread of the program runs: one task at a time, answering message by message.
import { parentPort } from 'node:worker_threads';
import { startTask } from '../../session/tasks.ts';
import type { ThreadMessage, ThreadOrder } from './thread-pool.ts';

if (parentPort === null) throw new Error('this file is the start of a thread, not a program');
const port = parentPort;
let started: ReturnType<typeof startTask> = Promise.reject(new Error('asked before any task was started'));
started.catch(() => undefined);
port.on('message', async (order: ThreadOrder) => {
  if ('task' in order) {
    started = startTask(order.task, order.settings);
    // It is told to who asks.
    started.catch(() => undefined);
    return;
  }
  try {
    const { result, transfer } = (await started)(order.request);
    port.postMessage({ result } satisfies ThreadMessage, [...transfer]);
  } catch (failure) {
    port.postMessage({ failure } satisfies ThreadMessage);
  }
});
