import type { Language } from '../locale/index.ts';
import { reportColumns } from '../locale/report-columns.ts';
import { reportSentences } from '../locale/report-sentences.ts';
import { reportWords } from '../locale/report-words.ts';
import type { ReportDocument } from './document/report-document.ts';

/** All that reports say, in one language. */
export interface ReportTexts {
  readonly words: (typeof reportWords)['en'];
  readonly columns: (typeof reportColumns)['en'];
  readonly sentences: (typeof reportSentences)['en'];
  readonly language: Language;
}

/** A device is called what its makers call it where that is known. */
export function textsFor({ environment }: Pick<ReportDocument, 'environment'>, language: Language): ReportTexts {
  const sentences = reportSentences[language];
  const device = environment.device === 'Ascend NPU' ? sentences.device : sentences.otherDevice;
  return {
    words: reportWords[language],
    columns: reportColumns[language],
    sentences: { ...sentences, device },
    language,
  };
}
