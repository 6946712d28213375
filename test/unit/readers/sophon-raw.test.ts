// Raw folders of the SG2260: what becomes of records, and what is said where something is missing or damaged.
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/base/index.ts';
import { rawFactsOf } from '../../../src/readers/sophon/raw-facts.ts';
import { diagnosticCounts, readFiles, type ReadResult, type TestFile } from '../../support/reading.ts';
import { plainSlices } from '../../support/plain-timeline.ts';
import {
  block,
  coreFile,
  cut,
  dma,
  GDMA,
  globalFile,
  initNode,
  joined,
  MCU,
  node,
  opening,
  tiu,
  TIU,
  words,
} from '../../support/sophon-folder.ts';

const read = (...files: readonly TestFile[]): Promise<ReadResult> => readFiles('sophon-raw', files);

const onTrack = ({ timeline }: ReadResult, track: string): string[] =>
  plainSlices(timeline)
    .filter((slice) => slice.track === track)
    .map(({ process, name, durNs }) => `${process}: ${name} ${durNs}`);

/** Three ops and two loads, told by the firmware of 2024. */
const TOLD = [
  ...[initNode, node(1, 0, 0, 0, 1), node(0, 0, 0, 0, 1), node(1, 0, 0, 0x10, 2), node(0, 3, 2, 0, 2)],
  node(0, 2, 1, 0, 3),
];
const TIU_RECORDS = [...opening(100, tiu), tiu(200, 299, 0), tiu(300, 309, 1), tiu(400, 449, 2)];
const GDMA_RECORDS = [...opening(90, dma), dma(120, 199, 0), dma(310, 399, 1)];
const whole = (): Uint8Array => joined(block(TIU, ...TIU_RECORDS), block(GDMA, ...GDMA_RECORDS), block(MCU, ...TOLD));

describe('operators, whose names the firmware wrote down', () => {
  it('have names, directions and times that end with the last cycle', async () => {
    const result = await read(globalFile(), coreFile(0, whole()));
    expect(onTrack(result, 'TIU')).toEqual([
      ...['Core 0: sync 11', 'Core 0: sync 11'],
      ...['Core 0: conv.normal 100', 'Core 0: arith.add 10', 'Core 0: mm.normal 50'],
    ]);
    expect(onTrack(result, 'GDMA').slice(2)).toEqual(['Core 0: tensorLd 80', 'Core 0: tensorSt 90']);
    expect(result.diagnostics.list()).toEqual([]);
  });

  it('of several cores end their second record at one time', async () => {
    const later = [...opening(5100, tiu), tiu(5200, 5299, 0)];
    const result = await read(globalFile(), coreFile(0, whole()), coreFile(3, block(TIU, ...later)));
    const ends = plainSlices(result.timeline).filter(({ track, name }) => track === 'TIU' && name === 'sync');
    const endOf = (process: string): bigint[] =>
      ends.filter((slice) => slice.process === process).map(({ startNs, durNs }) => startNs + BigInt(durNs));
    expect(endOf('Core 3')[1]).toBe(endOf('Core 0')[1]);
  });

  it('have none where the firmware is not known, and it is said what may know it', async () => {
    const unknown = words(0xdeadbeef, 0xfeedf00d, 0xcafebabe);
    const result = await read(globalFile(), coreFile(0, block(TIU, ...TIU_RECORDS), block(MCU, unknown)));
    expect(onTrack(result, 'TIU').slice(2)).toEqual(['Core 0: TIU 100', 'Core 0: TIU 10', 'Core 0: TIU 50']);
    const [{ kind, places }] = result.diagnostics.list();
    expect([kind, places[0].detail]).toEqual(['commands_unread', expect.stringMatching(/bigTpuProfile/)]);
  });

  it.each([
    [
      '2026, of 4 bytes',
      [1 + 2 ** 7, 1, 1 + 2 ** 7 + 2 ** 24, 1 + 3 * 2 ** 10 + 2 * 2 ** 15, 1 + 2 * 2 ** 10 + 2 ** 15],
    ],
    [
      '2023, of 12 bytes',
      [
        ...[1 + 2 ** 8, 1, 10, 1, 1, 20, 1 + 2 ** 8 + 2 ** 25, 2, 30],
        ...[1 + 3 * 2 ** 11 + 2 * 2 ** 16, 2, 40, 1 + 2 * 2 ** 11 + 2 ** 16, 3, 50],
      ],
    ],
  ])('are told by the firmware of %s, too', async (_, told) => {
    const records = joined(block(TIU, ...TIU_RECORDS), block(GDMA, ...GDMA_RECORDS), block(MCU, words(...told)));
    const result = await read(globalFile(), coreFile(0, records));
    expect(onTrack(result, 'TIU').slice(2)).toEqual([
      ...['Core 0: conv.normal 100', 'Core 0: arith.add 10', 'Core 0: mm.normal 50'],
    ]);
    expect(onTrack(result, 'GDMA').slice(2)).toEqual(['Core 0: tensorLd 80', 'Core 0: tensorSt 90']);
  });

  it('go on where counters of 32 bits begin anew', async () => {
    const near = 2 ** 32 - 50;
    const wrapped = [...opening(near - 200, tiu), tiu(near, 49, 0), tiu(50, 59, 1), tiu(100, 149, 2)];
    const result = await read(globalFile(), coreFile(0, block(TIU, ...wrapped), block(MCU, ...TOLD)));
    expect(onTrack(result, 'TIU').slice(2)).toEqual([
      ...['Core 0: conv.normal 100', 'Core 0: arith.add 10', 'Core 0: mm.normal 50'],
    ]);
  });
});

describe('what is missing', () => {
  it('is counted where numbers leap', async () => {
    const records = [...opening(100, tiu), tiu(200, 299, 0), tiu(400, 449, 2)];
    const result = await read(globalFile(), coreFile(0, block(TIU, ...records), block(MCU, ...TOLD)));
    expect(onTrack(result, 'TIU').slice(2)).toEqual(['Core 0: conv.normal 100', 'Core 0: mm.normal 50']);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ record_dropped: 1 });
    const facts = rawFactsOf({ readerId: 'sophon-raw', timeline: result.timeline });
    expect(facts?.named).toMatchObject([
      { engine: 'tiu', recordCount: 4, namedCount: 2, unknownCount: 0, lostCount: 1 },
    ]);
  });

  it('is said where the buffer was full', async () => {
    const text = 'arch=5\nmax_record_num=5\ncore0_tiu_record=5\ncore0_gdma_record=4\n';
    const { diagnostics } = await read(globalFile(text), coreFile(0, whole()));
    expect(diagnosticCounts(diagnostics)).toEqual({ buffer_full: 1 });
    expect(diagnostics.list()[0].places[0].place.field).toBe('core0_tiu_record');
  });

  it('is the rest of a block that the file does not hold', async () => {
    const bytes = cut(block(TIU, ...TIU_RECORDS), 2);
    const result = await read(globalFile(), coreFile(0, bytes));
    expect(onTrack(result, 'TIU')).toHaveLength(4);
    expect(result.diagnostics.countOf('block_truncated')).toBeGreaterThan(0);
  });

  it('is the head of a block', async () => {
    const result = await read(globalFile(), coreFile(0, whole(), words(TIU)));
    expect(onTrack(result, 'TIU')).toHaveLength(5);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ block_truncated: 1 });
  });
});

describe('blocks that are known and not read', () => {
  it.each([
    ['the log of the compiler', 2, 'part_ignored'],
    ['the log of the firmware', 7, 'part_ignored'],
    ['commands in DES_KV, which does not say of which engine', 17, 'commands_unread'],
    ['places of commands in a file of a core', 8, 'part_ignored'],
  ])('are counted: %s', async (_, type, kind) => {
    const result = await read(globalFile(), coreFile(0, block(type, words(1, 2, 3)), whole()));
    expect(onTrack(result, 'TIU')).toHaveLength(5);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ [kind]: 1 });
    expect(result.diagnostics.list()[0].places[0].place).toMatchObject({ offset: 8 });
  });
});

describe('damage', () => {
  it('in the type of a block leaves out that block', async () => {
    const result = await read(globalFile(), coreFile(0, block(99, words(1, 2, 3)), whole()));
    expect(onTrack(result, 'TIU')).toHaveLength(5);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ block_unknown: 1 });
  });

  it('in a size that is far too large costs no memory', async () => {
    const result = await read(globalFile(), coreFile(0, whole(), words(TIU, 0xffffffff), words(1, 2, 3, 4)));
    expect(result.diagnostics.countOf('block_truncated')).toBe(1);
  });

  it.each(['arch=77\n', 'tpu_freq=1000\n', ''])('in the chip is refused: %j', async (text) => {
    await expect(read(globalFile(text), coreFile(0, whole()))).rejects.toThrow(/arch of a chip that is known/);
  });

  it('of a folder without global.profile is refused, and so is one file of a folder; of neither is anything claimed', async () => {
    const failure = await read(coreFile(0, whole())).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      ...{ code: 'incomplete_capture', expected: expect.stringMatching(/together with the global\.profile/) },
      ...{ found: 'cdmlib0_0.profile without it', hint: expect.stringMatching(/name the whole folder/) },
    });
    expect(failure).toBeInstanceOf(InputError);
  });

  it('of what was named: global.profile alone holds no records', async () => {
    await expect(read(globalFile())).rejects.toMatchObject({
      ...{ code: 'incomplete_capture', expected: expect.stringMatching(/together with its files of records/) },
      ...{ found: 'global.profile without one', hint: expect.stringMatching(/name the whole folder/) },
    });
  });

  it('of all records is refused', async () => {
    await expect(read(globalFile(), coreFile(0))).rejects.toThrow(/records of at least one engine/);
  });

  it('anywhere in a file ends in a timeline or in words', async () => {
    const bytes = whole();
    let readCount = 0;
    for (let at = 0; at < bytes.length; at += 3) {
      const damaged = bytes.slice();
      damaged[at] ^= 0xff;
      const result = await read(globalFile(), coreFile(0, damaged)).catch((error: unknown) => error);
      if (result instanceof Error) expect(result).toBeInstanceOf(InputError);
      else readCount++;
    }
    expect(readCount).toBeGreaterThan(100);
  });
});
