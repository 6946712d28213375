import { formatBytes, formatCount, formatShare, formatShortDuration } from '../format.ts';
import type { ReportFinding } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';

export interface SaidOfFinding {
  /** Title and explanation hold names from the trace. */
  readonly title: string;
  readonly explanation: string;
  readonly confirm: string | undefined;
  readonly advice: string | undefined;
}

/** The words of its rule with its figures; for a rule without words its name and a list of them. */
export function findingWords({ rule, evidence }: ReportFinding, { findings }: ReportTexts): SaidOfFinding {
  const figures = Object.fromEntries(Object.entries(evidence).map(([name, value]) => [name, figureText(name, value)]));
  const words = findings[rule];
  if (words === undefined) {
    const listed = Object.entries(figures).map(
      ([name, text]) => `${name.replace(/(Ns|Share|Count|Bytes)$/, '')} ${text}`,
    );
    return { title: rule, explanation: listed.join(', '), confirm: undefined, advice: undefined };
  }
  return {
    title: words.title(figures),
    explanation: words.explanation(figures),
    confirm: words.confirm,
    advice: words.advice,
  };
}

/** Figures have their unit in their name. */
function figureText(name: string, value: ReportFinding['evidence'][string]): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return value.join(', ');
  if (name.endsWith('Ns')) return formatShortDuration(value);
  if (name.endsWith('Share')) return formatShare(value);
  if (name.endsWith('Bytes')) return formatBytes(value);
  return Number.isInteger(value) ? formatCount(value) : value.toFixed(2);
}
