import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import type { RunTexts, TextId } from '../run-texts.ts';

/** Whether texts fit a pattern; each is looked at once. */
export function textTest(texts: RunTexts, pattern: RegExp): (text: TextId) => boolean {
  const known: (boolean | undefined)[] = [];
  return (text) => (known[text] ??= pattern.test(texts.get(text)));
}

/** Whether the task type of tasks, as AI_CORE, fits a pattern; false where nobody tells it. */
export function taskTypeTest({ shards }: Run, tasks: DeviceTasks, pattern: RegExp): (task: number) => boolean {
  const ofShard = shards.map(({ timeline }) => {
    const column = timeline.slices.typed.get('taskType');
    const known: (boolean | undefined)[] = [];
    return (slice: number): boolean => {
      const text = column?.kind === 'text' ? column.at(slice) : NONE;
      return text !== NONE && (known[text] ??= pattern.test(timeline.strings.get(text)));
    };
  });
  return (task) => ofShard[tasks.streams[tasks.stream[task]].shard](tasks.slice[task]);
}
