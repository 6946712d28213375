import type { DeviceTasks } from './device-tasks.ts';

/** The tasks of one class of the table CLASS, in the order of time. */
export function tasksOfClass(
  { length, opClass }: Pick<DeviceTasks, 'length' | 'opClass'>,
  sought: number,
): Uint32Array {
  // Room for all of them: memory that is not written to costs nothing.
  const found = new Uint32Array(length);
  let count = 0;
  for (let task = 0; task < length; task++) if (opClass[task] === sought) found[count++] = task;
  return found.subarray(0, count);
}
