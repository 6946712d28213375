/**
 * The time of each op per step. The ops with the most time are kept by type, name and shapes; the others are summed up by
 * type, and the types with the least time under no type, so that sums are whole and a summary stays small.
 */
import { compareText } from '../../base/index.ts';
import { NONE } from '../../timeline/index.ts';
import { figureOf, typical } from './figure.ts';
import type { PhaseSteps } from './phase-steps.ts';
import type { OpKey, OpSummary } from './summary.ts';

export const MOST_OPS = 48;
export const MOST_TYPES = 24;

/** The steps of a phase on a device, and the op of each of its tasks. */
export interface PhaseOps extends PhaseSteps {
  readonly opOf: Int32Array;
}

export function opSummaries(onDevices: readonly PhaseOps[], keys: readonly OpKey[], stepCount: number): OpSummary[] {
  const totals = new Float64Array(keys.length);
  for (const each of onDevices) forEachOp(each, stepCount, (op, _, durNs) => (totals[op] += durNs));
  const { rows, rowOf } = rowsOf(keys, totals);
  const series = rows.map(() => new Float64Array(stepCount));
  const counts = new Float64Array(rows.length);
  for (const each of onDevices) {
    forEachOp(each, stepCount, (op, step, durNs) => {
      const row = rowOf[op];
      series[row][step] += durNs / onDevices.length;
      counts[row]++;
    });
  }
  const runs = onDevices.length * stepCount;
  return rows
    .map((key, row) => ({
      ...key,
      perStep: figureOf(series[row], typical),
      countPerStep: Math.round((100 * counts[row]) / runs) / 100,
    }))
    .filter((_, row) => counts[row] > 0);
}

function forEachOp(
  { device, opOf, stepOf, ordinal }: PhaseOps,
  stepCount: number,
  visit: (op: number, step: number, durNs: number) => void,
): void {
  const { length, startNs, endNs } = device.tasks;
  for (let task = 0; task < length; task++) {
    const op = opOf[task];
    const step = op === NONE || stepOf[task] === NONE ? NONE : ordinal[stepOf[task]];
    if (step !== NONE && step < stepCount) visit(op, step, endNs[task] - startNs[task]);
  }
}

/** What is kept, those with the most time first, and where each op counts. */
function rowsOf(keys: readonly OpKey[], totals: Float64Array): { rows: OpKey[]; rowOf: Int32Array } {
  const order = keys.map((_, op) => op).sort((a, b) => totals[b] - totals[a] || compareKeys(keys[a], keys[b]));
  const rows = order.slice(0, MOST_OPS).map((op) => keys[op]);
  const rowOf = new Int32Array(keys.length);
  for (const [row, op] of order.slice(0, MOST_OPS).entries()) rowOf[op] = row;
  const rest = order.slice(MOST_OPS);
  const restOfType = new Map<string, number>();
  for (const op of rest) restOfType.set(keys[op].type, (restOfType.get(keys[op].type) ?? 0) + totals[op]);
  const types = [...restOfType].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).slice(0, MOST_TYPES);
  const rowOfType = new Map(types.map(([type], number) => [type, rows.length + number]));
  const others = rows.length + types.length;
  for (const op of rest) rowOf[op] = rowOfType.get(keys[op].type) ?? others;
  const sums = [...rowOfType.keys(), ''].map((type): OpKey => ({ type, name: '', shapes: '' }));
  return { rows: [...rows, ...sums], rowOf };
}

function compareKeys(a: OpKey, b: OpKey): number {
  return compareText(a.type, b.type) || compareText(a.name, b.name) || compareText(a.shapes, b.shapes);
}
