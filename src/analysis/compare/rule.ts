/**
 * The language of `--fail-on`: rules between commas, each a metric and what its change must not exceed.
 *
 *   rules     = rule *( "," rule )
 *   rule      = metric condition *( "&" condition )         all conditions have to hold for the rule to be broken
 *   metric    = word [ "[" selector "]" ]                   op.total[MatMulV2], op.total["a, b"], op.total[*]
 *   condition = ( ">" | "<" ) number [ unit ]               unit: % or what the metric is in; none is a count
 *
 * A condition is about the change, head minus base: `>3%` up by more than 3 % of the base, `>20us` up by more than 20 µs,
 * `<-3%` down by more than 3 %.
 */
import { byNearness, UsageError } from '../../base/index.ts';
import { KNOWN_METRICS, quantityOf, takesSelector } from './metrics.ts';

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

const METRIC = /^\s*([\w.-]+?)\s*(?:\[\s*("(?:[^"\\]|\\.)*"|[^\]"]*?)\s*\])?\s*(?=[<>])/;
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
  const [start, metric, selector] = head;
  if (!KNOWN_METRICS.includes(metric)) throw unknownMetric(metric);
  if (selector !== undefined && !takesSelector(metric)) throw badRule(whole, `${metric} takes no [...]`);
  const conditions: Condition[] = [];
  let rest = from.slice(start.length);
  for (let more = true; more;) {
    const { condition, after } = nextCondition(rest, whole);
    const wanted = quantityOf(metric);
    if (condition.of !== 'ratio' && condition.of !== wanted) {
      throw badRule(whole, `limits of ${metric} are in ${unitsOf(wanted)} or %`);
    }
    conditions.push(condition);
    more = after.startsWith('&');
    rest = more ? after.slice(1) : after;
  }
  const expr = from.slice(0, from.length - rest.length).trim();
  if (rest !== '' && !rest.startsWith(',')) throw badRule(whole, `"${rest}" after ${expr}: expected & or a comma`);
  const chosen = takesSelector(metric) ? unquoted(selector ?? '*') : undefined;
  return { rule: { expr: compact(expr), metric, selector: chosen, conditions }, after: rest.slice(1) };
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
export function compact(expr: string): string {
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
  const nearest = byNearness(metric, KNOWN_METRICS).slice(0, 3);
  return new UsageError(
    'unknown_metric',
    `there is no metric ${metric}`,
    `did you mean ${nearest.map(({ name }) => name).join(', ')}? docs/ci.md lists them all`,
  );
}
