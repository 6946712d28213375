import type { CheckFact, CheckFacts, Comparability } from '../../analysis/compare/index.ts';
import { formatCount } from '../format.ts';
import { COMPARE_TEXTS, type CompareTexts } from '../../locale/compare.ts';

/** What a side says of a check; `-` where nothing is known. */
export function sideFacts(facts: CheckFacts, texts: CompareTexts): string {
  return facts.length === 0 ? '-' : facts.map((fact) => factText(fact, texts)).join(texts.comma);
}

/** As documents have them, for programs. */
export function checkDocuments(
  checks: readonly Comparability[],
): { check: string; base: string | null; head: string | null; severity: string }[] {
  const text = (facts: CheckFacts): string | null =>
    facts.length === 0 ? null : facts.map((fact) => factText(fact, COMPARE_TEXTS.en)).join(', ');
  return checks.map(({ check, base, head, severity }) => ({ check, base: text(base), head: text(head), severity }));
}

function factText(fact: CheckFact, { checks, phases }: CompareTexts): string {
  switch (fact.is) {
    case 'text':
      return fact.text;
    case 'none':
    case 'trace':
    case 'no-trace':
      return checks[fact.is];
    case 'step-source':
      return checks.stepSource(fact.source);
    case 'phase':
      return fact.amount === '' ? phases[fact.phase] : `${phases[fact.phase]} ${fact.amount}`;
    case 'data-loss':
      return checks.lost(fact.kind, fact.count);
    case 'failed-requests':
      return checks.failed(formatCount(fact.failed), formatCount(fact.all));
    case 'unit':
      return checks.unit(fact.metric, fact.unit);
    case 'common-groups':
      return checks.common(fact.count);
    case 'only-here':
      return checks.onlyHere(
        fact.names.map((name) => name || checks.noLabels),
        fact.more,
      );
    case 'measures':
      return checks.measures(fact.names, fact.more);
    case 'unlike':
      return checks.unlike(fact.names, fact.more);
  }
}
