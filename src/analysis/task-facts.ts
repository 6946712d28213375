import {
  NONE,
  opTypeOfName,
  plainType,
  type Shard,
  type SliceId,
  type StringId,
  type TypedColumn,
} from '../timeline/index.ts';
import { byString } from './by-string.ts';
import { CLASS, derivedSlices, taskClasses, type TaskClasses, taskTypes } from './op-class.ts';
import { opKinds } from './op-kind.ts';
import type { RunTexts, TextId } from './run-texts.ts';

/** What the slices on the streams of a shard are. Texts are looked into once each, not once for each slice. */
export class TaskFacts {
  /** Whether a tool made it up from others, so that it is no task; undefined where none is. */
  readonly isDerived: ((slice: SliceId) => boolean) | undefined;
  readonly #names: Int32Array;
  readonly #textOf: (string: StringId) => TextId;
  readonly #opTypes: TypedColumn | undefined;
  readonly #toldType: (type: StringId) => TextId;
  readonly #typeOfName: (name: StringId) => TextId;
  readonly #taskTypeOf: (slice: SliceId) => StringId;
  readonly #classOf: TaskClasses;
  readonly #kindOf: (slice: SliceId, opClass: number, taskType: StringId) => number;
  /** Of the slice looked at last: texts of the run, one of the table CLASS, a position in OP_KINDS. */
  name: TextId = NONE;
  type: TextId = NONE;
  opClass = 0;
  kind = 0;

  constructor(shard: Shard, texts: RunTexts) {
    const { timeline } = shard;
    const { slices, strings } = timeline;
    const opTypes = slices.typed.get('opType');
    this.isDerived = derivedSlices(timeline);
    this.#names = slices.name;
    this.#textOf = texts.of(shard);
    this.#opTypes = opTypes?.kind === 'text' ? opTypes : undefined;
    this.#toldType = byString(strings.size, (type) => texts.add(plainType(strings.get(type))));
    this.#typeOfName = byString(strings.size, (name) => texts.add(plainType(opTypeOfName(strings.get(name)))));
    this.#taskTypeOf = taskTypes(timeline);
    this.#classOf = taskClasses(timeline);
    this.#kindOf = opKinds(timeline);
  }

  look(slice: SliceId, isCollective: boolean): void {
    const name = this.#names[slice];
    const told = this.#opTypes === undefined ? NONE : this.#opTypes.at(slice);
    const taskType = this.#taskTypeOf(slice);
    this.name = this.#textOf(name);
    this.type = told === NONE ? this.#typeOfName(name) : this.#toldType(told);
    this.opClass = isCollective ? CLASS.communication : this.#classOf(name, taskType);
    this.kind = this.#kindOf(slice, this.opClass, taskType);
  }
}
