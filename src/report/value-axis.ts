/** From here on a linear axis would squeeze most of the values into its first tenth. */
const LOG_FROM = 30;
/** What ticks of a logarithmic axis begin with: the first of these that are few enough. */
const LEADING_DIGITS = [[1, 2, 5], [1, 5], [1]] as const;

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

/** Round values on an axis, no more than `most` of them; `unitOf` is the value whose unit is that of the tick. */
export interface ValueTick {
  readonly value: number;
  readonly unitOf: number;
}

export function valueTicks({ isLog, domain }: ValueAxis, most: number): ValueTick[] {
  const values = isLog ? logValues(domain, most) : evenValues(domain, most);
  return values.map((value) => ({ value, unitOf: isLog ? value : (values.at(-1) ?? value) }));
}

/** Multiples of 1, 2 or 5 times a power of ten. */
function evenValues([least, greatest]: ValueAxis['domain'], most: number): number[] {
  const roughStep = (greatest - least) / Math.max(1, most - 1);
  const power = 10 ** Math.floor(Math.log10(roughStep));
  const step = power * ([1, 2, 5].find((digit) => digit * power >= roughStep * (1 - 1e-9)) ?? 10);
  const [first, last] = [Math.ceil(least / step - 1e-9), Math.floor(greatest / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, at) => rounded((first + at) * step));
}

function logValues([least, greatest]: ValueAxis['domain'], most: number): number[] {
  const [first, last] = [Math.floor(Math.log10(least)), Math.floor(Math.log10(greatest))];
  const powers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const within = (digits: readonly number[], some: readonly number[]): number[] =>
    some
      .flatMap((power) => digits.map((digit) => rounded(digit * 10 ** power)))
      .filter((value) => value >= least * (1 - 1e-9) && value <= greatest * (1 + 1e-9));
  const few = LEADING_DIGITS.map((digits) => within(digits, powers)).find(({ length }) => length <= most);
  if (few !== undefined) return few;
  const every = Math.ceil(powers.length / most);
  return within(
    [1],
    powers.filter((power) => power % every === 0),
  );
}

/** Without what a product of decimals leaves behind. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
