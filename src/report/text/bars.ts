import { styled, type Style } from './style.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A ratio as a bar, to an eighth of a cell; what is there is seen. */
export function bar(ratio: number, cells: number): string {
  const eighths = Math.max(ratio > 0 ? 1 : 0, Math.round(Math.min(1, Math.max(0, ratio)) * cells * 8));
  return styled('█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8], 'cyan');
}

/** Compute, exposed communication, idle time and graphs that no device shows end to end, each with a sign of its own besides its colour. */
export const STACK: readonly (readonly [sign: string, style: Style])[] = [
  ['█', 'green'],
  ['▒', 'yellow'],
  ['·', 'dim'],
  ['?', 'yellow'],
];

export function stack(ratios: readonly number[], cells: number): string {
  let sum = 0;
  let drawn = 0;
  return ratios
    .map((ratio, index) => {
      sum += ratio;
      const count = Math.min(cells, Math.round(sum * cells)) - drawn;
      drawn += count;
      const [sign, style] = STACK[index];
      return count === 0 ? '' : styled(sign.repeat(count), style);
    })
    .join('');
}
