/**
 * What the host had to do with a gap before an op: how much of it had passed before the call that launched the op began
 * (framework), and how much of it that call lasted (launch). What is left the device took to start an op it knew of.
 */
import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { emptyLaunch, type Launches } from '../launches.ts';
import { CLASS } from '../op-class.ts';
import { LATENCY_NS } from './clock-skew.ts';
import type { Gap } from './gap.ts';

/** Calls that launch a graph, however many of its tasks the capture shows. */
const GRAPH_CALL = /aclmdl\w*Execute|ModelExecute|GraphExecute/i;

/** An op may be two tasks, a kernel and what sets its memory; what launches more at once is a graph. */
const TASKS_OF_OP = 2;

export interface LaunchContext {
  readonly run: Run;
  readonly tasks: DeviceTasks;
  readonly launches: Launches;
}

export class HostPart {
  readonly #context: LaunchContext;
  readonly #launch = emptyLaunch();
  readonly #other = emptyLaunch();
  /** By shard and the name of a call. */
  readonly #isGraphCall: (boolean | undefined)[][] = [];
  readonly #gap: Readonly<Gap>;
  #shard = 0;
  /** Measured last. */
  frameworkNs = Number.NaN;
  launchNs = Number.NaN;

  constructor(context: LaunchContext, gap: Readonly<Gap>) {
    this.#context = context;
    this.#gap = gap;
  }

  /** Looks for the launch of the op after the gap; false where nobody knows it. */
  findLaunch(): boolean {
    const { after } = this.#gap;
    this.frameworkNs = this.launchNs = Number.NaN;
    this.#shard = this.#shardOf(after);
    return this.#context.launches.read(this.#shard, this.#context.tasks.slice[after], this.#launch);
  }

  /** With this skew of the clocks. */
  measure(skewNs: number): void {
    const callStartNs = this.#within(this.#launch.calledNs - skewNs);
    this.frameworkNs = callStartNs - this.#gap.startNs;
    this.launchNs = this.#within(this.#launch.endNs - skewNs) - callStartNs;
  }

  /**
   * Whether the op may have been launched by a call that was still running in the gap: one that began so late, and whose
   * end nobody recorded.
   */
  mayStillLaunch(skewNs: number): boolean {
    const { call, startNs } = this.#launch;
    return call === NONE && startNs - skewNs > this.#gap.startNs - LATENCY_NS;
  }

  /** How long in the gap the launch had been asked for by an operator of the framework that went on without it. */
  queuedNs(skewNs: number): number {
    const { operator } = this.#launch;
    if (operator === NONE) return 0;
    const { timeline, shiftNs } = this.#context.run.shards[this.#shard];
    const { startNs, durNs } = timeline.slices;
    const operatorEndNs = startNs[operator] + durNs[operator] + shiftNs;
    return Math.max(0, this.#within(this.#launch.calledNs - skewNs) - this.#within(operatorEndNs - skewNs));
  }

  /** Whether one call launched the op after and this one. */
  isSameCall(task: number): boolean {
    const { call } = this.#launch;
    if (call === NONE || this.#shardOf(task) !== this.#shard) return false;
    if (this.#context.launches.taskCount(this.#shard, call) === 1) return false;
    return this.#readOther(task) && this.#other.call === call;
  }

  launchesGraph(): boolean {
    const { after } = this.#gap;
    const { call } = this.#launch;
    if (call === NONE) return false;
    const { run, tasks, launches } = this.#context;
    if (tasks.opClass[after] === CLASS.compute && launches.taskCount(this.#shard, call) > TASKS_OF_OP) return true;
    const { slices, strings } = run.shards[this.#shard].timeline;
    const known = (this.#isGraphCall[this.#shard] ??= []);
    return (known[slices.name[call]] ??= GRAPH_CALL.test(strings.get(slices.name[call])));
  }

  /** When the launch of any task began, by the host's clock; NaN where unknown. */
  launchOfOtherNs(task: number): number {
    return this.#readOther(task) ? this.#other.startNs : Number.NaN;
  }

  #readOther(task: number): boolean {
    const { launches, tasks } = this.#context;
    return launches.read(this.#shardOf(task), tasks.slice[task], this.#other);
  }

  #shardOf(task: number): number {
    const { streams, stream } = this.#context.tasks;
    return streams[stream[task]].shard;
  }

  #within(timeNs: number): number {
    return Math.max(this.#gap.startNs, Math.min(timeNs, this.#gap.endNs));
  }
}
