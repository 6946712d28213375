import { NONE, type Run, type Shard, type SliceId, type Timeline, type TypedColumn } from '../timeline/index.ts';
import { LAUNCH_COLUMN } from '../timeline/launches.ts';
import { byString } from './by-string.ts';
import { HostNesting } from './host-nesting.ts';
import { type OneByOne, launchedOneByOne } from './one-by-one.ts';

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

/** What exporters call arrows from a framework's operators, which lead to the same tasks as those from launch calls. */
const FROM_OPERATOR = /^(torch_to_npu|async_npu)/;

const MOST_COUNTED = 255;

/** Finds launches by the arrows that lead to tasks. */
export class Launches {
  readonly #shards: readonly Shard[];
  readonly #ofShard: (ShardLaunches | undefined)[] = [];

  constructor({ shards }: Pick<Run, 'shards'>) {
    this.#shards = shards;
  }

  /** undefined where nothing tells. Of several calls the last one before the task counts. */
  of(shard: number, task: SliceId): Launch | undefined {
    const launches = this.ofShard(shard);
    const startNs = launches.startNs(task);
    if (Number.isNaN(startNs)) return undefined;
    return {
      ...{ calledNs: launches.calledNs(task), startNs, endNs: launches.endNs(task) },
      ...{ call: launches.call(task), operator: launches.operator(task) },
    };
  }

  /** The same piece by piece: looking at millions of tasks must not make millions of objects. */
  ofShard(shard: number): ShardLaunches {
    return (this.#ofShard[shard] ??= new ShardLaunches(this.#shards[shard]));
  }
}

/** What `Launch` says, by the slice of a task in the shard. */
export class ShardLaunches {
  readonly #timeline: Timeline;
  readonly #shiftNs: number;
  /** To each slice, plus one: the arrow from its launch call, and from its operator. What none leads to costs no memory. */
  readonly #fromCall: Uint32Array;
  readonly #fromOperator: Uint32Array;
  readonly #launchNs: TypedColumn | undefined;
  /** By call: how many tasks it set off, as far as a byte can count. */
  readonly #taskCounts: Uint8Array;
  readonly #oneByOne: OneByOne | undefined;
  #nesting: HostNesting | undefined;

  constructor({ timeline, shiftNs }: Shard) {
    this.#timeline = timeline;
    this.#shiftNs = shiftNs;
    const { flows, slices, strings } = timeline;
    const isOperator = byString(strings.size, (name) => Number(FROM_OPERATOR.test(strings.get(name))));
    this.#launchNs = slices.typed.get(LAUNCH_COLUMN);
    this.#fromCall = new Uint32Array(slices.length);
    this.#fromOperator = new Uint32Array(slices.length);
    this.#taskCounts = new Uint8Array(slices.length);
    const { length, name, fromTrack, fromSlice, toSlice } = flows;
    let mostTasks = 0;
    for (let arrow = 0; arrow < length; arrow++) {
      const task = toSlice[arrow];
      if (task === NONE || fromTrack[arrow] === NONE) continue;
      if (isOperator(name[arrow]) === 1) {
        this.#fromOperator[task] ||= arrow + 1;
        continue;
      }
      if (this.#isBetter(arrow, this.#fromCall[task] - 1, task)) this.#fromCall[task] = arrow + 1;
      const call = fromSlice[arrow];
      if (call === NONE || this.#taskCounts[call] === MOST_COUNTED) continue;
      mostTasks = Math.max(mostTasks, ++this.#taskCounts[call]);
    }
    if (mostTasks > 1) this.#oneByOne = launchedOneByOne(timeline, (arrow) => isOperator(name[arrow]) === 0);
  }

  /** When the framework called the runtime; NaN where nothing tells, as of all times. */
  calledNs(task: SliceId): number {
    const outermost = this.outermostCall(task);
    return outermost === NONE ? this.startNs(task) : this.#timeline.slices.startNs[outermost] + this.#shiftNs;
  }

  startNs(task: SliceId): number {
    const arrow = this.#fromCall[task] - 1;
    if (arrow === NONE) return (this.#launchNs?.at(task) ?? Number.NaN) + this.#shiftNs;
    const { flows, slices } = this.#timeline;
    const call = flows.fromSlice[arrow];
    if (call === NONE) return flows.fromNs[arrow] + this.#shiftNs;
    const previousNs = this.#previousNs(arrow);
    return (Number.isNaN(previousNs) ? slices.startNs[call] : previousNs) + this.#shiftNs;
  }

  endNs(task: SliceId): number {
    const call = this.call(task);
    if (call === NONE) return this.startNs(task);
    const { flows, slices } = this.#timeline;
    const arrow = this.#fromCall[task] - 1;
    const isAlone = Number.isNaN(this.#previousNs(arrow));
    return (isAlone ? slices.startNs[call] + slices.durNs[call] : flows.fromNs[arrow]) + this.#shiftNs;
  }

  call(task: SliceId): SliceId {
    const arrow = this.#fromCall[task] - 1;
    return arrow === NONE ? NONE : this.#timeline.flows.fromSlice[arrow];
  }

  /** The call by which the framework called the runtime for it: the outermost around, or the call itself; NONE without one. */
  outermostCall(task: SliceId): SliceId {
    const call = this.call(task);
    if (call === NONE) return NONE;
    const outer = this.#aroundCalls().callAround(call);
    return outer === NONE ? call : outer;
  }

  operator(task: SliceId): SliceId {
    const told = this.#toldOperator(task);
    if (told !== NONE) return told;
    const call = this.call(task);
    return call === NONE ? NONE : this.#aroundCalls().operatorAround(call);
  }

  /** Where on the host it comes from: the operator that an arrow tells, which may be on another thread, else the call. */
  launcher(task: SliceId): SliceId {
    const told = this.#toldOperator(task);
    return told === NONE ? this.call(task) : told;
  }

  /** How many tasks a call set off at once: 1 for ops, also where they are several, many for a graph; 255 at most. */
  taskCount(call: SliceId): number {
    return this.#oneByOne?.calls.has(call) === true ? 1 : this.#taskCounts[call];
  }

  #toldOperator(task: SliceId): SliceId {
    const arrow = this.#fromOperator[task] - 1;
    return arrow === NONE ? NONE : this.#timeline.flows.fromSlice[arrow];
  }

  #aroundCalls(): HostNesting {
    return (this.#nesting ??= new HostNesting(this.#timeline));
  }

  #previousNs(arrow: number): number {
    return this.#oneByOne?.previousNs[arrow] ?? Number.NaN;
  }

  /** Of several the last one before the task. */
  #isBetter(arrow: number, other: number, task: SliceId): boolean {
    if (other === NONE) return true;
    const { flows, slices } = this.#timeline;
    const taskNs = slices.startNs[task];
    const [ns, otherNs] = [flows.fromNs[arrow], flows.fromNs[other]];
    if (ns > taskNs !== otherNs > taskNs) return ns <= taskNs;
    return ns >= otherNs;
  }
}
