import { formatCount } from '../format.ts';
import type { DeviceTotals, ReportCombination, ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceLabel, deviceValue } from './device-label.ts';
import type { Block, Column, Part, PartOptions, Table, Value } from './part.ts';

const COLUMNS: readonly Column[] = [
  { id: 'device', kind: 'name' },
  { id: 'what', kind: 'text' },
  { id: 'total', kind: 'duration' },
  { id: 'share', kind: 'ratio' },
  { id: 'bar', kind: 'bar' },
];

/** The time in which exactly these run, or nothing; of many devices, their times added up. */
export function overlapPart({ overlap, totals }: ReportDocument, texts: ReportTexts, { devices }: PartOptions): Part {
  const windows = new Map(totals.map((each) => [deviceLabel(each, texts), each.windowNs]));
  const main = tableOf(
    overlap.map((each) => rowOf(deviceValue(each, texts), each, windows.get(deviceLabel(each, texts)) ?? 0, texts)),
  );
  // Where nothing runs beside anything else, the totals say it all.
  const isNews = overlap.some(({ compute, communication, copy }) => copy || (compute && communication));
  const table = totals.length > devices ? tableOf(rowsOfAll(overlap, totals, texts)) : main;
  const blocks: Block[] = isNews ? [{ table }] : [];
  return { section: 'overlap', title: texts.words.sections.overlap, blocks, main };
}

function rowsOfAll(
  overlap: readonly ReportCombination[],
  totals: readonly DeviceTotals[],
  texts: ReportTexts,
): Table['rows'] {
  const sums = new Map<string, ReportCombination>();
  for (const each of overlap) {
    const key = whatOf(each, texts);
    sums.set(key, { ...each, totalNs: (sums.get(key)?.totalNs ?? 0) + each.totalNs });
  }
  const windowNs = totals.reduce((sum, each) => sum + each.windowNs, 0);
  const word = texts.sentences.allDevices(formatCount(totals.length));
  return [...sums.values()].map((each) => rowOf({ id: 'all', word }, each, windowNs, texts));
}

function tableOf(rows: Table['rows']): Table {
  return { columns: COLUMNS, rows, shown: rows.length };
}

function rowOf(device: Value, each: ReportCombination, windowNs: number, texts: ReportTexts): readonly Value[] {
  const share = windowNs === 0 ? null : each.totalNs / windowNs;
  return [device, whatOf(each, texts), each.totalNs, share, share];
}

function whatOf({ compute, communication, copy }: ReportCombination, { words: { time } }: ReportTexts): string {
  const running = [compute ? [time.compute] : [], communication ? [time.communication] : [], copy ? [time.copy] : []];
  return running.flat().join(' + ') || time.nothing;
}
