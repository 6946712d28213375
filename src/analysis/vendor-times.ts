import type { Run } from '../timeline/index.ts';
import { type Intervals, lengthNs, startingIn } from './intervals.ts';
import { type DeviceId, deviceIdOf, deviceKey } from './device-id.ts';
import { type TimeWindow } from './extent.ts';
import { type DeviceOverlap, type DeviceWork, overlapOf, WINDOW_RULES, type WindowRule } from './overlap.ts';
import { StepWindows } from './step-windows.ts';
import {
  deviceRows,
  groupBySource,
  numberCell,
  textCell,
  type TimeFigure,
  type VendorFigure,
  withDifference,
} from './vendor-figure.ts';

/** What the lanes of a timeline and the columns of a table of steps call each figure. */
const FIGURES: readonly { readonly figure: TimeFigure; readonly lane?: string; readonly column: string }[] = [
  { figure: 'computing', lane: 'Computing', column: 'computingNs' },
  { figure: 'communication', lane: 'Communication', column: 'communicationNs' },
  { figure: 'exposed communication', lane: 'Communication(Not Overlapped)', column: 'exposedCommunicationNs' },
  { figure: 'overlapped', column: 'overlappedNs' },
  { figure: 'free', lane: 'Free', column: 'freeNs' },
];

type Times = ReadonlyMap<TimeFigure, number>;

/** What one source says of one step of a device, or of all of it. */
interface Claim {
  readonly device: DeviceId;
  readonly source: string;
  readonly step: string;
  readonly vendorNs: Times;
}

/** The vendor's lanes, and its tables of steps. */
export function timeFigures(run: Run, works: readonly DeviceWork[]): VendorFigure[] {
  const claims = [...claimsOfLanes(run), ...claimsOfTables(run, works)];
  const steps = claims.some(({ step }) => step !== '') ? new StepWindows(run) : undefined;
  return groupBySource(claims, (claim) => claim).flatMap((ofSource) => {
    const key = deviceKey(ofSource[0].device);
    const work = works.find((each) => deviceKey(each) === key);
    return figuresOf(ofSource, work, steps);
  });
}

function claimsOfLanes({ shards }: Run): Claim[] {
  return shards.flatMap((shard) => {
    const { slices, sliceRange, tracks, processes } = shard.timeline;
    const devices = new Map<string, { device: DeviceId; times: Map<TimeFigure, number> }>();
    for (const [id, { kind, name, process }] of tracks.entries()) {
      const figure = kind === 'overlap' ? FIGURES.find(({ lane }) => lane === name)?.figure : undefined;
      if (figure === undefined) continue;
      const device = deviceIdOf(shard, processes[process]);
      const { times } = devices.get(deviceKey(device)) ?? { times: new Map<TimeFigure, number>() };
      devices.set(deviceKey(device), { device, times });
      let sumNs = times.get(figure) ?? 0;
      for (let row = sliceRange[id]; row < sliceRange[id + 1]; row++) sumNs += slices.durNs[row];
      times.set(figure, sumNs);
    }
    const [source = ''] = shard.files;
    // Lanes are declared before their slices: where none has any, the file ends before them.
    return [...devices.values()]
      .filter(({ times }) => [...times.values()].some((ns) => ns > 0))
      .map(({ device, times }) => ({ device, source, step: '', vendorNs: times }));
  });
}

/** The vendor adds up slices in floating point, so its whole ns come with noise. */
function claimsOfTables(run: Run, works: readonly DeviceWork[]): Claim[] {
  return deviceRows(run, works, 'step-times').map(({ device, table, row }) => {
    const cells = FIGURES.flatMap(({ figure, column }) => {
      const value = numberCell(table, column, row);
      return value === undefined ? [] : [[figure, Math.round(value)] as const];
    });
    return { device, source: table.path, step: textCell(table, 'step', row), vendorNs: new Map(cells) };
  });
}

/** The window that fits the free time of all claims of a source best is the one its tool had in mind. */
function figuresOf(claims: readonly Claim[], work: DeviceWork | undefined, steps?: StepWindows): VendorFigure[] {
  if (work === undefined) return claims.flatMap((claim) => compare(claim, undefined, undefined));
  const [best] = WINDOW_RULES.map((rule) => {
    const overlap = overlapOf(work, rule);
    const figures = claims.flatMap((claim) => compare(claim, oursFor(claim, claims.length, overlap, steps), rule));
    const free = figures.filter(({ figure }) => figure === 'free');
    return { figures, offNs: free.reduce((sum, { differenceNs = 0 }) => sum + Math.abs(differenceNs), 0) };
  }).sort((a, b) => a.offNs - b.offNs);
  return best.figures;
}

interface OurFigure {
  readonly oursNs: number;
  /** The two ends of each interval are rounded by half a ns at most, or cut by one end of it. */
  readonly roundingNs: number;
}

/** undefined where nobody knows when the step was; the only one of a capture is all of it. */
function oursFor(
  { device, step }: Claim,
  claimCount: number,
  overlap: DeviceOverlap,
  steps: StepWindows | undefined,
): ReadonlyMap<TimeFigure, OurFigure> | undefined {
  const window = step === '' ? undefined : steps?.of(device, step);
  if (step !== '' && window === undefined && claimCount > 1) return undefined;
  const of = (intervals: Intervals): OurFigure => ours(intervals, window);
  const communication = of(overlap.communication);
  const exposed = of(overlap.exposedCommunication);
  return new Map<TimeFigure, OurFigure>([
    ['computing', of(overlap.compute)],
    ['communication', communication],
    ['exposed communication', exposed],
    [
      'overlapped',
      {
        oursNs: communication.oursNs - exposed.oursNs,
        roundingNs: communication.roundingNs + exposed.roundingNs,
      },
    ],
    ['free', of(overlap.deviceIdle)],
  ]);
}

/** To a step belongs, whole, what starts in it. */
function ours(intervals: Intervals, window: TimeWindow | undefined): OurFigure {
  const chosen = window === undefined ? intervals : startingIn(intervals, window.startNs, window.endNs);
  return { oursNs: lengthNs(chosen), roundingNs: chosen.length / 2 };
}

function compare(
  { device, source, step, vendorNs }: Claim,
  ourFigures: ReadonlyMap<TimeFigure, OurFigure> | undefined,
  window: WindowRule | undefined,
): VendorFigure[] {
  return [...vendorNs].map(([figure, ns]) => {
    const { oursNs, roundingNs = 0 } = ourFigures?.get(figure) ?? {};
    return withDifference({
      ...device,
      ...{ step, figure, opType: '', core: '', vendorNs: ns, oursNs, roundingNs, source, window },
    });
  });
}
