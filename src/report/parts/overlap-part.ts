import type { ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceValue } from './device-label.ts';
import type { Part, Table } from './part.ts';

/** The time in which exactly these run. */
export function overlapPart({ overlap, totals }: ReportDocument, texts: ReportTexts): Part {
  const { time, sections } = texts.words;
  const windowOf = (each: (typeof overlap)[number]): number | undefined =>
    totals.find(({ rank, device, capture }) => rank === each.rank && device === each.device && capture === each.capture)
      ?.windowNs;
  const rows = overlap.map((each) => {
    const running = [
      each.compute ? time.compute : '',
      each.communication ? time.communication : '',
      each.copy ? time.copy : '',
    ].filter((word) => word !== '');
    const windowNs = windowOf(each) ?? 0;
    const share = windowNs === 0 ? null : each.totalNs / windowNs;
    const what = running.length === 0 ? time.deviceIdle : running.join(' + ');
    return [deviceValue(each, texts), what, each.totalNs, share, share];
  });
  // Where nothing runs beside anything else, the totals say it all.
  const isNews = overlap.some(({ compute, communication, copy }) => copy || (compute && communication));
  const main: Table = {
    columns: [
      { id: 'device', kind: 'name' },
      { id: 'what', kind: 'text' },
      { id: 'total', kind: 'duration' },
      { id: 'share', kind: 'ratio' },
      { id: 'bar', kind: 'bar' },
    ],
    rows,
    shown: rows.length,
  };
  return { section: 'overlap', title: sections.overlap, blocks: isNews ? [{ table: main }] : [], main };
}
