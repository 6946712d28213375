/**
 * The same model on two devices that have no op in common: `traceconv.across-devices/1`, except that facts of checks are not
 * yet put into words.
 */
import { mean } from '../../base/index.ts';
import type { Tool } from '../compare/baseline.ts';
import { type Check, CHECKS, type Comparability } from '../compare/check.ts';
import { checkComparability } from '../compare/comparability.ts';
import { isTraced } from '../compare/measure.ts';
import type { RunSummary } from '../compare/summary.ts';
import type { Phase } from '../steps/step.ts';
import { WORK_CLASSES, type WorkClass } from './work-classes.ts';
import type { PhaseWork, UnmappedOp } from './work-summary.ts';

const ACROSS_SCHEMA = 'traceconv.across-devices/1';

/** One run of a side, reduced to what is compared. */
export interface WorkOfRun {
  readonly name: string;
  readonly summary: RunSummary;
  readonly phases: readonly PhaseWork[];
}

/** Times are whole ns, shares 0 to 1, ratios head / base; null is not known. */
export interface AcrossDevices {
  readonly schema: typeof ACROSS_SCHEMA;
  readonly tool: Tool;
  /** 0, or 6 where the sides have no phase in common. */
  readonly exitCode: number;
  readonly base: DeviceSide;
  readonly head: DeviceSide;
  readonly checks: readonly Comparability[];
  readonly phases: readonly PhaseAcross[];
}

export interface DeviceSide {
  readonly runs: readonly string[];
  readonly device: string | null;
  readonly chip: string | null;
  /** Whether any of its runs has ops of a device: results of benchmarks have none. */
  readonly hasOps: boolean;
}

export interface PhaseAcross {
  readonly phase: Phase;
  /** What times are per: a step of decoding makes one token. */
  readonly per: 'token' | 'step';
  readonly stepCount: BothSides<number>;
  readonly step: ComparedTime;
  readonly idle: ComparedTime;
  /** All work; it is longer than a step where streams run at a time. */
  readonly work: ComparedTime;
  readonly classes: readonly (ComparedTime & {
    readonly class: WorkClass | 'unmapped';
    readonly share: BothSides<number | null>;
  })[];
  readonly unmapped: BothSides<readonly UnmappedOp[]>;
}

export interface ComparedTime extends BothSides<number> {
  readonly ratio: number | null;
}

interface BothSides<T> {
  readonly base: T;
  readonly head: T;
}

/** What is not told: other devices have other tools and no op in common, and numbers of benchmarks are not compared. */
const LEFT_OUT: ReadonlySet<Check> = new Set([
  ...(['device', 'chip', 'toolkit', 'model', 'shapes'] as const),
  ...(['metrics', 'units', 'repeats'] as const),
]);
const NOT_COMPARABLE = 6;
const MOST_UNMAPPED = 40;

export function compareDevices(base: readonly WorkOfRun[], head: readonly WorkOfRun[], tool: Tool): AcrossDevices {
  const summaries = [base, head].map((runs) => runs.map(({ summary }) => summary));
  const checks = checkComparability(summaries[0], summaries[1], [], { allowed: CHECKS, mayLackSteps: false }).filter(
    ({ check }) => !LEFT_OUT.has(check),
  );
  const phasesOf = (runs: readonly WorkOfRun[]): Phase[] => runs[0].phases.map(({ phase }) => phase);
  const common = phasesOf(base).filter((phase) => phaseOf(base, phase) && phaseOf(head, phase));
  const phases = common.flatMap((phase) => {
    const [one, other] = [phaseOf(base, phase), phaseOf(head, phase)];
    return one === undefined || other === undefined ? [] : [compareInPhase(one, other)];
  });
  return {
    ...{ schema: ACROSS_SCHEMA, tool, exitCode: phases.length > 0 ? 0 : NOT_COMPARABLE },
    ...{ base: sideOf(base), head: sideOf(head), checks, phases },
  };
}

function sideOf(runs: readonly WorkOfRun[]): DeviceSide {
  const said = (name: 'device' | 'chip'): string | null =>
    [...new Set(runs.flatMap(({ summary }) => summary.environment[name] ?? []))].join(' | ') || null;
  const hasOps = runs.some(({ summary }) => isTraced(summary));
  return { runs: runs.map(({ name }) => name), device: said('device'), chip: said('chip'), hasOps };
}

/** The mean of all runs; undefined where one has no such phase. */
function phaseOf(runs: readonly WorkOfRun[], phase: Phase): PhaseWork | undefined {
  const own = runs.flatMap(({ phases }) => phases.filter((each) => each.phase === phase));
  if (own.length < runs.length) return undefined;
  const meanOf = (valueOf: (work: PhaseWork) => number): number => mean(own.map(valueOf));
  return {
    phase,
    stepCount: own.reduce((sum, { stepCount }) => sum + stepCount, 0),
    stepNs: meanOf(({ stepNs }) => stepNs),
    idleNs: meanOf(({ idleNs }) => idleNs),
    byClass: own[0].byClass.map((_, at) => meanOf(({ byClass }) => byClass[at])),
    unmapped: meanOps(own),
  };
}

function meanOps(runs: readonly PhaseWork[]): UnmappedOp[] {
  const ops = new Map<string, UnmappedOp>();
  for (const { op, perStepNs, countPerStep } of runs.flatMap(({ unmapped }) => unmapped)) {
    const known = ops.get(op) ?? { op, perStepNs: 0, countPerStep: 0 };
    ops.set(op, {
      op,
      perStepNs: known.perStepNs + perStepNs / runs.length,
      countPerStep: known.countPerStep + countPerStep / runs.length,
    });
  }
  return [...ops.values()].sort((a, b) => b.perStepNs - a.perStepNs);
}

function compareInPhase(base: PhaseWork, head: PhaseWork): PhaseAcross {
  const [allBase, allHead] = [base, head].map(({ byClass }) => byClass.reduce((sum, ns) => sum + ns, 0));
  const share = (part: number, all: number): number | null => (all === 0 ? null : rounded(part / all));
  return {
    phase: base.phase,
    per: base.phase === 'decode' ? 'token' : 'step',
    stepCount: { base: base.stepCount, head: head.stepCount },
    step: comparedTime(base.stepNs, head.stepNs),
    idle: comparedTime(base.idleNs, head.idleNs),
    work: comparedTime(allBase, allHead),
    classes: [...WORK_CLASSES, 'unmapped' as const].map((name, at) => ({
      class: name,
      ...comparedTime(base.byClass[at], head.byClass[at]),
      share: { base: share(base.byClass[at], allBase), head: share(head.byClass[at], allHead) },
    })),
    unmapped: { base: unmappedOf(base), head: unmappedOf(head) },
  };
}

function unmappedOf({ unmapped }: PhaseWork): UnmappedOp[] {
  return unmapped.slice(0, MOST_UNMAPPED).map(({ op, perStepNs, countPerStep }) => ({
    ...{ op, perStepNs: Math.round(perStepNs), countPerStep: rounded(countPerStep) },
  }));
}

function comparedTime(base: number, head: number): ComparedTime {
  return { base: Math.round(base), head: Math.round(head), ratio: base === 0 ? null : rounded(head / base) };
}

/** The same text for the same input. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6 + 0;
}
