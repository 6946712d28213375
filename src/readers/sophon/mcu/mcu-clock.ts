/**
 * Brings the clock of a microcontroller to that of its engines: a command runs after it was given, and is over before the
 * controller has stopped waiting for it. All such pairs leave a window, of which the middle is taken.
 */
import type { Engine } from '../chips.ts';
import type { EngineLog } from '../engine-log.ts';
import type { RecordClock } from '../record-rows.ts';
import { ShiftWindow } from '../shift-window.ts';
import { ENGINE_OF_MCU, type McuLog, NODE_SET, NODE_WAIT } from './mcu-log.ts';

/** What must be added to times of the log; its pairCount is 0 where nothing tells. */
export function mcuShift(mcu: McuLog, logs: readonly EngineLog[], clocks: readonly RecordClock[]): ShiftWindow {
  const window = new ShiftWindow();
  const walks = new Map<Engine, EngineWalk>();
  logs.forEach((log, i) => {
    if (log.core === mcu.core && ENGINE_OF_MCU.includes(log.engine))
      walks.set(log.engine, new EngineWalk(log, clocks[i]));
  });
  for (let i = 0; i < mcu.length; i++) {
    // Without an end it is the time at which a command had been given, which may run by then.
    if (mcu.type[i] === NODE_SET) {
      const engine = ENGINE_OF_MCU[mcu.engine[i]];
      const walk = engine === undefined ? undefined : walks.get(engine);
      const startNs = walk?.startOf(engine === 'tiu' ? mcu.tiuId[i] : mcu.gdmaId[i]);
      if (startNs !== undefined && !Number.isNaN(mcu.endNs[i])) window.atMost(startNs - mcu.beginNs[i]);
    } else if (mcu.type[i] === NODE_WAIT && !Number.isNaN(mcu.endNs[i])) {
      for (const [engine, id] of [['tiu', mcu.tiuId[i]] as const, ['gdma', mcu.gdmaId[i]] as const]) {
        const endNs = id === 0 ? undefined : walks.get(engine)?.endUpTo(id);
        if (endNs !== undefined) window.atLeast(endNs - mcu.endNs[i]);
      }
    }
  }
  return window;
}

/** Goes through the records of an engine as its commands are given and waited for. */
class EngineWalk {
  readonly #log: EngineLog;
  readonly #clock: RecordClock;
  #next = 0;

  constructor(log: EngineLog, clock: RecordClock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** When the next command runs, if that is its number. */
  startOf(id: number): number | undefined {
    const { id: ids, length } = this.#log;
    if (this.#next >= length || ids[this.#next] !== id) return undefined;
    return this.#clock.startNs(this.#next++);
  }

  /** When the command of a number, or the last before it that left a record, is over. */
  endUpTo(id: number): number | undefined {
    const { id: ids, length } = this.#log;
    let at = this.#next;
    if (at > 0 && ids[at - 1] === id) return this.#clock.endNs(at - 1);
    while (at < length && ids[at] <= id && (at === this.#next || ids[at] > ids[at - 1])) at++;
    if (at === this.#next) return undefined;
    this.#next = at;
    return this.#clock.endNs(at - 1);
  }
}
