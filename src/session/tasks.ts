import type { StartTask, Task, TaskAnswer } from '../base/index.ts';
import { SCAN_CHUNKS } from '../readers/trace-events/chunk-task.ts';

/** Everything that threads can be asked to do. */
const TASKS = [SCAN_CHUNKS];

/** The task of a name, started. What comes as settings and requests was given to a thread as the task's own. */
export async function startTask(name: string, settings: unknown): Promise<(request: unknown) => TaskAnswer<unknown>> {
  const task = TASKS.find((each) => each.name === name) as Task<unknown, unknown, unknown> | undefined;
  if (task === undefined) throw new RangeError(`no task is called ${name}`);
  const start: StartTask<unknown, unknown, unknown> = await task.load();
  return start(settings);
}
