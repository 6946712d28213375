/** Curves of shares: which part of the values does not exceed which. On a page that is written, and on one that is looked at. */
import type { ReportMetricWords } from '../locale/report-metrics.ts';

export interface ShareCurve {
  /** [value, share of values that are not larger], in ascending order. */
  readonly points: readonly (readonly [value: number, share: number])[];
  /** Nothing is known between two points: a step at each, instead of a line between. */
  readonly isStepped: boolean;
}

/** Where lines go across, and what is told of a curve. */
export const AXIS_SHARES = [0, 0.5, 0.9, 1];
const TOLD_SHARES = [0.5, 0.9, 0.99];

/** As SVG draws it; '' without points. */
export function curvePath(
  { points, isStepped }: ShareCurve,
  x: (value: number) => number,
  y: (share: number) => number,
): string {
  return points
    .map(([value, share], at) => {
      const [left, height] = [tenths(x(value)), tenths(y(share))];
      if (at === 0) return isStepped ? `M${left},${tenths(y(0))}V${height}` : `M${left},${height}`;
      return isStepped ? `H${left}V${height}` : `L${left},${height}`;
    })
    .join('');
}

function tenths(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** "90 %: at most 1.2 s" */
export function toldShares(
  { points }: Pick<ShareCurve, 'points'>,
  formatValue: (value: number) => string,
  texts: ReportMetricWords,
): string[] {
  return TOLD_SHARES.flatMap((wanted) => {
    const found = points.find(([, share]) => share >= wanted);
    return found === undefined ? [] : [texts.atMost(`${wanted * 100} %`, formatValue(found[0]))];
  });
}
