import { NONE, opTypeOfName, plainType, type Shard, type SliceId, type StringId } from '../timeline/index.ts';
import { byString } from './by-string.ts';
import { derivedSlices, taskClasses, taskTypes } from './op-class.ts';
import { opKinds } from './op-kind.ts';
import type { RunTexts, TextId } from './run-texts.ts';

/** What the slices on the streams of a shard are. Texts are looked into once each, not once for each slice. */
export interface TaskFacts {
  /** Whether a tool made it up from others, so that it is no task. */
  readonly isDerived: (slice: SliceId) => boolean;
  readonly nameAt: (slice: SliceId) => TextId;
  readonly typeAt: (slice: SliceId) => TextId;
  /** What the profiler calls the kind of task, in the strings of the shard; NONE where it does not say. */
  readonly taskTypeAt: (slice: SliceId) => StringId;
  /** Of the table CLASS, for tasks on streams. */
  readonly classOf: (slice: SliceId, taskType: StringId) => number;
  /** Position in OP_KINDS. */
  readonly kindOf: (slice: SliceId, opClass: number, taskType: StringId) => number;
}

export function taskFacts(shard: Shard, texts: RunTexts): TaskFacts {
  const { timeline } = shard;
  const { slices, strings } = timeline;
  const textOf = texts.of(shard);
  const classOf = taskClasses(timeline);
  const opTypes = slices.typed.get('opType');
  const toldType = byString(strings.size, (type) => texts.add(plainType(strings.get(type))));
  const typeOfName = byString(strings.size, (name) => texts.add(plainType(opTypeOfName(strings.get(name)))));
  return {
    isDerived: derivedSlices(timeline),
    nameAt: (slice) => textOf(slices.name[slice]),
    typeAt: (slice) => {
      const told = opTypes?.kind === 'text' ? opTypes.at(slice) : NONE;
      return told === NONE ? typeOfName(slices.name[slice]) : toldType(told);
    },
    taskTypeAt: taskTypes(timeline),
    classOf: (slice, taskType) => classOf(slices.name[slice], taskType),
    kindOf: opKinds(timeline),
  };
}
