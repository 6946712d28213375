import { DIAGNOSTIC_KINDS, type DiagnosticKind } from '../base/index.ts';
import { diagnosticsInChinese } from '../locale/diagnostics-zh.ts';
import type { Language } from '../locale/index.ts';
import { reportColumns } from '../locale/report-columns.ts';
import { reportSentences } from '../locale/report-sentences.ts';
import { reportMetrics, type ReportMetricWords } from '../locale/report-metrics.ts';
import { reportWords } from '../locale/report-words.ts';
import type { ReportDocument } from './document/report-document.ts';

const diagnosticsInEnglish = Object.fromEntries(
  Object.entries(DIAGNOSTIC_KINDS).map(([kind, [, message]]) => [kind, message]),
) as Readonly<Record<DiagnosticKind, string>>;

/** All that reports say, in one language. */
export interface ReportTexts {
  readonly words: (typeof reportWords)['en'];
  readonly columns: (typeof reportColumns)['en'];
  readonly sentences: (typeof reportSentences)['en'];
  readonly metrics: ReportMetricWords;
  /** What each kind of diagnostic is. */
  readonly diagnostics: Readonly<Record<DiagnosticKind, string>>;
  readonly language: Language;
}

/** A device is called what its makers call it, where the document knows. */
export function textsFor({ environment }: Pick<ReportDocument, 'environment'>, language: Language): ReportTexts {
  const sentences = reportSentences[language];
  const word = environment.device?.split(' ').at(-1);
  return {
    words: reportWords[language],
    metrics: reportMetrics[language],
    columns: reportColumns[language],
    sentences: { ...sentences, device: (number) => sentences.device(number, word) },
    diagnostics: language === 'zh' ? diagnosticsInChinese : diagnosticsInEnglish,
    language,
  };
}
