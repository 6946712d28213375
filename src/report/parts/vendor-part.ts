import type { ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceLabel } from './device-label.ts';
import type { Part, PartOptions, Table } from './part.ts';

/** The figures of the profiler's own tools beside ours. */
export function vendorPart({ vendor }: ReportDocument, texts: ReportTexts, { limit }: PartOptions): Part {
  const main: Table = {
    columns: [
      { id: 'device', kind: 'name' },
      { id: 'step', kind: 'name' },
      { id: 'figure', kind: 'text' },
      { id: 'vendorNs', kind: 'micros' },
      { id: 'ours', kind: 'micros' },
      { id: 'difference', kind: 'duration' },
      { id: 'window', kind: 'text', drop: 2 },
      { id: 'source', kind: 'name', drop: 1 },
    ],
    rows: vendor.map((each) => [
      ...[deviceLabel(each, texts), each.step, each.figure, each.vendorNs, each.oursNs, each.differenceNs],
      ...[each.window, each.source],
    ]),
    shown: limit,
  };
  const blocks = vendor.length === 0 ? [] : [{ table: main }];
  return { section: 'vendor', title: texts.words.sections.vendor, blocks, main };
}
