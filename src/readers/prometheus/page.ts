import type { Diagnostics } from '../../base/index.ts';
import { type Families, familiesOf, type Gauge } from './families.ts';
import { type Observed, difference } from './histogram.ts';
import type { Recording } from './recording.ts';
import { Restarts, type Step, stepsOf } from './restarts.ts';
import { pageTotals, serverOf } from './totals.ts';

interface Counted<T> {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly steps: readonly Step<T>[];
}

/** A page and what was counted on it, from scrape to scrape. */
export interface Page {
  readonly recording: Recording;
  readonly counters: readonly Counted<number>[];
  readonly histograms: readonly Counted<Observed>[];
  readonly gauges: readonly Gauge[];
  readonly infos: Families['infos'];
  /** From the first scrape to the last; undefined where their times are not known, or there is only one. */
  readonly durationMs: number | undefined;
}

export function pageOf(recording: Recording, diagnostics: Diagnostics): Page {
  const families = familiesOf(recording, diagnostics);
  const totals = pageTotals(families, recording, diagnostics);
  const restarts = new Restarts(families, totals);
  restarts.report(recording, diagnostics);
  const { scrapes } = recording;
  return {
    recording,
    counters: totals.counters.flatMap(({ of, totals: own }) => {
      const steps = stepsOf(own, serverOf(of), scrapes.length, restarts, (now, before) => now - before);
      return own.values.length === 0 ? [] : { name: of.name, labels: of.labels, steps };
    }),
    histograms: totals.histograms.map(({ of, totals: own }) => ({
      ...{ name: of.name, labels: of.labels },
      steps: stepsOf(own, serverOf(of), scrapes.length, restarts, difference),
    })),
    gauges: families.gauges,
    infos: families.infos,
    durationMs: scrapes.length > 1 ? positive(scrapes[scrapes.length - 1].timeMs - scrapes[0].timeMs) : undefined,
  };
}

function positive(number: number): number | undefined {
  return number > 0 ? number : undefined;
}
