/** A report for a terminal: aligned, with bars, in as many cells as there are. Styles are in it. */
import type { Language } from '../../locale/index.ts';
import { LIMIT } from '../document/build-report.ts';
import type { ReportDocument } from '../document/report-document.ts';
import { formatCount } from '../format.ts';
import { header } from '../parts/header.ts';
import { type Block, type Part, type Sentence, type Table, textOfPiece } from '../parts/part.ts';
import { reportParts } from '../parts/report-parts.ts';
import { type ReportTexts, textsIn } from '../texts.ts';
import { STACK } from './bars.ts';
import { styled, visible } from './style.ts';
import { tableLines } from './table-lines.ts';
import { wrapped } from './wrap.ts';

export interface TextOptions {
  readonly language: Language;
  readonly limit?: number;
  /** In cells of the terminal. */
  readonly width?: number;
}

const WIDTH = 100;
const INDENT = '  ';

export function renderText(document: ReportDocument, { language, limit = LIMIT, width = WIDTH }: TextOptions): string {
  const texts = textsIn(language);
  const head = header(document, texts).flatMap((sentence, index) =>
    wrapped(textOf(sentence), width).map((line) => (index === 0 ? styled(line, 'bold') : styled(line, 'dim'))),
  );
  const parts = reportParts(document, texts, { limit });
  const legendAt = parts.findIndex(hasStack);
  const body = parts.flatMap((part, index) => partLines(part, texts, width, index === legendAt));
  return [...head, ...body].map((line) => `${line}\n`).join('');
}

function partLines({ title, blocks }: Part, texts: ReportTexts, width: number, withLegend: boolean): string[] {
  const lines = blocks.flatMap((block, index): string[] => {
    const own = blockLines(block, texts, width - INDENT.length);
    const isApart = index > 0 && ('table' in block || 'table' in blocks[index - 1]);
    return isApart ? ['', ...own] : own;
  });
  const legend = withLegend ? [legendOf(texts)] : [];
  return ['', styled(title, 'bold'), ...[...legend, ...lines].map((line) => (line === '' ? '' : `${INDENT}${line}`))];
}

function blockLines(block: Block, texts: ReportTexts, width: number): string[] {
  if ('sentence' in block) {
    const lines = wrapped(textOf(block.sentence), width);
    return block.isQuiet === true ? lines.map((line) => styled(line, 'dim')) : lines;
  }
  const { table } = block;
  const rest = table.rows.length - Math.min(table.shown, table.rows.length);
  const more = rest > 0 ? [styled(texts.sentences.more(formatCount(rest)), 'dim')] : [];
  return [...tableLines(table, texts.columns, width), ...more];
}

function textOf(sentence: Sentence): string {
  return visible(sentence.map(textOfPiece).join(''));
}

function hasStack({ blocks }: Part): boolean {
  const drawn = (table: Table): boolean => table.rows.length > 0 && table.columns.some(({ kind }) => kind === 'stack');
  return blocks.some((block) => 'table' in block && drawn(block.table));
}

function legendOf({ sentences }: ReportTexts): string {
  const [compute, exposed, idle] = STACK.map(([sign, style]) => styled(sign, style));
  return sentences.legend(compute, exposed, idle);
}
