import type { Comparability, Comparison, RuleResult } from '../../analysis/compare/index.ts';
import type { CompareTexts } from '../../locale/compare.ts';
import { xmlText } from './escape.ts';
import { finding, remarks } from './sentences.ts';

/** One test per rule, and one for what makes runs comparable. Accepted rules are skipped tests, with their reasons. */
export function renderJunit(comparison: Comparison, texts: CompareTexts): string {
  const { comparability, rules } = comparison;
  const differing = comparability.filter(({ severity }) => severity === 'not-comparable');
  const cases = [comparabilityCase(differing, texts), ...rules.map((rule) => ruleCase(rule, texts))];
  const count = (element: string): number => cases.filter((each) => each.includes(`<${element} `)).length;
  const totals = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="traceconv compare" ${totals}>`,
    `<testsuite name="traceconv compare" ${totals}>`,
    ...cases,
    `<system-out>${remarks(comparison, texts).map(xmlText).join('\n')}</system-out>`,
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function comparabilityCase(differing: readonly Comparability[], texts: CompareTexts): string {
  const why = differing.map(({ check, base, head }) => `${check}: ${base ?? '-'} -> ${head ?? '-'}`).join('\n');
  return testCase('comparability', why === '' ? '' : element('error', texts.verdict['not-comparable'], why));
}

function ruleCase(rule: RuleResult, texts: CompareTexts): string {
  const text = finding(rule, texts);
  switch (rule.outcome) {
    case 'fail':
      return testCase(rule.expr, element('failure', text, [text, ...rule.failing].join('\n')));
    case 'absent':
      return testCase(rule.expr, element('failure', text, text));
    case 'accepted':
      return testCase(rule.expr, element('skipped', texts.acceptedWhy(rule.reason ?? ''), text));
    case 'noise':
    case 'pass':
      return testCase(rule.expr, `<system-out>${xmlText(text)}</system-out>`);
  }
}

function testCase(name: string, content: string): string {
  return `<testcase classname="traceconv.compare" name="${xmlText(name)}">${content}</testcase>`;
}

function element(name: 'error' | 'failure' | 'skipped', message: string, text: string): string {
  return `<${name} message="${xmlText(message)}">${text.split('\n').map(xmlText).join('\n')}</${name}>`;
}
