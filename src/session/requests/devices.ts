import { type DeviceDetail, deviceDetail } from '../../analysis/detail/device-detail.ts';
import { columnsOf, type TimeColumns } from '../../analysis/detail/time-columns.ts';
import { WideBubbles } from '../../analysis/detail/wide-bubbles.ts';
import { BUBBLE_CAUSES, type DeviceBubbles } from '../../analysis/index.ts';
import { assertOrdered } from './checks.ts';
import { deviceBubbles } from './device-bubbles.ts';
import { perRun } from './per-run.ts';
import type { AnswerTo, Ask } from './protocol.ts';
import type { ViewedRun } from './viewed-run.ts';

const detailsOfDevices = perRun(({ analysis }) => analysis.devices.map(({ overlap }) => deviceDetail(overlap)));

/** By what `deviceBubbles` gave, which keeps what is looked at. */
const indexes = new WeakMap<DeviceBubbles, WideBubbles>();

function wideBubbles(bubbles: DeviceBubbles): WideBubbles {
  const known = indexes.get(bubbles) ?? new WideBubbles(bubbles);
  indexes.set(bubbles, known);
  return known;
}

export function devices(viewed: ViewedRun, ask: Ask<'devices'>): AnswerTo<'devices'> {
  assertOrdered(ask);
  const columns = columnsOf(ask);
  const details = detailsOfDevices(viewed);
  return {
    json: { causes: BUBBLE_CAUSES },
    columns: {
      computing: shares(details, 'computing', columns),
      exposed: shares(details, 'exposed', columns),
      idle: shares(details, 'idle', columns),
      ...bubbleColumns(deviceBubbles(viewed)(ask.kind, ask.leastNs).map(wideBubbles), columns),
    },
  };
}

function shares(details: readonly DeviceDetail[], what: keyof DeviceDetail, columns: TimeColumns): Uint8Array {
  const { columnCount } = columns;
  const all = new Uint8Array(details.length * columnCount);
  const longest = new Int32Array(columnCount);
  for (const [device, detail] of details.entries()) {
    const coverage = all.subarray(device * columnCount, (device + 1) * columnCount);
    detail[what].draw(columns, { coverage, longest });
  }
  return all;
}

type BubbleColumn = 'bubbleDevice' | 'bubbleRow' | 'bubbleStartNs' | 'bubbleDurNs' | 'bubbleCause';

function bubbleColumns(
  devices: readonly WideBubbles[],
  columns: TimeColumns,
): Readonly<Record<BubbleColumn, Int32Array | Float64Array | Uint8Array>> {
  const found = devices.flatMap((wide, device) =>
    wide.in(columns).map((row) => ({ device, row, bubbles: wide.bubbles })),
  );
  return {
    bubbleDevice: Int32Array.from(found, ({ device }) => device),
    bubbleRow: Int32Array.from(found, ({ row }) => row),
    bubbleStartNs: Float64Array.from(found, ({ bubbles, row }) => bubbles.startNs[row]),
    bubbleDurNs: Float64Array.from(found, ({ bubbles, row }) => bubbles.durNs[row]),
    bubbleCause: Uint8Array.from(found, ({ bubbles, row }) => bubbles.cause[row]),
  };
}
