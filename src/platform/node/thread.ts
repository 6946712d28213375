// What a worker thread of the program runs: one task, answering message by message.
import { parentPort, workerData } from 'node:worker_threads';
import { startTask } from '../../session/tasks.ts';
import type { ThreadMessage, ThreadStart } from './thread-pool.ts';

if (parentPort === null) throw new Error('this file is the start of a thread, not a program');
const port = parentPort;
const { task, settings } = workerData as ThreadStart;
const started = startTask(task, settings);
port.on('message', async (request: unknown) => {
  try {
    const { result, transfer } = (await started)(request);
    port.postMessage({ result } satisfies ThreadMessage, [...transfer]);
  } catch (failure) {
    port.postMessage({ failure } satisfies ThreadMessage);
  }
});
