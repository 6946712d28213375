import type { BubbleKind } from '../../src/analysis/index.ts';
import type { ReportBubble } from '../../src/report/index.ts';
import { moved, Shifts } from '../timeline/shifts.ts';
import { windowAround } from '../timeline/time-window.ts';
import { deviceAt } from './device-names.ts';
import type { PanelContext } from './panel.ts';

/** Goes to a bubble of the report and selects it. */
export async function chooseBubble(
  bubble: ReportBubble,
  listed: { readonly kind: BubbleKind; readonly leastNs: number },
  { api, run, info, store }: PanelContext,
): Promise<void> {
  const device = deviceAt(info, bubble);
  const { startNs, durNs } = bubble;
  const times = { startNs, endNs: startNs + durNs };
  const shiftNs = new Shifts(info, store.state.shifts).ofDevice(device);
  store.set(windowAround(moved(times, shiftNs), info.endNs));
  // The report names bubbles by their time; their row is told by what a window of that time shows.
  const { columns } = await api.ask(run, 'devices', { ...times, columnCount: 1, ...listed });
  const { kind, leastNs } = listed;
  const isOwn = leastNs === info.bubbleThresholdNs;
  const at = columns.bubbleStartNs.findIndex((ns, row) => ns === startNs && columns.bubbleDevice[row] === device);
  if (at >= 0)
    store.set(
      { bubble: { device, kind, row: columns.bubbleRow[at], ...(isOwn ? {} : { leastNs }) }, selected: null },
      'replace',
    );
}
