import type { DeviceTotals, ReportDocument } from '../document/report-document.ts';
import { formatCount } from '../format.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceValue } from './device-label.ts';
import { mostMedianLeast } from './most-median-least.ts';
import type { Block, Column, Part, PartOptions, Table, Value } from './part.ts';

const COLUMNS: readonly Column[] = [
  { id: 'device', kind: 'name' },
  { id: 'window', kind: 'duration', drop: 2 },
  { id: 'compute', kind: 'duration' },
  { id: 'computeShare', kind: 'ratio' },
  { id: 'exposedComm', kind: 'duration' },
  { id: 'exposedCommShare', kind: 'ratio' },
  { id: 'idle', kind: 'duration' },
  { id: 'idleShare', kind: 'ratio' },
  { id: 'vendorFree', kind: 'duration', drop: 1 },
  { id: 'bar', kind: 'stack', drop: 0 },
];

/** Compute, exposed communication and idle time add up to the window. */
export function totalsPart({ totals }: ReportDocument, texts: ReportTexts, { devices }: PartOptions): Part {
  const { columns, sentences, words } = texts;
  const tableOf = (some: readonly DeviceTotals[]): Table => ({
    columns: COLUMNS,
    rows: some.map((each) => rowOf(each, texts)),
    shown: some.length,
  });
  const isLong = totals.length > devices;
  const shown = isLong ? mostMedianLeast(totals, ({ computeNs }) => computeNs) : totals;
  const blocks: Block[] = [{ table: tableOf(shown) }];
  if (isLong) {
    const told = sentences.someDevices(formatCount(totals.length), columns.compute);
    blocks.push({ sentence: [told], isQuiet: true });
  }
  return { section: 'totals', title: words.sections.totals, blocks, main: tableOf(totals) };
}

function rowOf(each: DeviceTotals, texts: ReportTexts): readonly Value[] {
  const { windowNs, computeNs, exposedCommNs, deviceIdleNs, vendorFreeNs } = each;
  const share = (ns: number): number => (windowNs === 0 ? 0 : ns / windowNs);
  const shares = [computeNs, exposedCommNs, deviceIdleNs].map(share);
  const [compute, exposed, idle] = shares;
  const times = [windowNs, computeNs, compute, exposedCommNs, exposed, deviceIdleNs, idle];
  return [deviceValue(each, texts), ...times, vendorFreeNs, shares];
}
