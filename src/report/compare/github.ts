import type { Comparison } from '../../analysis/compare/index.ts';
import type { CompareTexts } from '../../locale/compare.ts';
import { workflowProperty, workflowText } from './escape.ts';
import { sideFacts } from './check-text.ts';
import { finding } from './sentences.ts';

/** Workflow commands of GitHub Actions, which show as annotations of the run. What passes is not annotated. */
export function renderGithub({ comparability, rules }: Comparison, texts: CompareTexts): string[] {
  return [
    ...comparability.flatMap(({ check, severity, base, head }) => {
      if (severity === 'same' || severity === 'unknown') return [];
      const level = severity === 'not-comparable' ? 'error' : 'warning';
      const title = texts.titled(texts.severities[severity], texts.checks.name(check));
      return [annotation(level, title, `${sideFacts(base, texts)} -> ${sideFacts(head, texts)}`)];
    }),
    ...rules.flatMap((rule) => {
      if (rule.outcome === 'pass' || rule.outcome === 'not-applied') return [];
      const level = rule.outcome === 'fail' || rule.outcome === 'absent' ? 'error' : 'warning';
      return [annotation(level, texts.titled(texts.outcomes[rule.outcome], rule.expr), finding(rule, texts))];
    }),
  ];
}

function annotation(level: 'error' | 'warning', title: string, message: string): string {
  return `::${level} title=${workflowProperty(title)}::${workflowText(message)}`;
}
