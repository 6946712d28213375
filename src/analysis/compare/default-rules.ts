/** What a gate without rules of its own holds runs to: of a trace its steps and ops, of what was measured the usual figures. */
import type { Check } from './check.ts';
import { FAILED_REQUESTS } from './failed-requests.ts';
import { isMeasured } from './measured-metrics.ts';
import { isTraced } from './measure.ts';
import { DEFAULT_RULES, parseRules, type Rule } from './rule.ts';
import type { RunSummary } from './summary.ts';

/**
 * Only those count of which a side has the metric: a benchmark that measures no TTFT is no regression. That a head counts
 * failed requests, of which there are none, where the base did not count them, is none, either.
 */
export const DEFAULT_METRIC_RULES =
  'ttft.p99>10%&>1ms, tpot.mean>5%&>100us, tpot.p99>10%&>100us, itl.p99>10%&>100us, e2el.p99>10%&>1ms, latency.mean>5%&>1ms, ' +
  'req_s<-5%, output_tok_s<-5%, total_tok_s<-5%, requests.failed>0';

/** Those of a trace count unless a side has nothing but measurements, and these are compared. */
export function defaultRules(base: readonly RunSummary[], head: readonly RunSummary[]): Rule[] {
  const measured = [base, head].map((runs) => runs.flatMap(({ metrics }) => metrics.filter(isMeasured)));
  const [idsOfBase, ids] = [measured[0], measured.flat()].map((metrics) => new Set(metrics.map(({ id }) => id)));
  const hasBoth = measured.every((metrics) => metrics.length > 0);
  const isOfTraces = !hasBoth || (base.some(isTraced) && head.some(isTraced));
  const ofMetrics = parseRules(DEFAULT_METRIC_RULES).filter(({ metric }) =>
    (metric === FAILED_REQUESTS ? idsOfBase : ids).has(metric),
  );
  const rules = [...(isOfTraces ? parseRules(DEFAULT_RULES) : []), ...(hasBoth ? ofMetrics : [])];
  return rules.map((rule) => ({ ...rule, isDefault: true }));
}

/**
 * The rules of the user, or the default ones. That no more requests may fail counts beside the user's rules, too, where some
 * failed in the head: figures of those that were left say nothing. Who names the metric in a rule or allows the check
 * decides otherwise.
 */
export function rulesFor(
  wanted: readonly Rule[] | undefined,
  base: readonly RunSummary[],
  head: readonly RunSummary[],
  allowed: readonly Check[],
): Rule[] {
  const isAllowed = allowed.includes('failed-requests');
  const rules = (wanted ?? defaultRules(base, head)).filter(
    ({ metric, isDefault }) => !(isAllowed && isDefault === true && metric === FAILED_REQUESTS),
  );
  const isJudged = isAllowed || rules.some(({ metric }) => metric === FAILED_REQUESTS);
  return isJudged || !isFailing(base, head) ? rules : [...rules, RULE_BESIDE];
}

/** What may be accepted beside the rules of the user. */
export const RULE_BESIDE: Rule = { ...parseRules(`${FAILED_REQUESTS}>0`)[0], isDefault: true };

/** Results beside which the base has none are compared with nothing. */
function isFailing(base: readonly RunSummary[], head: readonly RunSummary[]): boolean {
  const [one, other] = [base, head].map((runs) => runs.flatMap(({ metrics }) => metrics.filter(isMeasured)));
  return one.length > 0 && other.some(({ id, value }) => id === FAILED_REQUESTS && value > 0);
}
