/** Series that are nothing but a unit: the counter's own name says what is measured. */
const PLAIN_UNITS = new Set(['MHz', 'KB', 'MB', 'GB', 'us', 'ns', 'mV', '%']);

/** "Read(MB/s)" is in MB/s, "KB" is in KB, "value" is in nothing known. */
export function unitOf(series: string): string {
  if (PLAIN_UNITS.has(series)) return series;
  return /\(([^()]+)\)\s*$/.exec(series)?.[1] ?? '';
}
