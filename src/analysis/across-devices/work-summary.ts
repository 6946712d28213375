/** The work of a run by class, per step of each phase, on an average device. Short enough to be kept while others are read. */
import { NONE } from '../../timeline/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { type PhaseSteps, stepsOfPhase } from '../compare/phase-steps.ts';
import { lengthsWithin } from '../intervals.ts';
import { type Phase, PHASES } from '../steps/step.ts';
import { WORK_CLASSES } from './work-classes.ts';
import { UNMAPPED, workOfTasks } from './work-of-tasks.ts';

/** Times are ns per step: a step takes as long as it does, and its work is the sum of what all streams did. */
export interface PhaseWork {
  readonly phase: Phase;
  readonly stepCount: number;
  readonly stepNs: number;
  readonly idleNs: number;
  /** By position in WORK_CLASSES, and what is unmapped. */
  readonly byClass: readonly number[];
  /** What the table has no row for, those with the most time first. */
  readonly unmapped: readonly UnmappedOp[];
}

export interface UnmappedOp {
  readonly op: string;
  readonly perStepNs: number;
  readonly countPerStep: number;
}

export function summariseWork(analysis: RunAnalysis, wholeRun: boolean): PhaseWork[] {
  const works = analysis.devices.map(({ tasks }) => workOfTasks(analysis, tasks));
  return PHASES.flatMap((phase) => {
    const onDevices = analysis.devices.flatMap((device, number) => {
      const steps = stepsOfPhase(device, phase, wholeRun);
      return steps === undefined ? [] : [{ ...steps, work: works[number] }];
    });
    return onDevices.length === 0 ? [] : [phaseWork(phase, onDevices)];
  });
}

type WorkSteps = PhaseSteps & { readonly work: Int8Array };

function phaseWork(phase: Phase, onDevices: readonly WorkSteps[]): PhaseWork {
  const byClass = [...WORK_CLASSES, 'unmapped'].map(() => 0);
  const unmapped = new Map<string, { totalNs: number; count: number }>();
  let stepNs = 0;
  let idleNs = 0;
  for (const each of onDevices) {
    const share = 1 / (each.steps.length * onDevices.length);
    stepNs += share * sum(each.steps.map(({ startNs, endNs }) => endNs - startNs));
    idleNs += share * sum([...lengthsWithin(each.device.overlap.deviceIdle, each.steps)]);
    addTasks(each, share, byClass, unmapped);
  }
  const ops = [...unmapped].map(([op, { totalNs, count }]) => ({ op, perStepNs: totalNs, countPerStep: count }));
  return {
    ...{ phase, stepNs, idleNs, byClass },
    stepCount: Math.min(...onDevices.map(({ steps }) => steps.length)),
    unmapped: ops.sort((a, b) => b.perStepNs - a.perStepNs || (a.op < b.op ? -1 : 1)),
  };
}

function addTasks(
  { device, ordinal, stepOf, work }: WorkSteps,
  share: number,
  byClass: number[],
  unmapped: Map<string, { totalNs: number; count: number }>,
): void {
  const { length, startNs, endNs, type, texts } = (device satisfies DeviceAnalysis).tasks;
  for (let task = 0; task < length; task++) {
    const isCounted = work[task] !== NONE && stepOf[task] !== NONE && ordinal[stepOf[task]] !== NONE;
    if (!isCounted) continue;
    const perStepNs = share * (endNs[task] - startNs[task]);
    byClass[work[task]] += perStepNs;
    if (work[task] !== UNMAPPED) continue;
    const op = texts.get(type[task]);
    const known = unmapped.get(op) ?? { totalNs: 0, count: 0 };
    unmapped.set(op, known);
    known.totalNs += perStepNs;
    known.count += share;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
