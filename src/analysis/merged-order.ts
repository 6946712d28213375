/**
 * Rows of several sorted lists, one behind the other, in the order of (start, longest first); of equal rows those of the
 * earlier list come first. `bounds`: where each list begins, and the end of the last. Pairs of lists are merged, then pairs
 * of those, so no row is moved more than log n times.
 */
export function mergedOrder(bounds: readonly number[], startNs: Float64Array, endNs: Float64Array): Uint32Array {
  const length = bounds[bounds.length - 1];
  let order: Uint32Array = Uint32Array.from({ length }, (_, row) => row);
  let spare: Uint32Array = new Uint32Array(bounds.length > 2 ? length : 0);
  for (let rest = bounds; rest.length > 2;) {
    const merged = [0];
    for (let list = 0; list + 1 < rest.length; list += 2) {
      const [from, middle] = [rest[list], rest[list + 1]];
      const to = rest[Math.min(list + 2, rest.length - 1)];
      mergeTwo(order, spare, [from, middle, to], startNs, endNs);
      merged.push(to);
    }
    [order, spare] = [spare, order];
    rest = merged;
  }
  return order;
}

function mergeTwo(
  from: Uint32Array,
  into: Uint32Array,
  [start, middle, end]: readonly [number, number, number],
  startNs: Float64Array,
  endNs: Float64Array,
): void {
  let a = start;
  let b = middle;
  for (let at = start; at < end; at++) {
    const takesFirst = b === end || (a < middle && !isEarlier(from[b], from[a], startNs, endNs));
    into[at] = takesFirst ? from[a++] : from[b++];
  }
}

function isEarlier(row: number, other: number, startNs: Float64Array, endNs: Float64Array): boolean {
  return startNs[row] < startNs[other] || (startNs[row] === startNs[other] && endNs[row] > endNs[other]);
}
