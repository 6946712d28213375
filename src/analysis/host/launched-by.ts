/**
 * Ops and copies by what launched them on the host: the outermost operator of the framework around, the innermost one, and the
 * module: a call of it in Python, else what the operator tells. Work of a backward pass belongs to the module of the forward
 * operator that an arrow leads from.
 */
import { NONE, type Shard, type SliceId, type StringId } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import { bySlice } from '../by-slice.ts';
import { byString } from '../by-string.ts';
import { parentsOnThreads } from '../host-nesting.ts';
import { moduleHierarchies, modulePath } from '../module-paths.ts';
import { RunTexts, type TextId } from '../run-texts.ts';
import { frameKinds } from './frame-names.ts';
import { isWork } from './launched-tasks.ts';

export const LAUNCHERS = ['outermost', 'innermost', 'module'] as const;
export type LauncherKind = (typeof LAUNCHERS)[number];

export interface LauncherGroup {
  readonly by: LauncherKind;
  /** undefined: no such thing is around the calls. */
  readonly name: string | undefined;
  readonly count: number;
  readonly deviceNs: number;
  /** Of the time of all ops and copies whose launch is known. */
  readonly share: number;
}

/** Of each kind those with the most time first; a kind that nothing tells has none. */
export function launchedBy({ run, launches, devices }: RunAnalysis): LauncherGroup[] {
  const texts = new RunTexts();
  const around = run.shards.map((shard) => new LaunchersOfShard(shard, texts));
  return LAUNCHERS.flatMap((by) => {
    const sums = new Map<TextId, { count: number; deviceNs: number }>();
    let allNs = 0;
    for (const { tasks } of devices) {
      const textOf = bySlice(run, tasks, (_, number) => {
        const ofShard = launches.ofShard(number);
        return (slice) => {
          const launcher = ofShard.launcher(slice);
          return launcher === NONE ? Number.NaN : around[number].text(by, launcher);
        };
      });
      for (let task = 0; task < tasks.length; task++) {
        if (!isWork(tasks.opClass[task])) continue;
        const text = textOf(task);
        if (Number.isNaN(text)) continue;
        const durNs = tasks.endNs[task] - tasks.startNs[task];
        const sum = sums.get(text) ?? { count: 0, deviceNs: 0 };
        sums.set(text, sum);
        sum.count++;
        sum.deviceNs += durNs;
        allNs += durNs;
      }
    }
    if (sums.size === 0 || (sums.size === 1 && sums.has(NONE))) return [];
    return [...sums]
      .map(([text, { count, deviceNs }]) => ({
        ...{ by, name: text === NONE ? undefined : texts.get(text), count, deviceNs },
        share: allNs === 0 ? 0 : deviceNs / allNs,
      }))
      .sort((a, b) => b.deviceNs - a.deviceNs || b.count - a.count);
  });
}

/** By slice of a host thread, and plus one: the slices that stand for what is around it, itself included. */
class LaunchersOfShard {
  readonly #shard: Shard;
  readonly #textOf: (name: number) => TextId;
  readonly #around: Readonly<Record<LauncherKind, Uint32Array>>;
  readonly #hierarchyOf: (slice: SliceId) => StringId;
  readonly #isModule: (name: number) => boolean;
  /** By string: the path that a hierarchy of modules is. */
  readonly #paths = new Map<StringId, TextId>();
  readonly #texts: RunTexts;

  constructor(shard: Shard, texts: RunTexts) {
    this.#shard = shard;
    this.#textOf = texts.of(shard);
    this.#texts = texts;
    this.#hierarchyOf = moduleHierarchies(shard.timeline) ?? (() => NONE);
    this.#isModule = frameKinds(shard.timeline).isModule;
    this.#around = launchersOf(shard, this.#hierarchyOf);
  }

  /** NONE where there is none. */
  text(by: LauncherKind, slice: SliceId): TextId {
    const found = this.#around[by][slice] - 1;
    if (found === NONE) return NONE;
    const { strings, slices } = this.#shard.timeline;
    const hierarchy = by !== 'module' || this.#isModule(slices.name[found]) ? NONE : this.#hierarchyOf(found);
    if (hierarchy === NONE) return this.#textOf(slices.name[found]);
    const path = this.#paths.get(hierarchy) ?? this.#texts.add(modulePath(strings.get(hierarchy)));
    this.#paths.set(hierarchy, path);
    return path;
  }
}

function launchersOf(
  { timeline }: Shard,
  hierarchyOf: (slice: SliceId) => StringId,
): Record<LauncherKind, Uint32Array> {
  const { slices } = timeline;
  const parents = parentsOnThreads(timeline);
  const { isOperator, isModule, isStep } = frameKinds(timeline);
  const [outermost, innermost] = [new Uint32Array(slices.length), new Uint32Array(slices.length)];
  for (let slice = 0; slice < slices.length; slice++) {
    const parent = parents[slice] - 1;
    const isOwn = isOperator(slices.category[slice]) && !isStep(slices.name[slice]);
    const outer = parent === NONE ? 0 : outermost[parent];
    outermost[slice] = outer === 0 && isOwn ? slice + 1 : outer;
    innermost[slice] = isOwn ? slice + 1 : parent === NONE ? 0 : innermost[parent];
  }
  const spread = (own: (slice: SliceId) => number): Uint32Array => {
    const module = new Uint32Array(slices.length);
    for (let slice = 0; slice < slices.length; slice++) {
      const parent = parents[slice] - 1;
      module[slice] = own(slice) || (parent === NONE ? 0 : module[parent]);
    }
    return module;
  };
  const frames = spread((slice) => (isModule(slices.name[slice]) ? slice + 1 : 0));
  const forward = spread((slice) => frames[slice] || (hierarchyOf(slice) === NONE ? 0 : slice + 1));
  const forwardOf = forwardOperators(timeline);
  const forwardModule = (slice: SliceId): number => {
    const operator = forwardOf.get(slice);
    return operator === undefined ? 0 : forward[operator];
  };
  const module = forwardOf.size === 0 ? forward : spread((slice) => forward[slice] || forwardModule(slice));
  return { outermost, innermost, module };
}

/** What frameworks call the arrow from an operator to the one that goes back through it. */
const BACKWARD = 'fwdbwd';

function forwardOperators({ flows, strings }: Shard['timeline']): Map<SliceId, SliceId> {
  const isBackward = byString(strings.size, (id) => Number(strings.get(id) === BACKWARD));
  const found = new Map<SliceId, SliceId>();
  for (let arrow = 0; arrow < flows.length; arrow++) {
    const [from, to] = [flows.fromSlice[arrow], flows.toSlice[arrow]];
    if (from === NONE || to === NONE) continue;
    const [name, category] = [flows.name[arrow], flows.category[arrow]];
    if (isBackward(name) === 1 || (category !== NONE && isBackward(category) === 1)) found.set(to, from);
  }
  return found;
}
