/**
 * What the host had to do with a gap before an op: how much of it had passed before the call that launched the op began
 * (framework), and how much of it that call lasted (launch). What is left the device took to start an op it knew of.
 */
import { NONE, type Run, type SliceId, type StringId } from '../../timeline/index.ts';
import { byString } from '../by-string.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import type { Launches, ShardLaunches } from '../launches.ts';
import { CLASS } from '../op-class.ts';
import { LATENCY_NS } from './clock-skew.ts';
import type { Gap } from './gap.ts';

/** Calls that launch a graph, however many of its tasks the capture shows. */
const GRAPH_CALL = /aclmdl\w*Execute|ModelExecute|GraphExecute|GraphLaunch/i;

/** An op may be two tasks, a kernel and what sets its memory; what launches more at once is a graph. */
const TASKS_OF_OP = 2;

export interface LaunchContext {
  readonly run: Run;
  readonly tasks: DeviceTasks;
  readonly launches: Launches;
}

export class HostPart {
  readonly #context: LaunchContext;
  /** By stream. */
  readonly #launchesOf: readonly ShardLaunches[];
  /** By shard and the name of a call. */
  readonly #isGraphCall: ((name: StringId) => number)[] = [];
  readonly #gap: Readonly<Gap>;
  #calledNs = Number.NaN;
  #callStartNs = Number.NaN;
  #callEndNs = Number.NaN;
  #call: SliceId = NONE;
  /** Measured last. */
  frameworkNs = Number.NaN;
  launchNs = Number.NaN;

  constructor(context: LaunchContext, gap: Readonly<Gap>) {
    this.#context = context;
    this.#gap = gap;
    this.#launchesOf = context.tasks.streams.map(({ shard }) => context.launches.ofShard(shard));
  }

  /** Looks for the launch of the op after the gap; false where nobody knows it. */
  findLaunch(): boolean {
    const { stream, slice } = this.#context.tasks;
    const { after } = this.#gap;
    const launches = this.#launchesOf[stream[after]];
    this.frameworkNs = this.launchNs = Number.NaN;
    this.#calledNs = launches.calledNs(slice[after]);
    this.#callStartNs = launches.startNs(slice[after]);
    this.#callEndNs = launches.endNs(slice[after]);
    this.#call = launches.call(slice[after]);
    return !Number.isNaN(this.#callStartNs);
  }

  /** With this skew of the clocks. */
  measure(skewNs: number): void {
    const callStartNs = this.#within(this.#calledNs - skewNs);
    this.frameworkNs = callStartNs - this.#gap.startNs;
    this.launchNs = this.#within(this.#callEndNs - skewNs) - callStartNs;
  }

  /**
   * Whether the op may have been launched by a call that was still running in the gap: one that began so late, and whose
   * end nobody recorded.
   */
  mayStillLaunch(skewNs: number): boolean {
    return this.#call === NONE && this.#callStartNs - skewNs > this.#gap.startNs - LATENCY_NS;
  }

  /** How long in the gap the launch had been asked for by an operator of the framework that went on without it. */
  queuedNs(skewNs: number): number {
    const { run, tasks } = this.#context;
    const { after } = this.#gap;
    const operator = this.#launchesOf[tasks.stream[after]].operator(tasks.slice[after]);
    if (operator === NONE) return 0;
    const { timeline, shiftNs } = run.shards[this.#shardOf(after)];
    const { startNs, durNs } = timeline.slices;
    const operatorEndNs = startNs[operator] + durNs[operator] + shiftNs;
    return Math.max(0, this.#within(this.#calledNs - skewNs) - this.#within(operatorEndNs - skewNs));
  }

  /** Whether one call launched the op after and this one. */
  isSameCall(task: number): boolean {
    const { after } = this.#gap;
    const { stream, slice } = this.#context.tasks;
    if (this.#call === NONE || this.#shardOf(task) !== this.#shardOf(after)) return false;
    const launches = this.#launchesOf[stream[task]];
    return launches.taskCount(this.#call) > 1 && launches.call(slice[task]) === this.#call;
  }

  launchesGraph(): boolean {
    if (this.#call === NONE) return false;
    const { run, tasks } = this.#context;
    const { after } = this.#gap;
    const launches = this.#launchesOf[tasks.stream[after]];
    if (tasks.opClass[after] === CLASS.compute && launches.taskCount(this.#call) > TASKS_OF_OP) return true;
    const shard = this.#shardOf(after);
    const { slices, strings } = run.shards[shard].timeline;
    const isGraphCall = (this.#isGraphCall[shard] ??= byString(strings.size, (name) =>
      Number(GRAPH_CALL.test(strings.get(name))),
    ));
    return isGraphCall(slices.name[this.#call]) === 1;
  }

  /** When the launch of any task began, by the host's clock; NaN where unknown. */
  launchOfOtherNs(task: number): number {
    const { stream, slice } = this.#context.tasks;
    return this.#launchesOf[stream[task]].startNs(slice[task]);
  }

  #shardOf(task: number): number {
    const { streams, stream } = this.#context.tasks;
    return streams[stream[task]].shard;
  }

  #within(timeNs: number): number {
    return Math.max(this.#gap.startNs, Math.min(timeNs, this.#gap.endNs));
  }
}
