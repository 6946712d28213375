/**
 * Why a device, or a stream, did nothing between two ops. What explains more than half of the gap is the cause; how much of
 * it that explains is the confidence. Questions are asked in the order of `explain`.
 */
import { NONE } from '../../timeline/index.ts';
import { bySlice } from '../by-slice.ts';
import { byString } from '../by-string.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { CLASS } from '../op-class.ts';
import { CAUSE } from './bubble.ts';
import type { ClockSkew } from './clock-skew.ts';
import type { Gap } from './gap.ts';
import { HostPart, type LaunchContext } from './host-part.ts';
import { StreamObstacles } from './stream-obstacles.ts';
import { TimeCursor } from './time-cursor.ts';
import { UnseenGraphs } from './unseen-graphs.ts';

/** Runs a whole graph; in queues of engines: what keeps them in step, and inputs that are copied, before one is run. */
const GRAPH_TASK = /^(MODEL_EXECUTE|sync$|input copy$)/;

/** A wait is over this soon after what it waited for, and this many tasks are looked at for that. */
const WAKE_UP_NS = 5_000;
const NEARBY = 128;

/** One for a device: explains the gap that it holds, and says what was found out about it. */
export class IdleCause {
  readonly gap: Gap = { startNs: 0, endNs: 0, before: NONE, after: NONE };
  /** Position in BUBBLE_CAUSES. */
  cause = 0;
  confidence = 0;
  during = NONE;
  frameworkNs = Number.NaN;
  launchNs = Number.NaN;

  readonly #tasks: DeviceTasks;
  readonly #skew: ClockSkew;
  readonly #host: HostPart;
  readonly #obstacles: StreamObstacles;
  /** When tasks that run graphs start, in order. */
  readonly #graphStartNs: Float64Array;
  readonly #graphStarts: TimeCursor;
  readonly #unseenGraphs: UnseenGraphs;
  readonly #taskStarts: TimeCursor;
  /** Of commands in the queues of engines; NaN where nobody tells. */
  readonly #waitsFor: (task: number) => number;
  readonly #commandId: (task: number) => number;

  constructor(context: LaunchContext, skew: ClockSkew) {
    this.#tasks = context.tasks;
    this.#skew = skew;
    this.#host = new HostPart(context, this.gap);
    this.#obstacles = new StreamObstacles(context.tasks);
    this.#graphStartNs = graphStarts(context.tasks);
    this.#graphStarts = new TimeCursor(this.#graphStartNs);
    this.#unseenGraphs = new UnseenGraphs(context);
    [this.#waitsFor, this.#commandId] = ['waitsFor', 'commandId'].map((column) => numbersOf(context, column));
    this.#taskStarts = new TimeCursor(context.tasks.startNs);
  }

  explain(): void {
    const { startNs, endNs, before, after } = this.gap;
    this.during = NONE;
    this.frameworkNs = this.launchNs = Number.NaN;
    if (before === NONE) return this.#is(CAUSE['start-up'], 1);
    if (after === NONE) return this.#is(CAUSE.tail, 1);
    const isLaunchKnown = this.#measureHost();
    if (this.#findObstacle()) return;
    if (!Number.isNaN(this.#unseenGraphs.launchedAround(this.gap))) return this.#is(CAUSE['unseen-graph'], 0.5);
    if (!isLaunchKnown) return this.#explainWithoutLaunch();
    if (this.#host.isSameCall(before)) return this.#is(CAUSE['device-scheduling'], 1);
    const isGraph = this.#host.launchesGraph() || this.#holdsGraphTask();
    const cause = this.#hostCause(isGraph, this.#skew.lowNs);
    if (cause !== this.#hostCause(isGraph, this.#skew.highNs)) return this.#is(CAUSE.ambiguous, 0);
    const isOnDevice = cause === CAUSE['device-scheduling'] || cause === CAUSE.unknown;
    if (isOnDevice && this.#findCopyElsewhere()) return;
    const hostShare = (this.frameworkNs + this.launchNs) / (endNs - startNs);
    this.#is(cause, cause === CAUSE.unknown ? 0 : Math.max(hostShare, 1 - hostShare));
  }

  #is(cause: number, confidence: number): void {
    this.cause = cause;
    this.confidence = confidence;
  }

  #measureHost(): boolean {
    if (!this.#host.findLaunch()) return false;
    this.#host.measure(this.#skew.skewNs);
    this.frameworkNs = this.#host.frameworkNs;
    this.launchNs = this.#host.launchNs;
    return true;
  }

  #hostCause(isGraph: boolean, skewNs: number): number {
    const gapNs = this.gap.endNs - this.gap.startNs;
    this.#host.measure(skewNs);
    const { frameworkNs, launchNs } = this.#host;
    const isLate = 2 * (frameworkNs + launchNs) > gapNs;
    if (isLate && frameworkNs >= launchNs) {
      return 2 * this.#host.queuedNs(skewNs) > frameworkNs ? CAUSE['pipeline-launch'] : CAUSE['host-late-framework'];
    }
    if (isGraph) return CAUSE['graph-launch'];
    if (this.#host.mayStillLaunch(skewNs)) return CAUSE.unknown;
    return isLate ? CAUSE['host-late-launch'] : CAUSE['device-scheduling'];
  }

  /** Copies and waits in the way of the op after. */
  #findObstacle(): boolean {
    const gapNs = this.gap.endNs - this.gap.startNs;
    this.#obstacles.measure(this.#tasks.stream[this.gap.after], this.gap);
    const { waitNs, copyNs, longestWait, longestCopy } = this.#obstacles;
    if (2 * (waitNs + copyNs) <= gapNs) return false;
    this.during = longestCopy;
    if (copyNs >= waitNs) this.#isCopy(copyNs / gapNs);
    else if (!this.#findAwaitedCopy(longestWait)) {
      this.during = longestWait;
      this.#is(CAUSE['event-wait'], (waitNs / gapNs) * (this.#isAwaitedLate(longestWait) ? 0.5 : 1));
    }
    return true;
  }

  /** Sure where the op after says that it waits for the very copy that has just ended. */
  #isCopy(share: number): void {
    const { lastFeed } = this.#obstacles;
    const isAwaited = lastFeed !== NONE && this.#waitsFor(this.gap.after) === this.#commandId(lastFeed);
    if (isAwaited) this.during = lastFeed;
    this.#is(CAUSE.copy, isAwaited ? 1 : share);
  }

  #findAwaitedCopy(wait: number): boolean {
    const { startNs, endNs } = this.gap;
    this.#obstacles.measureCopies(this.gap);
    const { copyNs, longestCopy } = this.#obstacles;
    if (2 * copyNs <= endNs - startNs || !this.#isWokenBy(wait, longestCopy)) return false;
    this.during = longestCopy;
    this.#is(CAUSE.copy, copyNs / (endNs - startNs));
    return true;
  }

  /** Whether what ended on another stream just before the wait did was launched after half of the wait in the gap. */
  #isAwaitedLate(wait: number): boolean {
    const { endNs: ends, stream, opClass } = this.#tasks;
    const middleNs = (this.gap.startNs + ends[wait]) / 2;
    const last = this.#taskStarts.firstFrom(ends[wait]) - 1;
    for (let task = last; task > Math.max(-1, last - NEARBY); task--) {
      if (!this.#isWokenBy(wait, task) || stream[task] === stream[wait] || opClass[task] === CLASS.wait) continue;
      const launchNs = this.#host.launchOfOtherNs(task);
      if (!Number.isNaN(launchNs)) return launchNs - this.#skew.highNs > middleNs;
    }
    return false;
  }

  #isWokenBy(wait: number, awaited: number): boolean {
    const afterNs = this.#tasks.endNs[wait] - this.#tasks.endNs[awaited];
    return afterNs >= 0 && afterNs <= WAKE_UP_NS;
  }

  #explainWithoutLaunch(): void {
    if (this.#holdsGraphTask()) this.#is(CAUSE['graph-launch'], 0.5);
    else if (!this.#findCopyElsewhere()) this.#is(CAUSE.unknown, 0);
  }

  /** A copy that the op after does not seem to wait for. */
  #findCopyElsewhere(): boolean {
    const { startNs, endNs } = this.gap;
    this.#obstacles.measureCopies(this.gap);
    const { copyNs, longestCopy } = this.#obstacles;
    if (2 * copyNs <= endNs - startNs) return false;
    this.during = longestCopy;
    this.#is(CAUSE.copy, (0.5 * copyNs) / (endNs - startNs));
    return true;
  }

  #holdsGraphTask(): boolean {
    const { startNs, endNs } = this.gap;
    const starts = this.#graphStartNs;
    return starts.length > 0 && starts[this.#graphStarts.firstFrom(startNs)] < endNs;
  }
}

function numbersOf({ run, tasks }: LaunchContext, column: string): (task: number) => number {
  return bySlice(run, tasks, ({ timeline: { slices } }) => {
    const values = slices.typed.get(column);
    return values?.kind === 'number' ? (slice) => values.at(slice) : () => Number.NaN;
  });
}

function graphStarts({ length, startNs, opClass, name, type, texts }: DeviceTasks): Float64Array {
  const isGraph = byString(texts.length, (text) => Number(GRAPH_TASK.test(texts.get(text))));
  const starts: number[] = [];
  for (let task = 0; task < length; task++) {
    if (opClass[task] !== CLASS.other && opClass[task] !== CLASS.copy) continue;
    if (isGraph(name[task]) === 1 || isGraph(type[task]) === 1) starts.push(startNs[task]);
  }
  return Float64Array.from(starts);
}
