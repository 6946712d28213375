/**
 * Which operators and calls of the host came and went between runs: `traceconv.host-ops/1`, in the form in which it is
 * written.
 */
import type { HostOpTotal, HostOpTotals } from './host-op-totals.ts';

export const HOST_OPS_SCHEMA = 'traceconv.host-ops/1';

/** By the count: only in the head, only in the base, more, fewer, as many. */
export const HOST_OP_CHANGES = ['new', 'gone', 'more', 'fewer', 'same'] as const;
export type HostOpChange = (typeof HOST_OP_CHANGES)[number];

export interface HostOpsOfRun extends HostOpTotals {
  readonly name: string;
}

/** Means of the runs of a side, per step where all runs mark steps, else per run. Times are whole ns. */
export interface HostOpRow {
  readonly name: string;
  readonly change: HostOpChange;
  readonly base: HostOpTotal;
  readonly head: HostOpTotal;
}

export interface HostOpsCompared {
  readonly schema: typeof HOST_OPS_SCHEMA;
  readonly tool: { readonly name: string; readonly version: string };
  readonly base: { readonly runs: readonly string[] };
  readonly head: { readonly runs: readonly string[] };
  readonly per: 'step' | 'run';
  readonly counts: Readonly<Record<HostOpChange, number>>;
  /** Those whose count changed first, each by the difference of time. */
  readonly ops: readonly HostOpRow[];
}

export function compareHostOps(
  base: readonly HostOpsOfRun[],
  head: readonly HostOpsOfRun[],
  tool: HostOpsCompared['tool'],
): HostOpsCompared {
  const per = [...base, ...head].every(({ stepCount }) => stepCount > 0) ? 'step' : 'run';
  const [one, other] = [base, head].map((runs) => meanOf(runs, per));
  const names = new Set([...one.keys(), ...other.keys()]);
  const ops = [...names].map((name): HostOpRow => {
    const [was, is] = [one.get(name) ?? NOTHING, other.get(name) ?? NOTHING];
    return { name, change: changeOf(was.count, is.count), base: was, head: is };
  });
  const differenceNs = (row: HostOpRow): number => Math.abs(row.head.totalNs - row.base.totalNs);
  const isSame = (row: HostOpRow): number => Number(row.change === 'same');
  ops.sort((a, b) => isSame(a) - isSame(b) || differenceNs(b) - differenceNs(a) || (a.name < b.name ? -1 : 1));
  const counts = { new: 0, gone: 0, more: 0, fewer: 0, same: 0 };
  for (const { change } of ops) counts[change]++;
  const namesOf = (runs: readonly HostOpsOfRun[]): string[] => runs.map(({ name }) => name);
  return {
    ...{ schema: HOST_OPS_SCHEMA, tool, base: { runs: namesOf(base) }, head: { runs: namesOf(head) } },
    ...{ per, counts, ops },
  };
}

const NOTHING: HostOpTotal = { count: 0, totalNs: 0 };

function meanOf(runs: readonly HostOpsOfRun[], per: HostOpsCompared['per']): Map<string, HostOpTotal> {
  const sums = new Map<string, { count: number; totalNs: number }>();
  for (const { inSteps, inRun, stepCount } of runs) {
    const share = 1 / (runs.length * (per === 'step' ? stepCount : 1));
    for (const [name, { count, totalNs }] of per === 'step' ? inSteps : inRun) {
      const sum = sums.get(name) ?? { count: 0, totalNs: 0 };
      sums.set(name, sum);
      sum.count += share * count;
      sum.totalNs += share * totalNs;
    }
  }
  return new Map(
    // The same text for the same input.
    [...sums].map(([name, { count, totalNs }]) => [
      name,
      { count: Math.round(count * 1e6) / 1e6, totalNs: Math.round(totalNs) },
    ]),
  );
}

function changeOf(was: number, is: number): HostOpChange {
  if (was === is) return 'same';
  if (was === 0) return 'new';
  if (is === 0) return 'gone';
  return is > was ? 'more' : 'fewer';
}
