/** What one of a unit is in ns or bytes. */
export type Units = Readonly<Record<string, number>>;

const TIME: Units = { ns: 1, us: 1e3, ms: 1e6, s: 1e9 };

/** Tables count memory in powers of two: sizes in KB are multiples of 512 bytes. */
export const BINARY_UNITS: Units = { ...TIME, B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };

/** Transfers are counted in powers of ten: only then sizes in MB are whole bytes, and GB/s agree with MB and ms. */
export const DECIMAL_UNITS: Units = { ...TIME, B: 1, KB: 1e3, MB: 1e6, GB: 1e9, 'MB/s': 1e6, 'GB/s': 1e9 };

/** `Total Time(us)` is `Total Time` in `us`; brackets that hold no unit belong to the name. */
export function nameAndUnit(header: string, units: Units): { name: string; unit: string | undefined } {
  const match = /^(.*\S)\s*\(([^()]+)\)$/.exec(header);
  if (match === null || !(match[2] in units || match[2] === '%')) return { name: header, unit: undefined };
  return { name: match[1], unit: match[2] };
}
