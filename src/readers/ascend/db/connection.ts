import { NONE } from '../../../timeline/index.ts';
import type { ExactId } from './columns.ts';

/** How exporters spell that a row is joined with nothing: as 32 bits, signed, and for marks of mstx. */
export const NO_CONNECTION: ReadonlySet<ExactId> = new Set<ExactId>([4294967295, -1, 4000000000]);

/** NONE where a row is joined with nothing. */
export function connectionOf(value: number): number {
  return NO_CONNECTION.has(value) ? NONE : value;
}
