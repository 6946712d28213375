/** The position of the first number above a bound in an ascending list; its length where none is. */
export function firstAbove(ascending: ArrayLike<number>, bound: number, from = 0, to = ascending.length): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
