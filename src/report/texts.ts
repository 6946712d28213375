import type { Language } from '../locale/index.ts';
import { reportColumns } from '../locale/report-columns.ts';
import { reportSentences } from '../locale/report-sentences.ts';
import { reportWords } from '../locale/report-words.ts';

/** All that reports say, in one language. */
export interface ReportTexts {
  readonly words: (typeof reportWords)['en'];
  readonly columns: (typeof reportColumns)['en'];
  readonly sentences: (typeof reportSentences)['en'];
  readonly language: Language;
}

export function textsIn(language: Language): ReportTexts {
  return {
    words: reportWords[language],
    columns: reportColumns[language],
    sentences: reportSentences[language],
    language,
  };
}
