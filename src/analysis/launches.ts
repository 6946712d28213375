import { NONE, type Run, type Shard, type SliceId, type Timeline } from '../timeline/index.ts';
import { LAUNCH_COLUMN } from '../timeline/launches.ts';

/** How the host set off a task of a device. Times are integer ns from the run's origin, on the host's clock. */
export interface Launch {
  /** The call that launched it: its start, and its end where the call is a slice, else its start again. */
  readonly startNs: number;
  readonly endNs: number;
  /** The slice of the call in the shard of the task; NONE where profilers record only when it was. */
  readonly call: SliceId;
  /** The framework's operator that asked for it; NONE where unknown. */
  readonly operator: SliceId;
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
    const { timeline, shiftNs } = this.#shards[shard];
    const arrows = (this.#arrows[shard] ??= new ArrowsOfTimeline(timeline));
    return arrows.launchOf(slice, shiftNs);
  }

  /** When the call that launched it began; NaN where nothing tells. Makes no object, so all tasks may be asked. */
  startNsOf(shard: number, slice: SliceId): number {
    const { timeline, shiftNs } = this.#shards[shard];
    const arrows = (this.#arrows[shard] ??= new ArrowsOfTimeline(timeline));
    return arrows.startNsOf(slice) + shiftNs;
  }
}

class ArrowsOfTimeline {
  readonly #timeline: Timeline;
  /** The last arrow to each slice, and the arrow to the same slice before each arrow. */
  readonly #lastTo: Int32Array;
  readonly #before: Int32Array;
  readonly #isFromOperator: (boolean | undefined)[] = [];

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

  launchOf(task: SliceId, shiftNs: number): Launch | undefined {
    const { flows, slices } = this.#timeline;
    const startNs = this.startNsOf(task) + shiftNs;
    if (Number.isNaN(startNs)) return undefined;
    const arrow = this.#callTo(task);
    const call = arrow === NONE ? NONE : flows.fromSlice[arrow];
    const endNs = call === NONE ? startNs : startNs + slices.durNs[call];
    return { startNs, endNs, call, operator: this.#operatorOf(task) };
  }

  startNsOf(task: SliceId): number {
    const { flows, slices } = this.#timeline;
    const call = this.#callTo(task);
    if (call === NONE) return this.#untracedNs(task);
    const slice = flows.fromSlice[call];
    return slice === NONE ? flows.fromNs[call] : slices.startNs[slice];
  }

  /** The arrow from the call that launched it; NONE where none leads to it. */
  #callTo(task: SliceId): number {
    const { startNs } = this.#timeline.slices;
    let call = NONE;
    for (let arrow = this.#lastTo[task] ?? NONE; arrow !== NONE; arrow = this.#before[arrow]) {
      if (this.#comesFromOperator(arrow)) continue;
      if (call === NONE || this.#isBetter(arrow, call, startNs[task])) call = arrow;
    }
    return call;
  }

  /** Of several operators the first that was written. */
  #operatorOf(task: SliceId): SliceId {
    let operator = NONE;
    for (let arrow = this.#lastTo[task] ?? NONE; arrow !== NONE; arrow = this.#before[arrow]) {
      if (this.#comesFromOperator(arrow)) operator = this.#timeline.flows.fromSlice[arrow];
    }
    return operator;
  }

  #untracedNs(task: SliceId): number {
    return this.#timeline.slices.typed.get(LAUNCH_COLUMN)?.at(task) ?? Number.NaN;
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
