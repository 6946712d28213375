import { NONE } from '../../../timeline/index.ts';
import type { Capture } from './capture.ts';
import { span, value } from './columns.ts';

/** ENUM_OVERLAP_ANALYSIS_TYPE, which old databases lack, in the words of timelines. */
const ROWS = ['Computing', 'Communication', 'Communication(Not Overlapped)', 'Free'];

const OVERLAP_ANALYSIS = { ...span, device: value('deviceId'), type: value('type') };

/** OVERLAP_ANALYSIS: what the vendor's tool says was computing, communicating or idle. */
export function readOverlap({ database, events, tracks, strings }: Capture): void {
  const names = ROWS.map((name) => strings.add(name));
  database.each('OVERLAP_ANALYSIS', OVERLAP_ANALYSIS, (row) => {
    const type = row.number('type') || 0;
    const title = ROWS[type] ?? `Type ${type}`;
    const track = tracks.deviceRow('Overlap Analysis', row.number('device') || 0, type, () => title);
    const name = names[type] ?? strings.add(title);
    events.addSpan('OVERLAP_ANALYSIS', row, { track, name, category: NONE });
  });
}
