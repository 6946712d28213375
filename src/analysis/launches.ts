import { NONE, type Run, type Shard, type SliceId, type Timeline } from '../timeline/index.ts';
import { LAUNCH_COLUMN } from '../timeline/launches.ts';
import { enclosingCalls, enclosingOperators } from './enclosing-slices.ts';

/** How the host set off a task of a device. Times are integer ns from the run's origin, on the host's clock. */
export interface Launch {
  /** When the framework called the runtime for it: the start of the outermost call around, which may launch more. */
  readonly calledNs: number;
  /**
   * The call that launched it: its start, and its end where the call is a slice, else its start again. Where a call launches
   * several tasks one after the other, its part for this one: from when it launched the one before to when it launched this.
   */
  readonly startNs: number;
  readonly endNs: number;
  /** The slice of the call in the shard of the task; NONE where profilers record only when it was. */
  readonly call: SliceId;
  /** The framework's operator that asked for it: an arrow comes from it, or it is around the call. NONE where unknown. */
  readonly operator: SliceId;
}

/** The same to be filled in again and again: looking at millions of tasks must not make millions of objects. */
export type LaunchRow = { -readonly [Key in keyof Launch]: Launch[Key] };

export function emptyLaunch(): LaunchRow {
  return { calledNs: Number.NaN, startNs: Number.NaN, endNs: Number.NaN, call: NONE, operator: NONE };
}

/** What exporters call arrows from a framework's operators, which lead to the same tasks as those from launch calls. */
const FROM_OPERATOR = /^(torch_to_npu|async_npu)/;

/** Finds launches by the arrows that lead to tasks. */
export class Launches {
  readonly #shards: readonly Shard[];
  readonly #arrows: (ArrowsOfTimeline | undefined)[] = [];

  constructor({ shards }: Pick<Run, 'shards'>) {
    this.#shards = shards;
  }

  /** undefined where nothing tells. Of several calls the last one before the task counts. */
  of(shard: number, slice: SliceId): Launch | undefined {
    const launch = emptyLaunch();
    return this.read(shard, slice, launch) ? launch : undefined;
  }

  /** The same into a row that is there already; false where nothing tells. */
  read(shard: number, slice: SliceId, into: LaunchRow): boolean {
    return this.#arrowsOf(shard).read(slice, this.#shards[shard].shiftNs, into);
  }

  /** How many tasks a call set off at once: 1 for ops, also where they are several, many for a graph. */
  taskCount(shard: number, call: SliceId): number {
    return this.#arrowsOf(shard).countFrom(call);
  }

  #arrowsOf(shard: number): ArrowsOfTimeline {
    return (this.#arrows[shard] ??= new ArrowsOfTimeline(this.#shards[shard].timeline));
  }
}

class ArrowsOfTimeline {
  readonly #timeline: Timeline;
  /** The last arrow to each slice, and the arrow to the same slice before each arrow. */
  readonly #lastTo: Int32Array;
  readonly #before: Int32Array;
  readonly #isFromOperator: (boolean | undefined)[] = [];
  /** How many tasks each slice launched at once. */
  readonly #countFrom: Uint32Array;
  /** Of arrows from calls that launch one task after the other: when the call launched the one before. NaN for others. */
  readonly #previousNs: Float64Array | undefined;
  #operatorAround: Int32Array | undefined;
  #callAround: Int32Array | undefined;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    const { flows, slices } = timeline;
    const sliceCount = flows.length === 0 ? 0 : slices.length;
    this.#lastTo = new Int32Array(sliceCount).fill(NONE);
    this.#before = new Int32Array(flows.length).fill(NONE);
    this.#countFrom = new Uint32Array(sliceCount);
    for (let arrow = 0; arrow < flows.length; arrow++) {
      const slice = flows.toSlice[arrow];
      if (slice === NONE || flows.fromTrack[arrow] === NONE) continue;
      this.#before[arrow] = this.#lastTo[slice];
      this.#lastTo[slice] = arrow;
      if (flows.fromSlice[arrow] !== NONE) this.#countFrom[flows.fromSlice[arrow]]++;
    }
    this.#previousNs = this.#launchedBefore();
  }

  read(task: SliceId, shiftNs: number, into: LaunchRow): boolean {
    const { flows, slices } = this.#timeline;
    let arrow = NONE;
    into.operator = NONE;
    into.call = NONE;
    for (let each = this.#lastTo[task] ?? NONE; each !== NONE; each = this.#before[each]) {
      if (this.#comesFromOperator(each)) into.operator = flows.fromSlice[each];
      else if (arrow === NONE || this.#isBetter(each, arrow, slices.startNs[task])) arrow = each;
    }
    if (arrow === NONE) {
      const launchNs = slices.typed.get(LAUNCH_COLUMN)?.at(task) ?? Number.NaN;
      into.calledNs = into.startNs = into.endNs = launchNs + shiftNs;
      return !Number.isNaN(launchNs);
    }
    this.#readCall(arrow, shiftNs, into);
    return true;
  }

  #readCall(arrow: number, shiftNs: number, into: LaunchRow): void {
    const { flows, slices } = this.#timeline;
    const call = (into.call = flows.fromSlice[arrow]);
    const launchedNs = flows.fromNs[arrow] + shiftNs;
    into.calledNs = into.startNs = into.endNs = launchedNs;
    if (call === NONE) return;
    const outer = (this.#callAround ??= enclosingCalls(this.#timeline))[call];
    into.calledNs = slices.startNs[outer === NONE ? call : outer] + shiftNs;
    const previousNs = this.#previousNs?.[arrow] ?? Number.NaN;
    const isAlone = Number.isNaN(previousNs);
    into.startNs = (isAlone ? slices.startNs[call] : previousNs) + shiftNs;
    if (isAlone) into.endNs = into.startNs + slices.durNs[call];
    if (into.operator === NONE) {
      into.operator = (this.#operatorAround ??= enclosingOperators(this.#timeline))[call];
    }
  }

  countFrom(call: SliceId): number {
    return this.#countFrom[call];
  }

  #launchedBefore(): Float64Array | undefined {
    const arrows = this.#arrowsOneByOne();
    if (arrows.length === 0) return undefined;
    const { fromSlice, fromNs } = this.#timeline.flows;
    const { startNs } = this.#timeline.slices;
    const previousNs = new Float64Array(fromSlice.length).fill(Number.NaN);
    arrows.sort((a, b) => fromSlice[a] - fromSlice[b] || fromNs[a] - fromNs[b]);
    let previous = NONE;
    for (const arrow of arrows) {
      if (previous === NONE || fromSlice[previous] !== fromSlice[arrow]) previousNs[arrow] = startNs[fromSlice[arrow]];
      else previousNs[arrow] = fromNs[previous] === fromNs[arrow] ? previousNs[previous] : fromNs[previous];
      previous = arrow;
    }
    return previousNs;
  }

  /** Arrows from calls that launch at several moments, which is no graph; those count for one task. */
  #arrowsOneByOne(): number[] {
    const { flows, slices } = this.#timeline;
    const first = new Int32Array(flows.length === 0 ? 0 : slices.length).fill(NONE);
    const calls = new Set<SliceId>();
    const eachLaunch = (visit: (arrow: number, call: SliceId) => void): void => {
      for (let arrow = 0; arrow < flows.length; arrow++) {
        const call = flows.fromSlice[arrow];
        if (call !== NONE && flows.toSlice[arrow] !== NONE && !this.#comesFromOperator(arrow)) visit(arrow, call);
      }
    };
    eachLaunch((arrow, call) => {
      if (first[call] === NONE) first[call] = arrow;
      else if (flows.fromNs[first[call]] !== flows.fromNs[arrow]) calls.add(call);
    });
    const arrows: number[] = [];
    if (calls.size > 0) eachLaunch((arrow, call) => void (calls.has(call) && arrows.push(arrow)));
    for (const call of calls) this.#countFrom[call] = 1;
    return arrows;
  }

  #isBetter(arrow: number, other: number, taskNs: number): boolean {
    const { fromNs } = this.#timeline.flows;
    if (fromNs[arrow] > taskNs !== fromNs[other] > taskNs) return fromNs[arrow] <= taskNs;
    return fromNs[arrow] > fromNs[other];
  }

  #comesFromOperator(arrow: number): boolean {
    const { flows, strings } = this.#timeline;
    return (this.#isFromOperator[flows.name[arrow]] ??= FROM_OPERATOR.test(strings.get(flows.name[arrow])));
  }
}
