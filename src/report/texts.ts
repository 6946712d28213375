import type { Language } from '../locale/index.ts';
import { reportColumns } from '../locale/report-columns.ts';
import { reportFindings } from '../locale/report-findings.ts';
import { reportSentences } from '../locale/report-sentences.ts';
import { reportWords } from '../locale/report-words.ts';

/** All that reports say, in one language. */
export interface ReportTexts {
  readonly words: (typeof reportWords)['en'];
  readonly columns: (typeof reportColumns)['en'];
  readonly sentences: (typeof reportSentences)['en'];
  readonly findings: (typeof reportFindings)['en'];
}

export function textsIn(language: Language): ReportTexts {
  return {
    words: reportWords[language],
    columns: reportColumns[language],
    sentences: reportSentences[language],
    findings: reportFindings[language],
  };
}
