import type { DeviceTotals, ReportDocument } from '../document/report-document.ts';
import { formatCount } from '../format.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceValue } from './device-label.ts';
import { mostMedianLeast } from './most-median-least.ts';
import type { Block, Column, Part, PartOptions, Table, Value } from './part.ts';
import { unseenGraphsNote } from './unseen-graphs.ts';

const COLUMNS: readonly Column[] = [
  { id: 'device', kind: 'name' },
  { id: 'window', kind: 'duration', drop: 2 },
  { id: 'compute', kind: 'duration' },
  { id: 'computeShare', kind: 'ratio' },
  { id: 'exposedComm', kind: 'duration' },
  { id: 'exposedCommShare', kind: 'ratio' },
  { id: 'idle', kind: 'duration' },
  { id: 'idleShare', kind: 'ratio' },
  { id: 'unseenGraph', kind: 'duration' },
  { id: 'unseenGraphShare', kind: 'ratio' },
  { id: 'vendorFree', kind: 'duration', drop: 1 },
  { id: 'bar', kind: 'stack', drop: 0 },
];

/** Compute, exposed communication, idle time and that of graphs that no device shows add up to the window. */
export function totalsPart(document: ReportDocument, texts: ReportTexts, { devices }: PartOptions): Part {
  const { totals } = document;
  const isUnseen = totals.some(({ unseenGraphNs }) => unseenGraphNs > 0);
  const columns = COLUMNS.filter(({ id }) => isUnseen || !id.startsWith('unseenGraph'));
  const { sentences, words } = texts;
  const tableOf = (some: readonly DeviceTotals[]): Table => ({
    columns,
    rows: some.map((each) => rowOf(each, isUnseen, texts)),
    shown: some.length,
  });
  const isLong = totals.length > devices;
  const shown = isLong ? mostMedianLeast(totals, ({ computeNs }) => computeNs) : totals;
  const blocks: Block[] = [{ table: tableOf(shown) }];
  if (isLong) {
    const told = sentences.someDevices(formatCount(totals.length), texts.columns.compute);
    blocks.push({ sentence: [told], isQuiet: true });
  }
  blocks.push(...unseenGraphsNote(document, texts));
  return { section: 'totals', title: words.sections.totals, blocks, main: tableOf(totals) };
}

function rowOf(each: DeviceTotals, isUnseen: boolean, texts: ReportTexts): readonly Value[] {
  const { windowNs, computeNs, exposedCommNs, deviceIdleNs, unseenGraphNs, vendorFreeNs } = each;
  const times = [computeNs, exposedCommNs, deviceIdleNs - unseenGraphNs, ...(isUnseen ? [unseenGraphNs] : [])];
  const shares = times.map((ns) => (windowNs === 0 ? 0 : ns / windowNs));
  const cells = times.flatMap((ns, at) => [ns, shares[at]]);
  return [deviceValue(each, texts), windowNs, ...cells, vendorFreeNs, shares];
}
