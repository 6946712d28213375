import type { Comparability, Comparison, RuleResult } from '../../analysis/compare/index.ts';
import type { CompareTexts } from '../../locale/compare.ts';
import { xmlText } from './escape.ts';
import { sideFacts } from './check-text.ts';
import { finding, remarks } from './sentences.ts';

/** One test per rule, and one for what makes runs comparable. Accepted rules are skipped tests, with their reasons. */
export function renderJunit(comparison: Comparison, texts: CompareTexts): string {
  const { comparability, rules } = comparison;
  const cases = [comparabilityCase(comparability, texts), ...rules.map((rule) => ruleCase(rule, texts))];
  const count = (element: string): number => cases.filter((each) => each.includes(`<${element} `)).length;
  const totals = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="traceconv compare" ${totals}>`,
    `<testsuite name="traceconv compare" ${totals}>`,
    ...cases,
    output(remarks(comparison, texts)),
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** An error where runs are not comparable; what only warns stands in the output of the test. */
function comparabilityCase(checks: readonly Comparability[], texts: CompareTexts): string {
  const lines = (wanted: Comparability['severity']): string[] =>
    checks
      .filter(({ severity }) => severity === wanted)
      .map(({ check, base, head }) =>
        texts.titled(texts.checks.name(check), `${sideFacts(base, texts)} -> ${sideFacts(head, texts)}`),
      );
  const [differing, warnings] = [lines('not-comparable'), lines('warning')];
  const error = differing.length === 0 ? '' : element('error', texts.verdict['not-comparable'], differing);
  const warning = warnings.length === 0 ? '' : output([texts.severities.warning, ...warnings]);
  return testCase('comparability', `${error}${warning}`);
}

function ruleCase(rule: RuleResult, texts: CompareTexts): string {
  const text = finding(rule, texts);
  switch (rule.outcome) {
    case 'fail':
      return testCase(rule.expr, element('failure', text, [text, ...rule.failing]));
    case 'absent':
      return testCase(rule.expr, element('failure', text, [text]));
    case 'accepted':
      return testCase(rule.expr, element('skipped', texts.acceptedWhy(rule.reason ?? ''), [text]));
    case 'not-applied':
      return testCase(rule.expr, element('skipped', texts.notAppliedWhy, [text]));
    case 'noise':
    case 'pass':
      return testCase(rule.expr, output([text]));
  }
}

function testCase(name: string, content: string): string {
  return `<testcase classname="traceconv.compare" name="${xmlText(name)}">${content}</testcase>`;
}

function element(name: 'error' | 'failure' | 'skipped', message: string, lines: readonly string[]): string {
  return `<${name} message="${xmlText(message)}">${lines.map(xmlText).join('\n')}</${name}>`;
}

function output(lines: readonly string[]): string {
  return `<system-out>${lines.map(xmlText).join('\n')}</system-out>`;
}
