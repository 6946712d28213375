/** The last bits of a share are what rounding leaves of columns whose bounds are no whole ns. */
const WHOLE = 1 - 2 ** -50;

/**
 * A share of a column's time as a byte: 0 is nothing and 255 is all, exactly; 1 to 254 are evenly wide parts of what is
 * between. So the middle of its part is never farther than 1/508 from the share (`shareOfCode` of the protocol).
 */
export function shareCode(partNs: number, wholeNs: number): number {
  if (partNs <= 0) return 0;
  return partNs >= wholeNs * WHOLE ? 255 : 1 + Math.floor((partNs / wholeNs) * 254);
}
