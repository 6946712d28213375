import { NONE, type Run, type Shard, type SliceId, type Timeline } from '../timeline/index.ts';
import { LAUNCH_COLUMN } from '../timeline/launches.ts';
import { enclosingOperators } from './enclosing-operators.ts';

/** How the host set off a task of a device. Times are integer ns from the run's origin, on the host's clock. */
export interface Launch {
  /** The call that launched it: its start, and its end where the call is a slice, else its start again. */
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
  return { startNs: Number.NaN, endNs: Number.NaN, call: NONE, operator: NONE };
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

  /** How many tasks a call set off: 1 for an op, many for a graph. */
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
  #countFrom: Uint32Array | undefined;
  #operatorAround: Int32Array | undefined;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    const { flows, slices } = timeline;
    this.#lastTo = new Int32Array(flows.length === 0 ? 0 : slices.length).fill(NONE);
    this.#before = new Int32Array(flows.length).fill(NONE);
    for (let arrow = 0; arrow < flows.length; arrow++) {
      const slice = flows.toSlice[arrow];
      if (slice === NONE || flows.fromTrack[arrow] === NONE) continue;
      this.#before[arrow] = this.#lastTo[slice];
      this.#lastTo[slice] = arrow;
    }
  }

  read(task: SliceId, shiftNs: number, into: LaunchRow): boolean {
    const { flows, slices } = this.#timeline;
    let call = NONE;
    into.operator = NONE;
    into.call = NONE;
    for (let arrow = this.#lastTo[task] ?? NONE; arrow !== NONE; arrow = this.#before[arrow]) {
      if (this.#comesFromOperator(arrow)) into.operator = flows.fromSlice[arrow];
      else if (call === NONE || this.#isBetter(arrow, call, slices.startNs[task])) call = arrow;
    }
    if (call === NONE) {
      const launchNs = slices.typed.get(LAUNCH_COLUMN)?.at(task) ?? Number.NaN;
      into.startNs = into.endNs = launchNs + shiftNs;
      return !Number.isNaN(launchNs);
    }
    const slice = (into.call = flows.fromSlice[call]);
    into.startNs = (slice === NONE ? flows.fromNs[call] : slices.startNs[slice]) + shiftNs;
    into.endNs = into.startNs + (slice === NONE ? 0 : slices.durNs[slice]);
    if (slice !== NONE && into.operator === NONE) {
      into.operator = (this.#operatorAround ??= enclosingOperators(this.#timeline))[slice];
    }
    return true;
  }

  countFrom(call: SliceId): number {
    this.#countFrom ??= this.#countArrows();
    return this.#countFrom[call];
  }

  #countArrows(): Uint32Array {
    const { flows, slices } = this.#timeline;
    const counts = new Uint32Array(slices.length);
    for (let arrow = 0; arrow < flows.length; arrow++) {
      if (flows.fromSlice[arrow] !== NONE && flows.toSlice[arrow] !== NONE) counts[flows.fromSlice[arrow]]++;
    }
    return counts;
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
