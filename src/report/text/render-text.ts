/** A report for a terminal: aligned, with bars, in as many cells as there are. Styles are in it. */
import type { Language } from '../../locale/index.ts';
import type { ReportDocument } from '../document/report-document.ts';
import { formatCount } from '../format.ts';
import { header } from '../parts/header.ts';
import { type Block, type FindingBlock, type Part, type Sentence, type Table, textOfPiece } from '../parts/part.ts';
import { rowsFor } from '../parts/rows-for.ts';
import { reportParts } from '../parts/report-parts.ts';
import { type ReportTexts, textsFor } from '../texts.ts';
import { STACK } from './bars.ts';
import { styled, visible } from './style.ts';
import { tableLines } from './table-lines.ts';
import { wrapped } from './wrap.ts';

export interface TextOptions {
  readonly language: Language;
  /** How many rows of each table; a few where nothing is said. */
  readonly top?: number | undefined;
  /** With all that is known of findings. */
  readonly isVerbose?: boolean;
  /** In cells of the terminal. */
  readonly width?: number | undefined;
}

const WIDTH = 100;
const INDENT = '  ';

export function renderText(document: ReportDocument, options: TextOptions): string {
  const { language, top, width = WIDTH } = options;
  const texts = textsFor(document, language);
  const head = header(document, texts).flatMap((sentence, index) =>
    wrapped(textOf(sentence), width).map((line) => (index === 0 ? styled(line, 'bold') : styled(line, 'dim'))),
  );
  const parts = reportParts(document, texts, rowsFor('terminal', top));
  const legendAt = parts.findIndex(hasStack);
  const body = parts.flatMap((part, index) => partLines(part, texts, { ...options, width }, index === legendAt));
  return [...head, ...body].map((line) => `${line}\n`).join('');
}

function partLines(
  part: Part,
  texts: ReportTexts,
  { width, isVerbose = false }: TextOptions & { readonly width: number },
  withLegend: boolean,
): string[] {
  const { title, blocks } = part;
  const lines = blocks.flatMap((block, index): string[] => {
    const own = blockLines(block, texts, width - INDENT.length, isVerbose);
    const isApart = index > 0 && ('table' in block || 'table' in blocks[index - 1]);
    return isApart ? ['', ...own] : own;
  });
  const isCut = !isVerbose && blocks.some((block) => 'finding' in block && block.finding.notes.length > 0);
  if (isCut) lines.push(...wrapped(texts.sentences.moreOnFindings, width - INDENT.length).map(dim));
  const legend = withLegend ? [legendOf(texts, hasUnseenGraphs(part))] : [];
  return ['', styled(title, 'bold'), ...[...legend, ...lines].map((line) => (line === '' ? '' : `${INDENT}${line}`))];
}

function blockLines(block: Block, texts: ReportTexts, width: number, isVerbose: boolean): string[] {
  if ('finding' in block) return findingLines(block.finding, texts, width, isVerbose);
  if ('sentence' in block) {
    const lines = wrapped(textOf(block.sentence), width);
    return block.isQuiet === true ? lines.map(dim) : lines;
  }
  const { table } = block;
  const rest = table.rows.length - Math.min(table.shown, table.rows.length);
  const more = rest > 0 ? [dim(texts.sentences.more(formatCount(rest)))] : [];
  return [...tableLines(table, texts.columns, width), ...more];
}

function findingLines(finding: FindingBlock, texts: ReportTexts, width: number, isVerbose: boolean): string[] {
  const { number, title, stake, explanation, notes, place } = finding;
  const { labelled } = texts.sentences;
  const indent = ' '.repeat(`${number}. `.length);
  const where = place === undefined ? '' : ` · ${labelled(place.label, place.option)}`;
  const [first, ...others] = wrapped(visible(`${indent}${title.prose}`), width);
  const said = [first.replace(indent, `${number}. `), ...others].map((line) => styled(line, 'bold'));
  const more = isVerbose ? notes.map(({ label, note }) => labelled(label, note)) : [];
  return [
    ...said,
    ...wrapped(`${indent}${stake}${where}`, width),
    ...wrapped(visible(`${indent}${explanation.prose}`), width),
    ...more.flatMap((line) => wrapped(`${indent}${line}`, width)).map(dim),
  ];
}

function dim(line: string): string {
  return styled(line, 'dim');
}

function textOf(sentence: Sentence): string {
  return visible(sentence.map(textOfPiece).join(''));
}

function hasStack({ blocks }: Part): boolean {
  const drawn = (table: Table): boolean => table.rows.length > 0 && table.columns.some(({ kind }) => kind === 'stack');
  return blocks.some((block) => 'table' in block && drawn(block.table));
}

function hasUnseenGraphs({ main }: Part): boolean {
  return main?.columns.some(({ id }) => id === 'unseenGraph') === true;
}

function legendOf({ sentences }: ReportTexts, withUnseenGraphs: boolean): string {
  const [compute, exposed, idle, unseenGraph] = STACK.map(([sign, style]) => styled(sign, style));
  return sentences.legend(compute, exposed, idle, withUnseenGraphs ? unseenGraph : undefined);
}
