import { DEVICE_WORDS, deviceLabel } from '../../base/index.ts';
import { argColumns, CaptureNames, NONE, type Run, type Shard, type SliceId } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import { bySlice } from '../by-slice.ts';
import { byString } from '../by-string.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { taskTypes } from '../op-class.ts';
import { OP_KINDS } from '../op-kind.ts';
import type { OpGrouping } from './grouping.ts';
import { layersOf } from './layers.ts';

/** Numbers for the keys of groups, 0, 1, 2, ... */
export class GroupKeys {
  readonly #numbers = new Map<string, number>();
  readonly #keys: string[] = [];

  /** In the order of their numbers. */
  get keys(): readonly string[] {
    return this.#keys;
  }

  get size(): number {
    return this.#keys.length;
  }

  number(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#keys.length);
    return this.#keys.push(key) - 1;
  }

  key(number: number): string {
    return this.#keys[number];
  }
}

/** The group of a task of one device. */
export type GroupOf = (task: number) => number;

/** How tasks are grouped, device by device. */
export function groupsOf(
  analysis: RunAnalysis,
  by: OpGrouping,
  keys: GroupKeys,
): (tasks: DeviceTasks) => GroupOf | Promise<GroupOf> {
  const { run, launches } = analysis;
  if (typeof by === 'object') return (tasks) => groupsByArg(run, tasks, by.arg, keys);
  switch (by) {
    case 'type':
      return groupsByText(keys, ({ type }) => type);
    case 'name':
      return groupsByText(keys, ({ name }) => name);
    case 'shape':
      return (tasks) => groupsByShape(run, tasks, keys);
    case 'class':
      return ({ kind }) => {
        const numbers = OP_KINDS.map((each) => keys.number(each));
        return (task) => numbers[kind[task]];
      };
    case 'core':
      return (tasks) => bySlice(run, tasks, (shard) => groupsByCore(shard, keys));
    case 'layer':
      return (tasks) =>
        bySlice(run, tasks, (shard, number) => {
          const layerOf = layersOf(shard, number, launches);
          return (slice) => keys.number(layerOf(slice));
        });
    case 'stream':
      return ({ streams, stream }) => {
        const numbers = streams.map(({ name }) => keys.number(name));
        return (task) => numbers[stream[task]];
      };
    case 'rank':
      return groupsByRank(new CaptureNames(run.shards), keys);
  }
}

function groupsByRank(names: CaptureNames, keys: GroupKeys): (tasks: DeviceTasks) => GroupOf {
  return ({ rank, capture }) => {
    const place = { rank: rank === NONE ? null : rank, capture: names.of(rank, capture) ?? null, device: null };
    const number = keys.number(deviceLabel(place, DEVICE_WORDS) || 'unknown rank');
    return () => number;
  };
}

function groupsByText(keys: GroupKeys, columnOf: (tasks: DeviceTasks) => Int32Array): (tasks: DeviceTasks) => GroupOf {
  return (tasks) => {
    const { texts } = tasks;
    const column = columnOf(tasks);
    const numberOf = byString(texts.length, (text) => keys.number(texts.get(text)));
    return (task) => numberOf(column[task]);
  };
}

function groupsByCore({ timeline }: Shard, keys: GroupKeys): (slice: SliceId) => number {
  const { strings } = timeline;
  const typeAt = taskTypes(timeline);
  const numberOf = byString(strings.size, (type) => keys.number(strings.get(type)));
  return (slice) => {
    const type = typeAt(slice);
    return type === NONE ? keys.number('unknown core') : numberOf(type);
  };
}

/** By the type of a task and its shapes, which most captures have few of each type of. */
function groupsByShape(run: Run, tasks: DeviceTasks, keys: GroupKeys): GroupOf {
  const { type, texts } = tasks;
  const shapeOf = inputShapes(run, tasks);
  const numbers = new Map<number, number>();
  return (task) => {
    const shape = shapeOf(task);
    const pair = type[task] * MOST_TEXTS + shape + 1;
    const known = numbers.get(pair);
    if (known !== undefined) return known;
    const number = keys.number([texts.get(type[task]), ...(shape === NONE ? [] : [texts.get(shape)])].join(' '));
    numbers.set(pair, number);
    return number;
  };
}

const MOST_TEXTS = 2 ** 26;

/** The text of each task's input shapes among those of the run; NONE where nobody tells them. */
export function inputShapes(run: Run, tasks: DeviceTasks): (task: number) => number {
  return bySlice(run, tasks, (shard) => {
    const shapes = shard.timeline.slices.typed.get('inputShapes');
    const textOf = tasks.texts.of(shard);
    if (shapes?.kind !== 'text') return () => NONE;
    return (slice) => {
      const shape = shapes.at(slice);
      return shape === NONE ? NONE : textOf(shape);
    };
  });
}

async function groupsByArg({ shards }: Run, tasks: DeviceTasks, key: string, keys: GroupKeys): Promise<GroupOf> {
  const { length, streams, stream, slice } = tasks;
  const groups = new Int32Array(length);
  for (const shard of new Set(streams.map((each) => each.shard))) {
    const { slices, args } = shards[shard].timeline;
    const isOfShard = streams.map((each) => each.shard === shard);
    const ofShard = Uint32Array.from({ length }, (_, task) => task).filter((task) => isOfShard[stream[task]]);
    const rows = ofShard.map((task) => slice[task]);
    const [column] = await argColumns(args, slices, rows, [{ key, kind: 'text' }]);
    if (column.kind !== 'text') throw new Error('asked for text');
    const { strings, values } = column;
    const none = keys.number(`no ${key}`);
    const numberOf = byString(strings.size, (value) => keys.number(strings.get(value)));
    for (const [i, value] of values.entries()) groups[ofShard[i]] = value === NONE ? none : numberOf(value);
  }
  return (task) => groups[task];
}
