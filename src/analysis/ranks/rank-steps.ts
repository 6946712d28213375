/**
 * What each rank did in each step, and how far ranks differ.
 *
 * - compute, communication, exposed communication, idle: as in overlap.ts, of the step's time. A rank of which there are
 *   only figures has what the profiler's table of steps says.
 * - wait, transfer, unsplit: the durations of the communication ops that start in the step, each op by itself, so that
 *   ops at one time count each. wait + transfer + unsplit = their sum; unsplit is of ops of which nothing tells the two.
 * - start skew: how long after the first rank of its job the step starts; undefined where starts cannot be compared, as those
 *   of ranks that did not run at one time.
 * - spread: (greatest - smallest) / mean of one figure over the ranks of a job; over 5 % is worth a look.
 */
import { grouped, mean } from '../../base/index.ts';
import { NONE, overlapInTime, type Run, type Table } from '../../timeline/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import type { Collectives } from '../collectives/collectives.ts';
import { isOfStage, participantAt } from '../collectives/participants.ts';
import { lengthsWithin } from '../intervals.ts';
import { numberCell, textCell } from '../vendor-figure.ts';

export interface RankStep {
  /** Among the participants. */
  readonly participant: number;
  /** '' where no steps are known: then it is the whole run. */
  readonly step: string;
  readonly source: 'tasks' | 'table';
  /** From the run's origin. */
  readonly startNs: number | undefined;
  readonly startSkewNs: number | undefined;
  readonly durNs: number | undefined;
  readonly computeNs: number | undefined;
  readonly communicationNs: number | undefined;
  readonly exposedCommunicationNs: number | undefined;
  readonly idleNs: number | undefined;
  /** These three: undefined where only figures are known, and none of communication ops. */
  readonly waitNs: number | undefined;
  readonly transferNs: number | undefined;
  readonly unsplitNs: number | undefined;
}

const RANK_FIGURES = [
  'durNs',
  'computeNs',
  'communicationNs',
  'exposedCommunicationNs',
  'idleNs',
  'waitNs',
  'transferNs',
] as const;
export type RankFigure = (typeof RANK_FIGURES)[number];

export interface Spread {
  readonly step: string;
  readonly figure: RankFigure;
  readonly minNs: number;
  readonly maxNs: number;
  readonly meanNs: number;
  readonly spread: number;
  /** Who has the greatest. */
  readonly participant: number;
}

export function rankSteps(analysis: RunAnalysis, collectives: Collectives, areStartsComparable: boolean): RankStep[] {
  const { devices, run } = analysis;
  const measured = devices.flatMap((device, participant) => stepsOfDevice(device, participant, collectives));
  const all = [...measured, ...toldSteps(run, collectives, stepKeyOf(devices), measured)];
  return areStartsComparable ? withStartSkew(all, analysis, collectives) : all;
}

function withStartSkew(
  all: readonly RankStep[],
  { devices }: RunAnalysis,
  { sides: { jobs } }: Collectives,
): RankStep[] {
  const skewNs = new Map<RankStep, number>();
  for (const ofStep of grouped(all, ({ step, participant }) => `${jobs[participant]} ${step}`)) {
    const placed = ofStep.filter(({ startNs }) => startNs !== undefined);
    const first = placed.reduce((a, b) => (b.startNs! < a.startNs! ? b : a), placed[0]);
    const windowOf = ({ participant }: RankStep) => ({ time: devices[participant]?.overlap.window });
    const together = placed.filter((each) => overlapInTime(windowOf(each), windowOf(first)));
    if (together.length < 2 && devices.length > 1) continue;
    for (const each of together) skewNs.set(each, each.startNs! - first.startNs!);
  }
  return all.map((each) => ({ ...each, startSkewNs: skewNs.get(each) }));
}

function stepsOfDevice({ overlap, steps }: DeviceAnalysis, participant: number, collectives: Collectives): RankStep[] {
  const windows = steps.steps.length > 0 ? steps.steps : [{ id: '', ...overlap.window }];
  const compute = lengthsWithin(overlap.compute, windows);
  const communication = lengthsWithin(overlap.communication, windows);
  const exposed = lengthsWithin(overlap.exposedCommunication, windows);
  const splits = windows.map(() => new Split());
  const { sideRange, task, durNs } = collectives.sides;
  for (let side = sideRange[participant]; side < sideRange[participant + 1]; side++) {
    const step = steps.steps.length > 0 ? steps.stepOf[task[side]] : 0;
    if (step !== NONE) splits[step].add(durNs[side], collectives.waitNs[side]);
  }
  return windows.map(({ id, startNs, endNs }, step) => {
    const [computeNs, exposedCommunicationNs] = [compute[step], exposed[step]];
    return {
      ...{ participant, step: id, source: 'tasks', startNs, startSkewNs: undefined, durNs: endNs - startNs },
      ...{ computeNs, communicationNs: communication[step], exposedCommunicationNs },
      ...{ idleNs: endNs - startNs - computeNs - exposedCommunicationNs, ...splits[step] },
    };
  });
}

/** Ranks without tasks: what the profiler's tables say of each step, or of all of them as one. */
function toldSteps(run: Run, collectives: Collectives, stepKey: StepKey, measured: readonly RankStep[]): RankStep[] {
  const { participants } = collectives.sides;
  const splits = toldSplits(collectives, stepKey);
  // A device whose number nobody knows has rows of both kinds.
  for (const { participant, step, waitNs, transferNs, unsplitNs } of measured) {
    if (participants[participant].device !== NONE) continue;
    splits.set(`${participant} ${step}`, { waitNs, transferNs, unsplitNs });
  }
  const steps = new Map<string, RankStep>();
  for (const shard of run.shards) {
    for (const table of shard.timeline.tables) {
      if (table.kind !== 'step-times') continue;
      for (let row = 0; row < table.rowCount; row++) {
        if (isOfStage(table, row)) continue;
        const participant = participantAt(participants, shard, table, row);
        if (participant < 0 || participants[participant].device !== NONE) continue;
        const step = stepKey(textCell(table, 'step', row));
        const key = `${participant} ${step}`;
        steps.set(
          key,
          added(steps.get(key), { participant, step, ...timesOf(table, row), ...(splits.get(key) ?? UNKNOWN) }),
        );
      }
    }
  }
  return [...steps.values()];
}

type ToldTimes = Pick<RankStep, 'durNs' | 'computeNs' | 'communicationNs' | 'exposedCommunicationNs' | 'idleNs'>;

function timesOf(table: Table, row: number): ToldTimes {
  const cell = (name: string): number | undefined => {
    const value = numberCell(table, name, row);
    return value === undefined ? undefined : Math.round(value);
  };
  const [computeNs, exposedCommunicationNs] = [cell('computingNs'), cell('exposedCommunicationNs')];
  const idleNs = cell('freeNs');
  const durNs = sumOf(sumOf(computeNs, exposedCommunicationNs), idleNs);
  return { durNs, computeNs, communicationNs: cell('communicationNs'), exposedCommunicationNs, idleNs };
}

/** Times of several steps add up; what the splits say is of all of them already. */
function added(known: RankStep | undefined, next: Omit<RankStep, 'source' | 'startNs' | 'startSkewNs'>): RankStep {
  const placed = { ...next, source: 'table', startNs: undefined, startSkewNs: undefined } as const;
  if (known === undefined) return placed;
  return {
    ...placed,
    durNs: sumOf(known.durNs, next.durNs),
    computeNs: sumOf(known.computeNs, next.computeNs),
    communicationNs: sumOf(known.communicationNs, next.communicationNs),
    exposedCommunicationNs: sumOf(known.exposedCommunicationNs, next.exposedCommunicationNs),
    idleNs: sumOf(known.idleNs, next.idleNs),
  };
}

function sumOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

/** What a step of a table is called here: tables of ranks beside timelines without steps are about all of the run. */
type StepKey = (step: string) => string;

function stepKeyOf(devices: readonly DeviceAnalysis[]): StepKey {
  const haveSteps = devices.length === 0 || devices.some(({ steps }) => steps.steps.length > 0);
  return (step) => (haveSteps ? step : '');
}

const UNKNOWN = { waitNs: undefined, transferNs: undefined, unsplitNs: undefined };

type ToldSplit = Pick<RankStep, 'waitNs' | 'transferNs' | 'unsplitNs'>;

/** What of some communication ops is waiting. */
class Split {
  waitNs = 0;
  transferNs = 0;
  unsplitNs = 0;

  add(durNs: number, waitNs: number): void {
    if (Number.isNaN(waitNs)) {
      this.unsplitNs += durNs;
      return;
    }
    this.waitNs += waitNs;
    this.transferNs += durNs - waitNs;
  }
}

/** Of ops of which only tables know, by participant and step. */
function toldSplits({ sides, waitNs }: Collectives, stepKey: StepKey): Map<string, ToldSplit> {
  const splits = new Map<string, Split>();
  for (let side = 0; side < sides.length; side++) {
    if (sides.task[side] !== NONE) continue;
    const key = `${sides.participant[side]} ${stepKey(sides.table[side]!.step)}`;
    const split = splits.get(key) ?? new Split();
    splits.set(key, split);
    split.add(sides.durNs[side], waitNs[side]);
  }
  return splits;
}

/** Of figures that several ranks have. */
export function spreadsOf(steps: readonly RankStep[], { sides: { jobs } }: Collectives): Spread[] {
  return grouped(steps, ({ step, participant }) => `${jobs[participant]} ${step}`).flatMap((ofStep) =>
    RANK_FIGURES.flatMap((figure): Spread[] => {
      const known = ofStep.flatMap((each) => {
        const ns = each[figure];
        return ns === undefined ? [] : [{ ns, participant: each.participant }];
      });
      if (known.length < 2) return [];
      const values = known.map(({ ns }) => ns);
      const [minNs, maxNs] = [Math.min(...values), Math.max(...values)];
      const meanNs = mean(values);
      const { participant } = known.find(({ ns }) => ns === maxNs)!;
      const [{ step }] = ofStep;
      return [{ step, figure, minNs, maxNs, meanNs, spread: meanNs === 0 ? 0 : (maxNs - minNs) / meanNs, participant }];
    }),
  );
}
