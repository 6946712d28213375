import { NONE } from '../../../timeline/index.ts';
import type { RawRows } from '../raw-rows.ts';
import { MCU_ENGINES, MCU_TYPES, type McuLog, NODE_SET, NODE_WAIT } from './mcu-log.ts';

export const MCU = 'mcu';

/** A slice for each record, or a mark where it has no end. Tells how many were left out, as they are far from all else. */
export function addMcu(rows: RawRows, log: McuLog, shiftNs: number): number {
  const { core, length, type, beginNs, endNs } = log;
  const address = rows.addArgs({ length, argsOf: (record) => argsOf(log, record) });
  const names = new Map<number, number>();
  let farCount = 0;
  for (let i = 0; i < length; i++) {
    const startNs = Math.round(beginNs[i] + shiftNs);
    const sliceEndNs = Number.isNaN(endNs[i]) ? undefined : Math.round(endNs[i] + shiftNs);
    if (!rows.isNear(startNs) || !rows.isNear(sliceEndNs ?? startNs)) {
      farCount++;
      continue;
    }
    let name = names.get(type[i]);
    if (name === undefined) names.set(type[i], (name = rows.string(MCU_TYPES[type[i]] ?? `type ${type[i]}`)));
    const slice = {
      track: rows.thread(`core${core}`, MCU),
      ...{ startNs, name, category: NONE, address: address + i },
    };
    if (sliceEndNs === undefined) rows.addInstant(slice);
    else rows.addSlice({ ...slice, endNs: sliceEndNs });
  }
  return farCount;
}

function argsOf(
  { type, tiuId, gdmaId, engine, number, texts }: McuLog,
  record: number,
): Record<string, string | number> {
  const isNode = type[record] === NODE_SET || type[record] === NODE_WAIT;
  const text = texts.get(number[record]);
  return {
    ...(type[record] === NODE_SET ? { Engine: MCU_ENGINES[engine[record]] ?? engine[record] } : {}),
    ...(isNode ? { 'TIU Id': tiuId[record], 'GDMA Id': gdmaId[record] } : {}),
    ...(text === undefined ? {} : { Note: text }),
  };
}
