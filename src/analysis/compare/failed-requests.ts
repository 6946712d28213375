/**
 * Whether the sides lost alike. Figures of a benchmark are of the requests that were answered: where many failed, the others
 * had the server to themselves, and every figure may look better. More of them in the head is a regression (the default rule
 * about requests.failed); more of them in the base means that there is nothing to hold the head against.
 */
import { grouped } from '../../base/index.ts';
import { labelsText } from '../../timeline/index.ts';
import { type CheckFacts, type Comparability, unknown } from './check.ts';
import { isMeasured } from './measured-metrics.ts';
import type { Weighed } from './weigh.ts';

export const FAILED_REQUESTS = 'requests.failed';

/** A base that lost more of its requests than the head, by this share of all, shows no performance. */
const BROKEN_BASE = 0.05;

type Side = 'base' | 'head';

/** Of one group of labels on one side. */
interface Lost {
  readonly failed: number;
  readonly all: number;
}

export function failedRequests(rows: readonly Weighed[]): Comparability {
  const groups = grouped(
    rows.filter(({ measure }) => isMeasured(measure)),
    ({ measure: { labels = {} } }) => labelsText(labels),
  );
  const [worst] = groups
    .map((own) => ({ base: lostOn('base', own), head: lostOn('head', own) }))
    .filter(({ base, head }) => base !== undefined || head !== undefined)
    .sort((a, b) => Math.abs(excessOf(b)) - Math.abs(excessOf(a)));
  if (worst === undefined) return unknown('failed-requests');
  const excess = excessOf(worst);
  const severity = excess === 0 ? 'same' : excess < -BROKEN_BASE ? 'not-comparable' : 'warning';
  return { check: 'failed-requests', base: facts(worst.base), head: facts(worst.head), severity };
}

function lostOn(side: Side, group: readonly Weighed[]): Lost | undefined {
  const valueOf = (metric: string): number | undefined =>
    group.find(({ measure }) => measure.metric === metric)?.[side];
  const [failed, completed] = [valueOf(FAILED_REQUESTS), valueOf('requests.completed')];
  return failed === undefined || completed === undefined ? undefined : { failed, all: failed + completed };
}

/** What is not known to have failed did not. */
function excessOf({ base, head }: Readonly<Record<Side, Lost | undefined>>): number {
  return shareOf(head) - shareOf(base);
}

function shareOf(lost: Lost | undefined): number {
  return lost === undefined || lost.failed === 0 ? 0 : lost.failed / lost.all;
}

function facts(lost: Lost | undefined): CheckFacts {
  return lost === undefined ? [] : [{ is: 'failed-requests', ...lost }];
}
