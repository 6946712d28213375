/** Which metrics rules may name. docs/ci.md shows the same list. */
import { BUBBLE_CAUSES } from '../bubbles/bubble.ts';
import { PHASES } from '../steps/step.ts';
import { BUBBLE_SUMS } from './measure.ts';
import { STEP_FIGURES } from './summary.ts';

/** What stands before the dot of a figure of steps: one phase, or `step` for each that both sides have. */
const PREFIXES = ['step', ...PHASES];

const OP_METRICS = ['op.total', 'op.count'];

export const KNOWN_METRICS: readonly string[] = [
  ...PREFIXES.flatMap((prefix) => [...STEP_FIGURES, 'rank.skew'].map((figure) => `${prefix}.${figure}`)),
  ...['', ...PHASES.map((phase) => `${phase}.`)].flatMap((prefix) =>
    [
      ...OP_METRICS,
      'op.unmatched',
      ...BUBBLE_CAUSES.map((cause) => `bubble.${cause}`),
      ...Object.keys(BUBBLE_SUMS).map((sum) => `bubble.${sum}`),
    ].map((metric) => prefix + metric),
  ),
  'memory.allocated',
  'memory.reserved',
  'output_tok_s',
];

/** What its limits may be given in, besides a share. */
export function quantityOf(metric: string): 'ns' | 'bytes' | 'count' {
  if (metric.startsWith('memory.')) return 'bytes';
  return /(^|\.)(op-count|op\.count|output_tok_s)$/.test(metric) ? 'count' : 'ns';
}

export function takesSelector(metric: string): boolean {
  return OP_METRICS.some((each) => metric.endsWith(each));
}

/** The known names that one most likely meant. */
export function nearestMetrics(name: string, known: readonly string[]): string[] {
  return known
    .map((each) => ({ each, distance: editDistance(name, each) }))
    .sort((a, b) => a.distance - b.distance || (a.each < b.each ? -1 : 1))
    .slice(0, 3)
    .map(({ each }) => each);
}

/** Letters to add, leave out or change. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(a[i - 1] !== b[j - 1])));
    }
    row = next;
  }
  return row[b.length];
}
