import type { Diagnostics } from '../../base/index.ts';
import type { Families } from './families.ts';
import { hasFewer } from './histogram.ts';
import type { Recording } from './recording.ts';
import { type PageTotals, serverOf, type Totals } from './totals.ts';
import { PROCESS_START } from './vllm-names.ts';

/** Clients work the start of their process out from a clock of hundredths of a second. */
const SAME_START_SECONDS = 1;
const NAMES_SHOWN = 3;
/** In place of a server: all of them. */
const PAGE = '';

/**
 * When servers began to count anew: a counter or a bucket has less than before, or the page says so. Then all counters of
 * that server did, also those that have more than before.
 */
export class Restarts {
  /** By server, rising. */
  readonly #scrapes = new Map<string, number[]>();
  /** By scrape: what told it. */
  readonly #signs = new Map<number, Set<string>>();

  constructor(families: Families, { counters, histograms }: PageTotals) {
    for (const { of, totals } of counters) this.#find(of.name, serverOf(of), totals, (now, before) => now < before);
    for (const { of, totals } of histograms) this.#find(of.name, serverOf(of), totals, hasFewer);
    for (const { name, series } of families.gauges) {
      if (name !== PROCESS_START) continue;
      for (let i = 1; i < series.values.length; i++) {
        const isAnother = Math.abs(series.values[i] - series.values[i - 1]) > SAME_START_SECONDS;
        if (isAnother) this.#add(name, PAGE, series.scrapes[i]);
      }
    }
    for (const scrapes of this.#scrapes.values()) scrapes.sort((a, b) => a - b);
  }

  /** Whether counting began anew after the first of two scrapes. */
  isBetween(server: string, before: number, now: number): boolean {
    return [this.#scrapes.get(server), this.#scrapes.get(PAGE)].some(
      (scrapes) => scrapes !== undefined && firstAfter(scrapes, before) <= now,
    );
  }

  report({ scrapes }: Recording, diagnostics: Diagnostics): void {
    for (const [scrape, signs] of [...this.#signs].sort(([a], [b]) => a - b)) {
      const names = [...signs];
      const { path, timeMs } = scrapes[scrape];
      const when = Number.isNaN(timeMs) ? `scrape ${scrape + 1}` : new Date(timeMs).toISOString();
      const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
      diagnostics.add('counter_reset', { path }, `${when}: ${names.slice(0, NAMES_SHOWN).join(', ')}${more}`);
    }
  }

  #find<T>(name: string, server: string, totals: Totals<T>, isLess: (now: T, before: T) => boolean): void {
    const { scrapes, values, created } = totals;
    for (let i = 1; i < values.length; i++) {
      const isAnew = Math.abs(created[i] - created[i - 1]) > 0 || isLess(values[i], values[i - 1]);
      if (isAnew) this.#add(name, server, scrapes[i]);
    }
  }

  #add(name: string, server: string, scrape: number): void {
    const known = this.#scrapes.get(server) ?? [];
    this.#scrapes.set(server, known);
    known.push(scrape);
    const signs = this.#signs.get(scrape) ?? new Set();
    this.#signs.set(scrape, signs.add(name));
  }
}

/** The first number of a rising list that is greater; infinite where there is none. */
function firstAfter(rising: readonly number[], limit: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] > limit) high = middle;
    else low = middle + 1;
  }
  return rising[low] ?? Number.POSITIVE_INFINITY;
}

/** What was counted between two scrapes; `from` is undefined where counting began at 0 with the first scrape of a page. */
export interface Step<T> {
  readonly from: number | undefined;
  readonly to: number;
  readonly counted: T;
}

/**
 * A page that was looked at once tells all since its server began; one that was looked at more often, what was counted in
 * between. A counter that appears later began at 0, and so did one whose server was started anew. Of one that had no number
 * at first nobody knows what it had counted by then.
 */
export function stepsOf<T>(
  { scrapes, values, first }: Totals<T>,
  server: string,
  scrapeCount: number,
  restarts: Restarts,
  difference: (now: T, before: T) => T,
): Step<T>[] {
  return values.flatMap((value, i): Step<T>[] => {
    const to = scrapes[i];
    if (i > 0) {
      const from = scrapes[i - 1];
      const isAnew = restarts.isBetween(server, from, to);
      return [{ from, to, counted: isAnew ? value : difference(value, values[i - 1]) }];
    }
    if (scrapeCount === 1) return [{ from: undefined, to, counted: value }];
    return to === 0 || to !== first ? [] : [{ from: to - 1, to, counted: value }];
  });
}
