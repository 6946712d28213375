// How clocks of engines and cores are brought together, with clocks that are known to be apart by how much.
import { describe, expect, it } from 'vitest';
import { type ChipId, CHIPS, type Engine } from '../../../src/readers/sophon/chips.ts';
import { type LogClock, sessionClocks } from '../../../src/readers/sophon/clock.ts';
import type { CommandList } from '../../../src/readers/sophon/command-list.ts';
import { CommandColumns } from '../../../src/readers/sophon/commands/command-columns.ts';
import { type EngineLog, engineLog } from '../../../src/readers/sophon/engine-log.ts';
import { matchCommands } from '../../../src/readers/sophon/match-commands.ts';

const WAIT = 'system.waitmsg';
const SEND = 'system.sendmsg';

/** A command by its name, the ns of the engine's clock in which it ran, and what it waits for. */
type Ran = readonly [name: string, startNs: number, endNs: number, waitsFor?: number];
type Stream = readonly [core: number, engine: Engine, ...ran: Ran[]];

/** Each engine's clock began `lateNs` after that of the first: its times are so much earlier. */
function clocksOf(chipId: ChipId, streams: readonly Stream[], hasCommands = true) {
  const chip = CHIPS.find(({ id }) => id === chipId)!;
  const frequencies = { tiuMhz: chip.frequencyMhz.tiu, dmaMhz: chip.frequencyMhz.dma };
  const mhzOf = (engine: Engine): number => (engine === 'tiu' ? frequencies.tiuMhz : frequencies.dmaMhz);
  const logs = streams.map(([core, engine, ...ran]): EngineLog => {
    const layout = chip.records[engine]!;
    const words = new Uint32Array(layout.wordCount * ran.length);
    ran.forEach(([, startNs, endNs], i) => {
      const cycles = [startNs, endNs].map((ns) => Math.round((ns * mhzOf(engine)) / 1000));
      words[i * layout.wordCount + layout.startWord] = cycles[0];
      words[i * layout.wordCount + layout.endWord] = cycles[1] - 1;
      words[i * layout.wordCount + layout.idWord] = i;
    });
    return engineLog(engine, core, new Uint8Array(words.buffer), layout, { path: 'iter0.profile', offset: 0 });
  });
  const lists = streams.map(([core, engine, ...ran]): CommandList => {
    const columns = new CommandColumns();
    ran.forEach(([name, , , waitsFor = 0], i) => {
      columns.add({ offset: 0, name, type: '', isSystem: false, id: i + 1, waitsFor, isEnd: false });
    });
    return { engine, core, ...columns.finish(), details: () => ({}) };
  });
  const commands = hasCommands ? lists : [];
  const session = {
    ...{ iteration: 0, place: { path: 'iter0.profile' }, host: undefined, hostEvents: [], mcu: [] },
    ...{ logs, commands },
  };
  const matches = logs.map((log) => matchCommands(log, commands, 0));
  return { ...sessionClocks(session, matches, chip, frequencies), logs };
}

const startNs = ({ startCycle }: EngineLog, { mhz, shiftNs }: LogClock, record: number): number =>
  (startCycle[record] * 1000) / mhz + shiftNs;

describe('cores that exchange messages (BM1688)', () => {
  const first: Stream = [0, 'tiu', [SEND, 900, 1000], [WAIT, 2000, 3000], ['conv.normal', 3000, 4000]];
  const firstGdma: Stream = [0, 'gdma', ['tensorLd', 1200, 1600]];
  const second = (lateNs: number): Stream => [
    ...([1, 'tiu'] as const),
    [WAIT, 2000 - lateNs, 2600 - lateNs],
    ['arith.add', 2600 - lateNs, 2700 - lateNs],
  ];
  const secondGdma = (lateNs: number): Stream => [1, 'gdma', ['tensorLd', 3200 - lateNs, 3600 - lateNs]];

  it.each([1000, -700_000])('wait for their first message together, where one clock began %i ns later', (lateNs) => {
    const { clocks, logs, unalignedCores } = clocksOf('BM1688', [
      ...[first, firstGdma, second(lateNs), secondGdma(lateNs)],
    ]);
    const startsNs = [startNs(logs[0], clocks[0], 1), startNs(logs[2], clocks[2], 0)];
    expect(startsNs[1]).toBeCloseTo(startsNs[0], 6);
    // All of a core moves, and the first does not.
    expect(clocks.map(({ shiftNs }) => shiftNs)).toEqual([
      0,
      0,
      ...[lateNs, lateNs].map((ns) => expect.closeTo(ns, 6)),
    ]);
    expect(startNs(logs[3], clocks[3], 0)).toBeCloseTo(3200, 6);
    expect(unalignedCores).toEqual([]);
  });

  it('count cycles of their engines at their own speeds', () => {
    const { clocks } = clocksOf('BM1688', [first, firstGdma]);
    expect(clocks.map(({ mhz }) => mhz)).toEqual([900, 750]);
  });

  it.each([
    ['that waits for none', [1, 'tiu', ['conv.normal', 5000, 6000]] as Stream, true],
    ['whose commands are not known', second(1000), false],
    ['without a TIU', secondGdma(1000), true],
  ])('begin with the first where nothing tells: a core %s', (_, stream, hasCommands) => {
    const { clocks, logs, unalignedCores } = clocksOf('BM1688', [first, stream], hasCommands);
    expect(unalignedCores).toEqual([1]);
    expect(startNs(logs[1], clocks[1], 0)).toBeCloseTo(startNs(logs[0], clocks[0], 0), 6);
  });
});

describe('engines that share nothing (BM1684X)', () => {
  /** Ran at 100, 500 and 800 of the GDMA's clock, by which the TIU's began 100 000 ns early. */
  const early = 100_000;
  const tiu: Stream = [
    ...([0, 'tiu'] as const),
    ['conv.normal', early + 205, early + 300, 1],
    ['arith.add', early + 610, early + 700, 2],
  ];
  const gdma: Stream = [
    ...([0, 'gdma'] as const),
    ['tensorLd', 100, 200],
    ['tensorLd', 500, 600],
    ['tensorSt', 703, 900, 2],
  ];

  it('lie where all that waits has what it waits for', () => {
    const { windows, clocks, unalignedCores } = clocksOf('BM1684X', [tiu, gdma]);
    // Loaded by 200 and 600, and the TIU starts at 205 and 610; it ends at 700, and what it made is stored from 703 on.
    expect(windows).toEqual([{ core: 0, iteration: 0, earliestNs: -early - 5, latestNs: -early + 3, pairCount: 3 }]);
    expect(clocks.map(({ shiftNs }) => shiftNs)).toEqual([-early - 5, 0]);
    expect(unalignedCores).toEqual([]);
  });

  it('begin together where nothing waits', () => {
    const alone = (stream: Stream): Stream => {
      const [core, engine, ...ran] = stream;
      return [core, engine, ...ran.map(([name, from, to]): Ran => [name, from, to])];
    };
    const { windows, clocks, logs, unalignedCores } = clocksOf('BM1684X', [alone(tiu), alone(gdma)]);
    expect([windows, unalignedCores]).toEqual([[], [0]]);
    expect(startNs(logs[1], clocks[1], 0)).toBeCloseTo(startNs(logs[0], clocks[0], 0), 6);
  });
});

describe('cores that end their second record together (SG2260)', () => {
  const opened = (lateNs: number, core: number, engine: Engine = 'tiu'): Stream => [
    ...([core, engine, ['', 10 - lateNs, 20 - lateNs], ['', 30 - lateNs, 50 - lateNs]] as const),
    ['conv.normal', 100 - lateNs, 200 - lateNs],
  ];

  it('whatever their clocks say, and so do ports between chips', () => {
    const { clocks } = clocksOf('SG2260', [opened(0, 0), opened(-5000, 3), opened(-9000, 1, 'cdma')], false);
    expect(clocks.map(({ shiftNs }) => shiftNs)).toEqual([0, -5000, -9000].map((ns) => expect.closeTo(ns, 6)));
  });

  it('engines of a core count by one clock, on either side of an overflow', () => {
    const lap = 2 ** 32;
    const { clocks } = clocksOf('SG2260', [opened(100 - lap, 0), [0, 'gdma', ['tensorLd', 40, 60]]], false);
    expect(clocks.map(({ shiftNs }) => shiftNs)).toEqual([0, lap]);
  });
});
