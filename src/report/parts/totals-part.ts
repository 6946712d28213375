import type { ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceValue } from './device-label.ts';
import type { Column, Part, Table } from './part.ts';

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
export function totalsPart({ totals }: ReportDocument, texts: ReportTexts): Part {
  const rows = totals.map((each) => {
    const { windowNs, computeNs, exposedCommNs, deviceIdleNs, vendorFreeNs } = each;
    const share = (ns: number): number => (windowNs === 0 ? 0 : ns / windowNs);
    const shares = [computeNs, exposedCommNs, deviceIdleNs].map(share);
    const [compute, exposed, idle] = shares;
    const times = [windowNs, computeNs, compute, exposedCommNs, exposed, deviceIdleNs, idle];
    return [deviceValue(each, texts), ...times, vendorFreeNs, shares];
  });
  const main: Table = { columns: COLUMNS, rows, shown: rows.length };
  return { section: 'totals', title: texts.words.sections.totals, blocks: [{ table: main }], main };
}
