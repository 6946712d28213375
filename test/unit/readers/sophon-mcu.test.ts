// What the microcontroller of a BM168x core wrote down, and how its clock is brought to that of the engines.
import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../../src/base/index.ts';
import { CHIPS } from '../../../src/readers/sophon/chips.ts';
import { engineLog } from '../../../src/readers/sophon/engine-log.ts';
import { mcuShift } from '../../../src/readers/sophon/mcu/mcu-clock.ts';
import { type McuLog, mcuLog } from '../../../src/readers/sophon/mcu/mcu-log.ts';
import { RecordClock } from '../../../src/readers/sophon/record-rows.ts';
import { diagnosticCounts } from '../../support/reading.ts';
import { joined, longs, words } from '../../support/sophon-folder.ts';

const PLACE = { path: 'iter0.profile', offset: 8 };
const NEVER = 2n ** 64n - 1n;
const SET = 1;
const WAIT = 2;

const header = (end: number | bigint): Uint8Array => joined(words(0, 0xffffffff), longs(0, 5000, end));
/** Both counts of commands, and the engine at hand. */
const node = (tiuId: number, gdmaId: number, engine = 0): bigint =>
  BigInt(tiuId) + (BigInt(gdmaId) << 20n) + (BigInt(engine) << 40n);
const record = (number: number, type: number, id: bigint, begin: number, end: number | bigint): Uint8Array =>
  joined(words(number, type), longs(id, begin, end));

function read(bytes: Uint8Array, notes?: Uint8Array): { log: McuLog | undefined; diagnostics: Diagnostics } {
  const diagnostics = new Diagnostics();
  return { log: mcuLog(1, bytes, notes, PLACE, diagnostics), diagnostics };
}

describe('records', () => {
  const bytes = joined(
    header(40),
    record(5, SET, node(3, 0x12345, 1), 6000, NEVER),
    record(6, WAIT, node(0xfffff, 7), 6010, 6030),
    record(7, 100, 9n, 6020, 0),
  );
  const { log } = read(bytes);

  it('have times in ticks of the length that the header tells, from the first of them', () => {
    expect([...log!.beginNs]).toEqual([0, 400, 800]);
  });

  it('without an end are points in time', () => {
    expect([...log!.endNs]).toEqual([Number.NaN, 1200, Number.NaN]);
  });

  it('tell what was given and what is waited for', () => {
    expect([...log!.type]).toEqual([SET, WAIT, 100]);
    expect([[...log!.tiuId].slice(0, 2), [...log!.gdmaId].slice(0, 2), log!.engine[0]]).toEqual([
      [3, 0xfffff],
      [0x12345, 7],
      1,
    ]);
  });

  it.each([
    ['of ns, where the header has a time instead', 5000n, 10],
    ['of ns, where it has nothing', 0n, 10],
    ['of 20 ns', 20n, 200],
    ['of 1000 ns, the longest', 1000n, 10_000],
  ])('have ticks %s', (_, end, ns) => {
    const two = joined(header(end), record(1, WAIT, 0n, 7000, 7005), record(2, WAIT, 0n, 7010, 7015));
    expect(read(two).log!.beginNs[1]).toBe(ns);
  });

  it('that are cut off are left out', () => {
    expect(read(bytes.subarray(0, -1)).log!.length).toBe(2);
  });

  it('need their header', () => {
    const { log: none, diagnostics } = read(bytes.subarray(32));
    expect(none).toBeUndefined();
    expect(diagnosticCounts(diagnostics)).toEqual({ block_unknown: 1 });
  });

  it('have notes by their number, of which texts count', () => {
    const note = (number: number, kind: number, text: string): Uint8Array =>
      joined(words(number, kind, text.length), new TextEncoder().encode(text));
    const notes = joined(
      note(6, 0, 'first\0'),
      note(5, 1, 'binary'),
      note(7, 0, ''),
      note(5, 0, 'cut').subarray(0, -1),
    );
    expect([...read(bytes, notes).log!.texts]).toEqual([[6, 'first']]);
  });
});

describe('the clock', () => {
  const { records } = CHIPS.find(({ id }) => id === 'BM1684X')!;
  /** [start, end] in ns of the engine, by command from 1 on. */
  const engine = (name: 'tiu' | 'gdma', ...times: readonly (readonly [number, number])[]) => {
    const layout = records[name]!;
    const bytes = new Uint32Array(layout.wordCount * times.length);
    times.forEach(([start, end], i) => bytes.set([start, end, i], i * layout.wordCount));
    return engineLog(name, 1, new Uint8Array(bytes.buffer), layout, PLACE);
  };
  const shiftOf = (log: McuLog, logs: readonly ReturnType<typeof engine>[]) =>
    mcuShift(
      log,
      logs,
      logs.map((each) => new RecordClock(each, { mhz: 1000, shiftNs: 0 }, 0)),
    );
  const tiu = engine('tiu', [500, 599], [700, 799]);
  const gdma = engine('gdma', [300, 449]);
  // All is 250 ns earlier by the controller: a command is given, and runs; the last is over, and the wait for it ends.
  const given = [record(1, SET, node(0, 1, 1), 1000, 1020), record(2, SET, node(1, 1, 0), 1100, 1120)];
  const waited = [record(3, SET, node(2, 1, 0), 1200, 1220), record(4, WAIT, node(2, 1), 1300, 1700)];
  const { log } = read(joined(header(0), ...given, ...waited));

  it('lies where commands run after they were given, and are over before the wait for them', () => {
    const window = shiftOf(log!, [tiu, gdma]);
    // From 1000 on: the GDMA's starts at 300, the TIU's at 500 and 700; the last ends at 800, the wait at 700.
    expect([window.earliestNs, window.latestNs, window.pairCount]).toEqual([800 - 700, 300 - 0, 5]);
  });

  it('is not told by engines of other cores', () => {
    expect(shiftOf({ ...log!, core: 0 }, [tiu, gdma]).pairCount).toBe(0);
  });

  it('is not told by commands that left no record', () => {
    const { log: later } = read(joined(header(0), record(1, SET, node(9, 9, 0), 1000, 1020)));
    expect(shiftOf(later!, [tiu, gdma]).pairCount).toBe(0);
  });
});
