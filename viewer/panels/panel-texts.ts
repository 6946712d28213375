/** What panels say. */
import { reportColumns } from '../../src/locale/report-columns.ts';
import { reportSentences } from '../../src/locale/report-sentences.ts';
import { reportWords, type ReportWords } from '../../src/locale/report-words.ts';
import { type PanelWords, viewerPanels } from '../../src/locale/viewer-panels.ts';
import type { Language } from '../../src/locale/index.ts';
import type { ReportDocument, Section } from '../../src/report/index.ts';
import type { Block, ColumnKind, Part, Sentence, Table } from '../../src/report/parts/part.ts';
import { element } from '../widgets/element.ts';
import type { TableColumn } from '../widgets/table-rows.ts';

type ReportColumnId = keyof (typeof reportColumns)['en'];

export interface PanelTexts {
  readonly words: PanelWords;
  readonly report: ReportWords;
  readonly columns: Readonly<Record<ReportColumnId, string>>;
  readonly sentences: (typeof reportSentences)['en'];
}

export function textsIn(language: Language): PanelTexts {
  return {
    words: viewerPanels[language],
    report: reportWords[language],
    columns: reportColumns[language],
    sentences: reportSentences[language],
  };
}

/** Columns under the titles that reports give them. */
export function columnsOf(
  columns: readonly (readonly [id: ReportColumnId, kind: ColumnKind])[],
  texts: PanelTexts,
): TableColumn[] {
  return columns.map(([id, kind]) => ({ id, kind, title: texts.columns[id] }));
}

export function titled(table: Table, texts: PanelTexts): TableColumn[] {
  return columnsOf(
    table.columns.map(({ id, kind }) => [id, kind]),
    texts,
  );
}

/** Why a section says nothing; undefined where it says something. */
export function absence({ absent }: ReportDocument, section: Section, { report }: PanelTexts): string | undefined {
  const reason = absent.find((each) => each.section === section)?.reason;
  return reason === undefined ? undefined : report.absent[reason];
}

/** What a part says in its own words, without its tables. */
export function sentencesOf(parts: readonly Part[], section: Section): HTMLElement[] {
  const part = parts.find((each) => each.section === section);
  return (part?.blocks ?? []).flatMap((block) =>
    'sentence' in block ? [sentence(block.sentence, block.isQuiet === true)] : [],
  );
}

/** What is no table. */
export function blockText(block: Exclude<Block, { readonly table: unknown }>): HTMLElement {
  return 'sentence' in block
    ? sentence(block.sentence, block.isQuiet === true)
    : element('p', '', block.finding.title.prose);
}

function sentence(pieces: Sentence, isQuiet: boolean): HTMLElement {
  const drawn = element('p', isQuiet ? 'quiet' : '');
  for (const piece of pieces) {
    if (typeof piece === 'string') drawn.append(piece);
    else if ('name' in piece) drawn.append(element('bdi', '', piece.name));
    else drawn.append(piece.prose);
  }
  return drawn;
}
