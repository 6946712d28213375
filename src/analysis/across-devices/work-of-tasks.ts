import { NONE } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { CLASS } from '../op-class.ts';
import { WORK_CLASSES, type WorkClass, workClassOf } from './work-classes.ts';

/** The place of ops that the table has no row for, behind all classes. */
export const UNMAPPED = WORK_CLASSES.length;
const [COMMUNICATION, MOVEMENT] = (['communication', 'movement'] as const).map((each) => WORK_CLASSES.indexOf(each));

/** The position in WORK_CLASSES of each task of a device, or UNMAPPED; NONE of what is no work: waits, parts, profiling. */
export function workOfTasks({ run, launches }: RunAnalysis, tasks: DeviceTasks): Int8Array {
  const { length, opClass, stream, streams, slice, texts, name, type } = tasks;
  const textOf = (id: number): string => (id === NONE ? '' : texts.get(id));
  const byTexts = new Map<string, number>();
  const operatorOf = streams.map(({ shard }) => {
    const ofShard = launches.ofShard(shard);
    const { slices, strings } = run.shards[shard].timeline;
    return (task: number): string => {
      const operator = ofShard.operator(slice[task]);
      return operator === NONE ? '' : strings.get(slices.name[operator]);
    };
  });
  return Int8Array.from({ length }, (_, task) => {
    switch (opClass[task]) {
      case CLASS.communication:
        return COMMUNICATION;
      case CLASS.copy:
        return MOVEMENT;
      case CLASS.compute: {
        const words = [textOf(type[task]), textOf(name[task]), operatorOf[stream[task]](task)] as const;
        const key = words.join('\n');
        let known = byTexts.get(key);
        if (known === undefined) byTexts.set(key, (known = positionOf(workClassOf(...words))));
        return known;
      }
      default:
        return NONE;
    }
  });
}

function positionOf(work: WorkClass | undefined): number {
  return work === undefined ? UNMAPPED : WORK_CLASSES.indexOf(work);
}
