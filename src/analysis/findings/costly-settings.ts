import type { Run } from '../../timeline/index.ts';
import { Settings } from '../settings.ts';

/** A setting that costs time: where it stands, and the values that do. */
export interface CostlySetting {
  /** What users know it as. */
  readonly name: string;
  /** The end of its key. */
  readonly key: string;
  readonly values: RegExp;
}

/** Those that some capture of a run has, as `with_stack=true`. */
export function costlySettings(run: Run, costly: readonly CostlySetting[]): string[] {
  const settings = new Settings(run);
  return costly.flatMap(({ name, key, values }) => {
    const found = settings.valuesOf(key).find((value) => values.test(value));
    return found === undefined ? [] : [`${name}=${found}`];
  });
}
