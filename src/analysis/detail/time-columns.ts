/** Evenly wide columns of time, as the pixels of a view. They may be narrower than 1 ns. */
export interface TimeColumns {
  readonly startNs: number;
  readonly widthNs: number;
  readonly columnCount: number;
}

/** What is asked for, in times that `shiftNs` is yet to be added to. */
export function columnsOf(
  asked: { readonly startNs: number; readonly endNs: number; readonly columnCount: number },
  shiftNs = 0,
): TimeColumns {
  const { startNs, endNs, columnCount } = asked;
  return { startNs: startNs - shiftNs, widthNs: (endNs - startNs) / columnCount, columnCount };
}

/**
 * The column that a time lies in, counted from the start of the columns as all times here are: where columns are narrower
 * than 1 ns, only differences of times tell one from the next.
 */
export function columnAt(sinceStartNs: number, widthNs: number): number {
  const column = Math.floor(sinceStartNs / widthNs);
  if (column * widthNs > sinceStartNs) return column - 1;
  return (column + 1) * widthNs <= sinceStartNs ? column + 1 : column;
}
