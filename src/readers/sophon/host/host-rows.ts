import { NONE } from '../../../timeline/index.ts';
import type { HostSpan } from '../capture.ts';
import type { RawRows } from '../raw-rows.ts';
import type { HostEvent } from './host-log.ts';

export const HOST = 'host';

/** Times of the host from the first row's. */
function nsOf(micros: bigint, rows: RawRows): number {
  return Number(micros - BigInt(rows.rows.baseMicros)) * 1000;
}

/** The host's time of an iteration. */
export function addHostSpan(rows: RawRows, { beginMicros, endMicros, subnet }: HostSpan, iteration: number): void {
  rows.addSlice({
    track: rows.thread(HOST, 'runtime'),
    ...{ startNs: nsOf(beginMicros, rows), endNs: nsOf(endMicros, rows) },
    ...{ name: rows.string(`iteration ${iteration}, subnet ${subnet}`), category: NONE, address: NONE },
  });
}

/** A track for each kind of call. Times that run backwards or are far from the device's are left to `tooFar`. */
export function addHostEvents(rows: RawRows, events: readonly HostEvent[], tooFar: (event: HostEvent) => void): void {
  const address = rows.addArgs({ length: events.length, argsOf: (event) => events[event].args });
  events.forEach((event, i) => {
    const { list, name, beginMicros, endMicros } = event;
    const startNs = nsOf(beginMicros, rows);
    const endNs = endMicros === undefined ? startNs : nsOf(endMicros, rows);
    if (!rows.isNear(startNs) || !rows.isNear(endNs) || endNs < startNs) {
      tooFar(event);
      return;
    }
    const row = { track: rows.thread(HOST, `bmlib ${list}`), startNs, name: rows.string(name), category: NONE };
    if (endMicros === undefined) rows.addInstant({ ...row, address: address + i });
    else rows.addSlice({ ...row, endNs, address: address + i });
  });
}
