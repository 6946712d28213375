import type { EvidenceOf, RuleName, RunFinding } from '../analysis/findings/index.ts';
import { FINDING_TEXTS, type Figures, type FindingWords } from '../locale/findings.ts';
import type { Language, Localised } from '../locale/index.ts';

export interface FindingText {
  readonly title: string;
  readonly explanation: string;
  readonly confirm: string;
  readonly advice: string;
}

/** A rule without words in every language, or words that name a figure that its rule does not give, do not compile. */
const TEXTS: Localised<{ readonly [Rule in RuleName]: FindingWords<keyof EvidenceOf<Rule> & string> }> = FINDING_TEXTS;

/** What people read of a finding. */
export function findingText({ rule, evidence }: RunFinding, language: Language): FindingText {
  // Rule and evidence of a finding belong together, and TEXTS has its words for just that evidence.
  const words = TEXTS[language][rule] as FindingWords<string>;
  const figures: Figures<string> = Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => [name, figureText(name, value, language)]),
  );
  return {
    title: words.title(figures),
    explanation: words.explanation(figures),
    confirm: words.confirm,
    advice: words.advice,
  };
}

/** The end of a figure's name is its unit. */
function figureText(name: string, value: number | string | readonly string[] | undefined, language: Language): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return value.join(language === 'zh' ? '、' : ', ');
  if (name.endsWith('Ns')) return duration(value);
  if (name.endsWith('Share')) return `${(100 * value).toFixed(1)} %`;
  if (name.endsWith('Ratio')) return value.toFixed(1);
  if (name.endsWith('Bytes')) return `${(value / 1e6).toFixed(3)} MB`;
  return Number(value.toFixed(1)).toLocaleString('en-US');
}

function duration(ns: number): string {
  if (ns >= 1e9) return `${(ns / 1e9).toFixed(3)} s`;
  return ns >= 1e6 ? `${(ns / 1e6).toFixed(3)} ms` : `${(ns / 1e3).toFixed(3)} µs`;
}
