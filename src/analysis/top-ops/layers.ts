/**
 * The layer of the model that an op belongs to: the one that the capture names, where it does. Frameworks that trace modules put
 * a range around each on the host: the innermost that the op's operator ran in, else the module that the operator itself tells.
 * Graphs name ops by their path in the model: all of it but the op itself.
 */
import { NONE, type Shard, type SliceId, type StringId, type Timeline } from '../../timeline/index.ts';
import type { Launches } from '../launches.ts';
import { hierarchiesAround, modulePath } from '../module-paths.ts';

const UNKNOWN_LAYER = 'unknown layer';

/** nn.Module: Conv2d_0 */
const MODULE = /^nn\.Module: (.+)$/s;
/** Default/network/layer3/MatMul12. Two names are no path: MatMul12/DSAGenBitMask is an op and a part of it. */
const PATH = /^(.+\/.+)\/[^/]+$/s;

export function layersOf({ timeline }: Shard, shard: number, launches: Launches): (task: SliceId) => string {
  const { slices, strings } = timeline;
  const told = slices.typed.get('layer');
  const modules = new Modules(timeline);
  const hierarchyOf = hierarchiesAround(timeline);
  const pathOfHierarchy = new Map<StringId, string>();
  const pathOfName = new Map<StringId, string>();
  return (task) => {
    const layer = told?.kind === 'text' ? told.at(task) : NONE;
    if (layer !== NONE) return strings.get(layer);
    const isNeeded = !modules.isEmpty || hierarchyOf !== undefined;
    const operator = isNeeded ? (launches.of(shard, task)?.operator ?? NONE) : NONE;
    const module = operator === NONE ? undefined : modules.around(operator);
    if (module !== undefined) return module;
    const hierarchy = operator === NONE ? NONE : (hierarchyOf?.(operator) ?? NONE);
    if (hierarchy !== NONE) {
      const known = pathOfHierarchy.get(hierarchy) ?? modulePath(strings.get(hierarchy));
      pathOfHierarchy.set(hierarchy, known);
      return known;
    }
    const name = slices.name[task];
    const path = pathOfName.get(name) ?? PATH.exec(strings.get(name))?.[1] ?? UNKNOWN_LAYER;
    pathOfName.set(name, path);
    return path;
  };
}

/** Ranges of modules on one thread, by start; `around`: the position of the range that each began in. */
interface ModuleRanges {
  readonly slices: readonly SliceId[];
  readonly around: readonly number[];
}

class Modules {
  readonly #timeline: Timeline;
  readonly #ofTrack = new Map<number, ModuleRanges>();
  /** '' for ranges of something else. */
  readonly #names = new Map<StringId, string>();

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    for (const [track, { kind }] of timeline.tracks.entries()) {
      if (kind !== 'thread') continue;
      const ranges = this.#rangesOf(track);
      if (ranges.slices.length > 0) this.#ofTrack.set(track, ranges);
    }
  }

  get isEmpty(): boolean {
    return this.#ofTrack.size === 0;
  }

  /** The innermost module that a slice of the host began in. */
  around(slice: SliceId): string | undefined {
    const { track, startNs } = this.#timeline.slices;
    const ranges = this.#ofTrack.get(track[slice]);
    if (ranges === undefined) return undefined;
    let at = lastNotAfter(ranges.slices, startNs, startNs[slice]);
    while (at !== NONE && this.#endNs(ranges.slices[at]) <= startNs[slice]) at = ranges.around[at];
    return at === NONE ? undefined : this.#moduleName(ranges.slices[at]);
  }

  #rangesOf(track: number): ModuleRanges {
    const { slices, sliceRange } = this.#timeline;
    const [found, around]: [SliceId[], number[]] = [[], []];
    for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
      if (this.#moduleName(slice) === '') continue;
      let outer = found.length - 1;
      while (outer !== NONE && this.#endNs(found[outer]) <= slices.startNs[slice]) outer = around[outer];
      found.push(slice);
      around.push(outer);
    }
    return { slices: found, around };
  }

  #endNs(slice: SliceId): number {
    const { startNs, durNs } = this.#timeline.slices;
    return startNs[slice] + durNs[slice];
  }

  #moduleName(slice: SliceId): string {
    const { slices, strings } = this.#timeline;
    const name = slices.name[slice];
    const module = this.#names.get(name) ?? MODULE.exec(strings.get(name))?.[1] ?? '';
    this.#names.set(name, module);
    return module;
  }
}

/** The position of the last slice that starts at or before `timeNs`; NONE where there is none. */
function lastNotAfter(slices: readonly SliceId[], startNs: Float64Array, timeNs: number): number {
  let from = 0;
  let to = slices.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (startNs[slices[middle]] <= timeNs) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
