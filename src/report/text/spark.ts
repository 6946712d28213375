const HEIGHTS = '▁▂▃▄▅▆▇█';

/** Values over time in one line of letters, from 0 to the highest; what is nothing at all is a space. */
export function spark(values: readonly number[]): string {
  const highest = values.reduce((a, b) => Math.max(a, b), 0);
  return values
    .map((value) => (value > 0 ? HEIGHTS[Math.min(7, Math.floor((8 * value) / highest))] : '\u00a0'))
    .join('');
}
