import { formatCount } from '../format.ts';
import type { ReportDocument, ReportVendorFigure } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceValue } from './device-label.ts';
import type { Block, Column, Part, PartOptions, Table, Term } from './part.ts';

const COLUMNS: readonly Column[] = [
  { id: 'device', kind: 'name' },
  { id: 'step', kind: 'name' },
  { id: 'figure', kind: 'text' },
  { id: 'vendor', kind: 'micros' },
  { id: 'ours', kind: 'micros' },
  { id: 'difference', kind: 'duration' },
  { id: 'window', kind: 'text', drop: 2 },
  { id: 'source', kind: 'name', drop: 1 },
];

/** The figures of the profiler's own tools beside ours: people see those that differ. */
export function vendorPart({ vendor }: ReportDocument, texts: ReportTexts, { fewer }: PartOptions): Part {
  const { words, sentences } = texts;
  const compared = vendor.filter(({ differenceNs }) => differenceNs !== null);
  const different = compared.filter(({ differenceNs, roundingNs }) => Math.abs(differenceNs ?? 0) > roundingNs);
  const agreeing = sentences.vendorAgrees(
    formatCount(compared.length - different.length),
    formatCount(compared.length),
  );
  const blocks: Block[] = compared.length === 0 ? [] : [{ sentence: [agreeing] }];
  if (different.length > 0) blocks.push({ table: tableOf(different, texts, fewer) });
  return { section: 'vendor', title: words.sections.vendor, blocks, main: tableOf(vendor, texts, fewer) };
}

function tableOf(vendor: readonly ReportVendorFigure[], texts: ReportTexts, limit: number): Table {
  return {
    columns: COLUMNS,
    rows: vendor.map((each) => [
      ...[deviceValue(each, texts), each.step, figureOf(each, texts), each.vendorNs, each.oursNs, each.differenceNs],
      ...[each.window, each.source],
    ]),
    shown: limit,
  };
}

function figureOf({ figure }: ReportVendorFigure, { words }: ReportTexts): Term {
  return { id: figure, word: words.figures[figure] };
}
