/**
 * The language of `--fail-on`: rules between commas, each a metric and what its change must not exceed.
 *
 *   rules     = rule *( "," rule )
 *   rule      = metric condition *( "&" condition )         all conditions have to hold for the rule to be broken
 *   metric    = word [ "[" selector "]" ]                   op.total[MatMulV2], op.total["a, b"], ttft.p99[batch=4,model=Qwen*]
 *             | "metric[" name "]" [ "[" labels "]" ]       metric["First token latency"][batch=4]: as a file calls it
 *   condition = ( ">" | "<" ) number [ unit ]               unit: % or what the metric is in; none is a count
 *
 * A condition is about the change, head minus base: `>3%` up by more than 3 % of the base, `>20us` up by more than 20 µs,
 * `<-3%` down by more than 3 %.
 */
import { canonicalMetric, type Labels } from '../../timeline/index.ts';
import { byNearness, UsageError } from '../../base/index.ts';
import { KNOWN_METRICS, MEASURED_METRICS, quantityOf, takesLabels, takesSelector } from './metrics.ts';

export interface Condition {
  readonly direction: '>' | '<';
  /** ratio: a share of the base. The others in ns, bytes or as they are. */
  readonly of: 'ratio' | 'ns' | 'bytes' | 'count';
  readonly limit: number;
}

export interface Rule {
  /** As it was written, spaces left out. */
  readonly expr: string;
  readonly metric: string;
  /** Which ops; undefined for metrics that are not about ops. */
  readonly selector: string | undefined;
  /** What was run, of metrics that are measured beside a trace: patterns by the names of labels; undefined: whatever it was. */
  readonly labels?: Labels | undefined;
  /** The name is the one that a file gives it. */
  readonly isByName?: true;
  /** Nobody wrote it: it counts only where it can be judged. */
  readonly isDefault?: true;
  readonly conditions: readonly Condition[];
}

/** What it counts in, and the power of ten that the digits are moved by: shifted, not multiplied, 0.7 % is 0.007. */
const UNITS: Readonly<Record<string, readonly [of: Condition['of'], exponent: number]>> = {
  '%': ['ratio', -2],
  ns: ['ns', 0],
  us: ['ns', 3],
  µs: ['ns', 3],
  ms: ['ns', 6],
  s: ['ns', 9],
  B: ['bytes', 0],
  kB: ['bytes', 3],
  MB: ['bytes', 6],
  GB: ['bytes', 9],
  count: ['count', 0],
  '': ['count', 0],
};

const BRACKET = String.raw`(?:\[\s*("(?:[^"\\]|\\.)*"|[^\]"]*?)\s*\])?\s*`;
const METRIC = new RegExp(String.raw`^\s*([\w.-]+?)\s*${BRACKET}${BRACKET}(?=[<>])`);
const CONDITION = /^\s*([<>])\s*([+-]?\d+(?:\.\d+)?)\s*([%a-zA-Zµ]*)\s*/;

/** What a gate without rules of its own holds a run to. */
export const DEFAULT_RULES =
  'step.p50>3%&>20us, step.exposed-comm>15%&>50us, step.idle>15%&>50us, op.total>3%&>5us, op.unmatched>3%&>20us';

/** UsageError where it is no rule, or about a metric that does not exist. */
export function parseRules(text: string): Rule[] {
  const rules: Rule[] = [];
  let rest = text;
  while (rest.trim() !== '') {
    const { rule, after } = nextRule(rest, text);
    rules.push(rule);
    rest = after;
  }
  if (rules.length === 0) throw badRule(text, 'there is no rule in it');
  return rules;
}

function nextRule(from: string, whole: string): { rule: Rule; after: string } {
  const head = METRIC.exec(from);
  if (head === null) throw badRule(whole, `"${from.trim()}" does not begin with a metric and > or <`);
  const [start] = head;
  const about = subjectOf(head, whole);
  const conditions: Condition[] = [];
  let rest = from.slice(start.length);
  for (let more = true; more;) {
    const { condition, after } = nextCondition(rest, whole);
    const wanted = about.isByName === true ? condition.of : quantityOf(about.metric);
    if (condition.of !== 'ratio' && condition.of !== wanted) {
      throw badRule(whole, `limits of ${about.metric} are in ${unitsOf(wanted)} or %`);
    }
    conditions.push(condition);
    more = after.startsWith('&');
    rest = more ? after.slice(1) : after;
  }
  const expr = from.slice(0, from.length - rest.length).trim();
  if (rest !== '' && !rest.startsWith(',')) throw badRule(whole, `"${rest}" after ${expr}: expected & or a comma`);
  return { rule: { expr: compact(expr), ...about, conditions }, after: rest.slice(1) };
}

type Subject = Pick<Rule, 'metric' | 'selector' | 'labels' | 'isByName'>;

/** What stands before the conditions. */
function subjectOf([, metric, first, second]: RegExpExecArray, whole: string): Subject {
  if (metric === 'metric') {
    if (first === undefined || first === '') throw badRule(whole, 'metric needs a name in [...]');
    return { metric: unquoted(first), selector: undefined, labels: labelsIn(second, whole), isByName: true };
  }
  if (!KNOWN_METRICS.includes(metric) && !takesLabels(metric)) throw unknownMetric(metric);
  if (second !== undefined) throw badRule(whole, `${metric} takes one [...]`);
  if (takesLabels(metric)) {
    return { metric: canonicalMetric(metric), selector: undefined, labels: labelsIn(first, whole) };
  }
  if (first !== undefined && !takesSelector(metric)) throw badRule(whole, `${metric} takes no [...]`);
  return { metric, selector: takesSelector(metric) ? unquoted(first ?? '*') : undefined };
}

/** `batch=4,model=Qwen*` */
function labelsIn(selector: string | undefined, whole: string): Labels | undefined {
  if (selector === undefined || selector === '*' || selector === '') return undefined;
  const pairs = unquoted(selector)
    .split(',')
    .map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw badRule(whole, `"${pair.trim()}" is no label: expected name=value`);
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
    });
  return Object.fromEntries(pairs);
}

function nextCondition(text: string, whole: string): { condition: Condition; after: string } {
  const found = CONDITION.exec(text);
  if (found === null) throw badRule(whole, `"${text.trim()}" is no condition`);
  const [all, direction, digits, unit] = found;
  const meaning = Object.entries(UNITS).find(([name]) => name === unit)?.[1];
  if (meaning === undefined) {
    throw badRule(whole, `unknown unit "${unit}"; known are ${Object.keys(UNITS).filter(Boolean).join(' ')}`);
  }
  const [of, exponent] = meaning;
  const limit = Number(`${digits}e${exponent}`);
  return { condition: { direction: direction === '<' ? '<' : '>', of, limit }, after: text.slice(all.length) };
}

function unitsOf(quantity: Condition['of']): string {
  const names = Object.entries(UNITS).flatMap(([name, [of]]) => (of === quantity && name !== '' ? [name] : []));
  return names.join(', ');
}

/** Spaces do not tell rules apart, but for those in quotes. */
function compact(expr: string): string {
  return expr.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, quoted: string | undefined) => quoted ?? '');
}

function unquoted(selector: string): string {
  return selector.startsWith('"') ? selector.slice(1, -1).replace(/\\(.)/g, '$1') : selector === '' ? '*' : selector;
}

function badRule(text: string, why: string): UsageError {
  return new UsageError(
    'bad_rule',
    `rule ${text}: ${why}`,
    'write it like decode.p50>3%&>20us, op.total[MatMulV2]>10%&>50us; docs/ci.md has the grammar',
  );
}

function unknownMetric(metric: string): UsageError {
  const nearest = byNearness(metric, [...KNOWN_METRICS, ...MEASURED_METRICS]).slice(0, 3);
  return new UsageError(
    'unknown_metric',
    `there is no metric ${metric}`,
    `did you mean ${nearest.map(({ name }) => name).join(', ')}? docs/ci.md lists them all; metric["${metric}"] is one that a file calls so`,
  );
}
