/** What share of a time is lost at most where the bounds of columns are no whole ns. */
const ROUNDING = 2 ** -52;

/**
 * The share of a column [fromNs, toNs) that a part takes, as a byte: 0 is nothing and 255 is all, exactly; 1 to 254 are
 * evenly wide parts of what is between. So the middle of its part is never farther than 1/508 from the share
 * (`shareOfCode` of the protocol).
 */
export function shareCode(partNs: number, fromNs: number, toNs: number): number {
  if (partNs <= 0) return 0;
  const wholeNs = toNs - fromNs;
  return partNs >= wholeNs - toNs * ROUNDING ? 255 : 1 + Math.floor((partNs / wholeNs) * 254);
}
