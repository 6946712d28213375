/** A report for issues, wikis and pull requests. */
import type { Language } from '../../locale/index.ts';
import type { ReportDocument } from '../document/report-document.ts';
import { formatCount } from '../format.ts';
import { header } from '../parts/header.ts';
import type { Block, Column, FindingBlock, Part, Sentence, Table, Value } from '../parts/part.ts';
import { rowsFor } from '../parts/rows-for.ts';
import { reportParts } from '../parts/report-parts.ts';
import { cellText, columnsWithValues, isDrawn, isFigure } from '../text/cell-text.ts';
import { type ReportTexts, textsFor } from '../texts.ts';
import { codeOf, escaped, inCell } from './markdown-text.ts';

export interface MarkdownOptions {
  readonly language: Language;
  /** How many rows of each table. */
  readonly top?: number | undefined;
}

export function renderMarkdown(document: ReportDocument, { language, top }: MarkdownOptions): string {
  const texts = textsFor(document, language);
  const head = header(document, texts).map((sentence) => `${textOf(sentence)}  `);
  const parts = reportParts(document, texts, rowsFor('document', top));
  const lines = [`# ${texts.words.report}`, '', ...head, ...parts.flatMap((part) => partLines(part, texts))];
  return lines.map((line) => `${line}\n`).join('');
}

function partLines({ title, blocks }: Part, texts: ReportTexts): string[] {
  return ['', `## ${title}`, ...blocks.flatMap((block) => ['', ...blockLines(block, texts)])];
}

function blockLines(block: Block, texts: ReportTexts): string[] {
  if ('sentence' in block) return [textOf(block.sentence).trimEnd()];
  if ('finding' in block) return findingLines(block.finding, texts);
  return tableLines(block.table, texts);
}

function findingLines({ number, title, stake, explanation, notes, place }: FindingBlock, texts: ReportTexts): string[] {
  const { labelled } = texts.sentences;
  const where = place === undefined ? '' : ` · ${labelled(place.label, codeOf(place.option))}`;
  return [
    ...[`### ${number}. ${escaped(title.prose)}`, '', `${stake}${where}`, '', escaped(explanation.prose), ''],
    ...notes.map(({ label, note }) => `- ${labelled(label, escaped(note))}`),
  ];
}

function tableLines({ columns, rows, shown }: Table, { columns: titles, sentences }: ReportTexts): string[] {
  const some = rows.slice(0, shown);
  const positions = columnsWithValues(columns, some).filter((position) => !isDrawn(columns[position]));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rest = rows.length - some.length;
  return [
    line(positions.map((position) => titles[columns[position].id])),
    line(positions.map((position) => (isFigure(columns[position]) ? '--:' : '---'))),
    ...some.map((row) => line(positions.map((position) => cell(columns[position], row[position])))),
    ...(rest > 0 ? ['', sentences.more(formatCount(rest))] : []),
  ];
}

function cell(column: Column, value: Value): string {
  const text = cellText(column, value);
  const isName = typeof value === 'string' && (column.kind === 'name' || column.kind === 'names');
  return inCell(isName ? codeOf(text) : text);
}

function textOf(sentence: Sentence): string {
  return sentence.map(pieceText).join('');
}

function pieceText(piece: Sentence[number]): string {
  if (typeof piece === 'string') return piece;
  return 'name' in piece ? codeOf(piece.name) : escaped(piece.prose);
}
