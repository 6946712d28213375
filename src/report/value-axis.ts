/** From here on a linear axis would squeeze most of the values into its first tenth. */
const LOG_FROM = 30;

/** How values that are all shown on one axis are laid out on it: on a page that is written, and on one that is looked at. */
export interface ValueAxis {
  readonly isLog: boolean;
  /** Never empty. */
  readonly domain: readonly [least: number, most: number];
}

export function valueAxis(
  lines: readonly { readonly points: readonly (readonly [value: number, share: number])[] }[],
): ValueAxis {
  const values = lines.flatMap(({ points }) => points.map(([value]) => value));
  const least = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const most = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  if (least > 0 && most / least > LOG_FROM) return { isLog: true, domain: [least, most] };
  return { isLog: false, domain: [Math.min(0, least), most > least ? most : least + 1] };
}
