/**
 * Is this run slower than that one? Runs are reduced to summaries, summaries are matched and weighed against noise, and
 * rules make a verdict of it. How verdicts look lives in src/report/compare.
 */
export { BASELINE_SCHEMA, decodeBaseline, encodeBaseline, isBaseline, type NamedRun, type Tool } from './baseline.ts';
export { changesOf, hasCommonPhase, type OpsBy } from './changes.ts';
export {
  type Check,
  type CheckFact,
  type CheckFacts,
  CHECKS,
  type Comparability,
  type Severity as CheckSeverity,
} from './check.ts';
export {
  compareRuns,
  type Comparison,
  COMPARE_SCHEMA,
  type DriftResult,
  type Row as CompareRow,
  type RuleResult,
  type Verdict,
  VERDICT_EXIT,
} from './compare.ts';
export { type Acceptance, isAbout, type Outcome } from './judge.ts';
export { KNOWN_METRICS, MEASURED_METRICS } from './metrics.ts';
export { DEFAULT_METRIC_RULES, defaultRules, RULE_BESIDE, rulesFor } from './default-rules.ts';
export { isMeasured } from './measured-metrics.ts';
export { type Condition, DEFAULT_RULES, parseRules, type Rule } from './rule.ts';
export { type RunSummary, summarise, type SummaryOptions } from './summary.ts';
export { DEFAULT_FLOORS, type Floors, type RowStatus, type Weighed, type WhySame } from './weigh.ts';
