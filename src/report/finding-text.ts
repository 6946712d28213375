import type { EvidenceOf, RuleName } from '../analysis/findings/index.ts';
import { FINDING_TEXTS, type Figures, type FindingWords } from '../locale/findings.ts';
import type { Language, Localised } from '../locale/index.ts';
import type { ReportFinding } from './document/report-document.ts';
import { shortened } from './text/width.ts';
import { formatBytes, formatCount, formatShare, formatShortDuration } from './format.ts';

/** A finding of an analysis or of a document, which says null where nothing is known. */
interface SaidFinding {
  readonly rule: string;
  readonly evidence: Readonly<Record<string, Figure>>;
}

type Figure = ReportFinding['evidence'][string] | undefined;

/** Title and explanation hold names from the trace. */
export interface FindingText {
  readonly title: string;
  readonly explanation: string;
  readonly confirm: string | undefined;
  readonly advice: string | undefined;
}

/** A rule without words in every language, or words that name a figure that its rule does not give, do not compile. */
const TEXTS: Localised<{ readonly [Rule in RuleName]: FindingWords<keyof EvidenceOf<Rule> & string> }> = FINDING_TEXTS;

/** What people read of a finding; of one by a rule that is not known here, as in documents of later versions, its figures. */
export function findingText({ rule, evidence }: SaidFinding, language: Language): FindingText {
  const figures: Figures<string> = Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => [name, figureText(name, value, language)]),
  );
  const words: Readonly<Partial<Record<string, FindingWords<string>>>> = TEXTS[language];
  const said = words[rule];
  if (said === undefined) {
    const told = Object.entries(figures).filter(([, text]) => text !== '');
    const listed = told.map(([name, text]) => `${name} ${text}`);
    return { title: rule, explanation: listed.join(', '), confirm: undefined, advice: undefined };
  }
  const { title, explanation, confirm, advice } = said;
  return { title: title(figures), explanation: explanation(figures), confirm, advice };
}

/** Names of kernels can be longer than all else that is said. */
const NAME_CELLS = 60;

/** The end of a figure's name is its unit. */
function figureText(name: string, value: Figure, language: Language): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') {
    return value.map((name) => shortened(name, NAME_CELLS)).join(language === 'zh' ? '、' : ', ');
  }
  if (name.endsWith('Ns')) return formatShortDuration(value);
  if (name.endsWith('Share')) return formatShare(value);
  if (name.endsWith('Bytes')) return formatBytes(value);
  return name.endsWith('Ratio') ? value.toFixed(1) : formatCount(Number(value.toFixed(1)));
}
