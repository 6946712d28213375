import { scaleLog } from 'd3-scale';
import type { Markup } from '../markup.ts';
import { type Part, rangeOf } from './chart.ts';
import { stackedBars, type StackedBarsTexts } from './stacked-bars.ts';

export interface Sample {
  /** Above 0. */
  readonly value: number;
  /** What it adds to its bar. */
  readonly weight: number;
  /** One of the groups. */
  readonly group: string;
}

const BINS_PER_DECADE = 3;
/** Logarithms of the bounds of bins are not exact. */
const ROUNDING = 1e-9;

/** Samples by their size on a logarithmic axis, told apart by group. */
export function histogram(
  samples: readonly Sample[],
  groups: readonly Omit<Part, 'value'>[],
  texts: StackedBarsTexts & { readonly formatBin: (value: number) => string },
): Markup {
  const [lowest, highest] = rangeOf(samples.map(({ value }) => value));
  const position = scaleLog().domain([1, 10]).range([0, BINS_PER_DECADE]);
  const bin = (value: number): number => Math.floor(position(value) + ROUNDING);
  const first = bin(lowest);
  const count = bin(highest) - first + 1;
  const weights = Array.from({ length: count }, () => new Map<string, number>());
  for (const { value, weight, group } of samples) {
    const ofBin = weights[bin(value) - first];
    ofBin.set(group, (ofBin.get(group) ?? 0) + weight);
  }
  const bars = weights.map((ofBin, index) => {
    const parts = groups.map((group) => ({ ...group, value: ofBin.get(group.className) ?? 0 }));
    const label = texts.formatBin(position.invert(first + index));
    const told = parts.filter(({ value }) => value > 0).map((part) => `${part.label} ${texts.formatValue(part.value)}`);
    return { label, tooltip: [`≥ ${label}`, ...told].join('\n'), parts };
  });
  return stackedBars(bars, texts);
}
