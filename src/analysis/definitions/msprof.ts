/**
 * The numbers of Ascend's own tools: the lanes "Overlap Analysis" of msprof, and step_trace_time.csv of torch_npu, in their
 * names and in microseconds.
 *
 * - Computing, Communication, Communication(Not Overlapped), Free: what overlap.ts calls compute, communication, exposed
 *   communication and device idle. Free depends on the window: the one that makes the vendor's free time ours, where the
 *   capture holds that, else that of the tools of the year.
 * - In a step counts, whole, what starts in it. Overlapped = Communication - Communication(Not Overlapped).
 * - Bubble: the length of all ops whose names begin with hcom_receive, and of no others that receive.
 * - Stage: from the first start to the last end of compute and communication of the step, without Bubble.
 * - Communication(Not Overlapped and Exclude Receive): exposed communication less Bubble, at least 0.
 * - Preparing: from the framework's mark of the step to the first compute or communication in it.
 */
import type { Run } from '../../timeline/index.ts';
import { TimeCursor } from '../bubbles/time-cursor.ts';
import { byString } from '../by-string.ts';
import { deviceKey } from '../device-id.ts';
import { type DeviceTasks, deviceTasks } from '../device-tasks.ts';
import { Extent, type TimeWindow } from '../extent.ts';
import { type Intervals, lengthNs, startingIn } from '../intervals.ts';
import { CLASS } from '../op-class.ts';
import { type DeviceOverlap, overlapOf, type WindowRule, workOf } from '../overlap.ts';
import { StepWindows } from '../step-windows.ts';
import { timeFigures } from '../vendor-times.ts';
import { type DefinitionFigures, type DefinitionRow, rowMaker } from './definition.ts';

const RECEIVE = /^hcom_receive/i;
/** Tools from then on widen the window to all tasks. */
const WIDE_FROM_NS = BigInt(Date.UTC(2026, 0)) * 1_000_000n;

export function msprofFigures(run: Run): DefinitionFigures {
  const devices = deviceTasks(run).flatMap((tasks) => {
    const work = workOf(tasks);
    return work === undefined ? [] : [{ tasks, work }];
  });
  const works = devices.map(({ work }) => work);
  const vendor = timeFigures(run, works);
  const windows = new StepWindows(run);
  const rows = devices.flatMap(({ tasks, work }) => {
    const key = deviceKey(work);
    const rule = vendor.find((figure) => deviceKey(figure) === key && figure.window !== undefined)?.window;
    const overlap = overlapOf(work, rule ?? ruleOfYear(run));
    return [...overlapRows(overlap), ...stepRows(tasks, overlap, windows)];
  });
  return { definition: 'msprof', rows };
}

function ruleOfYear({ originNs }: Run): WindowRule {
  return originNs >= WIDE_FROM_NS ? 'vendor-2026' : 'first-to-last';
}

type Figures = Readonly<Record<string, number | undefined>>;

function overlapRows(overlap: DeviceOverlap): DefinitionRow[] {
  const { computeNs, communicationNs, exposedCommunicationNs, deviceIdleNs } = overlap.totals;
  const figures = {
    Computing: computeNs,
    Communication: communicationNs,
    'Communication(Not Overlapped)': exposedCommunicationNs,
    Free: deviceIdleNs,
  };
  return rowsOf(overlap, `Overlap Analysis (${overlap.rule})`, undefined, figures);
}

/** Of each step; of all there is where nobody tells steps apart. */
function stepRows(tasks: DeviceTasks, overlap: DeviceOverlap, windows: StepWindows): DefinitionRow[] {
  const steps = windows.stepsOf(overlap);
  const table = `step_trace_time (${overlap.rule})`;
  const opsIn = opsOf(tasks);
  if (steps.length === 0) return rowsOf(overlap, table, undefined, stepFigures(opsIn, overlap, EVERYTHING, undefined));
  return steps.flatMap((step) => {
    const window = windows.of(overlap, step) ?? EVERYTHING;
    return rowsOf(overlap, table, step, stepFigures(opsIn, overlap, window, windows.markOf(overlap, step)));
  });
}

const EVERYTHING: TimeWindow = { startNs: Number.NEGATIVE_INFINITY, endNs: Number.POSITIVE_INFINITY };

function stepFigures(opsIn: OpsIn, overlap: DeviceOverlap, window: TimeWindow, mark: TimeWindow | undefined): Figures {
  const sum = (intervals: Intervals): number => lengthNs(startingIn(intervals, window.startNs, window.endNs));
  const communicationNs = sum(overlap.communication);
  const exposedNs = sum(overlap.exposedCommunication);
  const { busy, receiveNs } = opsIn(window);
  return {
    Computing: sum(overlap.compute),
    'Communication(Not Overlapped)': exposedNs,
    Overlapped: communicationNs - exposedNs,
    Communication: communicationNs,
    Free: sum(overlap.deviceIdle),
    Stage: busy.isEmpty ? undefined : busy.endNs - busy.startNs - receiveNs,
    Bubble: receiveNs,
    'Communication(Not Overlapped and Exclude Receive)': Math.max(0, exposedNs - receiveNs),
    Preparing: busy.isEmpty || mark === undefined ? undefined : busy.startNs - mark.startNs,
  };
}

/** What starts in a window; to be asked in the order of time. */
type OpsIn = (window: TimeWindow) => { readonly busy: Extent; readonly receiveNs: number };

function opsOf({ length, startNs, endNs, opClass, name, texts }: DeviceTasks): OpsIn {
  const isReceive = byString(texts.length, (text) => Number(RECEIVE.test(texts.get(text))));
  const starts = new TimeCursor(startNs);
  return (window) => {
    const busy = new Extent();
    let receiveNs = 0;
    for (let task = starts.firstFrom(window.startNs); task < length && startNs[task] < window.endNs; task++) {
      if (opClass[task] !== CLASS.compute && opClass[task] !== CLASS.communication) continue;
      busy.add(startNs[task], endNs[task]);
      if (isReceive(name[task]) === 1) receiveNs += endNs[task] - startNs[task];
    }
    return { busy, receiveNs };
  };
}

function rowsOf(overlap: DeviceOverlap, table: string, step: string | undefined, figures: Figures): DefinitionRow[] {
  const row = rowMaker(overlap, table);
  return Object.entries(figures).map(([figure, ns]) =>
    row({ step, figure, unit: 'us', value: ns === undefined ? undefined : ns / 1000 }),
  );
}
