// However the files of a raw folder are damaged, they give a sound timeline, or an InputError that says which file it is.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaptureShape, sophonCapture } from '../../fixtures/generate/sophon/capture.ts';
import { InputError } from '../../src/base/index.ts';
import { diagnosticCounts, readFiles, type TestFile } from '../support/reading.ts';
import { plantedCommands, plantedLines, readCommands, readLines, testFiles } from '../support/sophon-captures.ts';

const seed = 20261122;
const BM1684X: CaptureShape = { seed: 1, chip: 'BM1684X', launches: [3], faults: { withCopies: true } };
const BM1688: CaptureShape = { seed: 2, chip: 'BM1688', launches: [3, 3] };
const SG2260: CaptureShape = { seed: 3, chip: 'SG2260', cores: 2, launches: [3, 4] };
const SG2260E: CaptureShape = { seed: 4, chip: 'SG2260E', cores: 1, launches: [3], notes: 4, withOtherChips: true };
const shapes = [BM1684X, BM1688, SG2260, SG2260E];
const folders = shapes.map((shape) => ({ title: shape.chip, files: testFiles(sophonCapture(shape).files) }));

/** readFiles checks the integrity of whatever it gives. */
async function expectSound(files: readonly TestFile[]): Promise<void> {
  const sizeBytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  try {
    const { timeline } = await readFiles('sophon-raw', files);
    // No record is shorter than 16 bytes.
    expect(timeline.slices.length).toBeLessThanOrEqual(sizeBytes / 16);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(files.map(({ path }) => path)).toContain(error.at.path);
    expect(error.expected).not.toBe('');
  }
}

describe.each(folders)('$title', { timeout: 60_000 }, ({ files }) => {
  const anyFile = fc.nat(files.length - 1);
  const damaged = (at: number, change: (bytes: Uint8Array) => Uint8Array): TestFile[] =>
    files.map((file, i) => (i === at ? { ...file, bytes: change(file.bytes) } : file));

  test('cut off anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, fc.nat(2 ** 20), (at, size) =>
        expectSound(damaged(at, (bytes) => bytes.slice(0, size % (bytes.length + 1)))),
      ),
      { seed, numRuns: 100 },
    );
  });

  test('with any bytes changed', async () => {
    const changes = fc.array(fc.tuple(fc.nat(2 ** 20), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(anyFile, changes, (at, changed) =>
        expectSound(
          damaged(at, (bytes) => {
            const copy = bytes.slice();
            for (const [position, byte] of changed) copy[position % copy.length] = byte;
            return copy;
          }),
        ),
      ),
      { seed, numRuns: 200 },
    );
  });

  test('with words that say most or nothing', async () => {
    const word = fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff);
    await fc.assert(
      fc.asyncProperty(anyFile, fc.nat(2 ** 18), word, (at, position, value) =>
        expectSound(
          damaged(at, (bytes) => {
            const copy = bytes.slice();
            new DataView(copy.buffer).setUint32(4 * (position % (copy.length >> 2)), value, true);
            return copy;
          }),
        ),
      ),
      { seed, numRuns: 200 },
    );
  });

  test('with a piece missing or doubled, and with a file missing', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, fc.nat(2 ** 20), fc.nat(300), fc.boolean(), async (file, position, size, isDoubled) => {
        await expectSound(
          damaged(file, (bytes) => {
            const at = position % (bytes.length + 1);
            const after = bytes.slice(isDoubled ? Math.max(0, at - size) : at + size);
            return Uint8Array.from([...bytes.slice(0, at), ...after]);
          }),
        );
        await expectSound(files.filter((_, i) => i !== file));
      }),
      { seed, numRuns: 60 },
    );
  });
});

describe('what is said of damage', () => {
  const read = async (shape: CaptureShape): ReturnType<typeof readFiles> =>
    readFiles('sophon-raw', testFiles(sophonCapture(shape).files));

  test('a block that is cut off gives the whole records before it', async () => {
    const shape = { ...BM1684X, faults: { cutBytes: 1000 } };
    const { files, truth } = sophonCapture(shape);
    const { timeline, diagnostics } = await readFiles('sophon-raw', testFiles(files));
    const planted = plantedLines(truth).get('0/gdma') ?? [];
    const found = readLines(timeline, truth).get('0/gdma') ?? [];
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(planted.slice(0, found.length));
    expect(diagnosticCounts(diagnostics).block_truncated).toBe(1);
  });

  test('a block of no known type is passed over', async () => {
    const { diagnostics } = await read({ ...SG2260, faults: { withUnknownBlock: true } });
    expect(diagnosticCounts(diagnostics).block_unknown).toBe(2);
  });

  test('a command file that is missing costs its names alone', async () => {
    const { files, truth } = sophonCapture({ ...BM1688, faults: { withoutCommandFile: true } });
    const { timeline, diagnostics } = await readFiles('sophon-raw', testFiles(files));
    // Two cores, two iterations.
    expect(diagnosticCounts(diagnostics)).toEqual({ commands_unread: 4 });
    expect(readCommands(timeline)).toEqual(plantedCommands(truth));
    // What brings cores together is among those commands, so times are not compared.
    const names = (lines: readonly string[] = []): string[] => lines.map((line) => line.split(' ').slice(2).join(' '));
    const found = readLines(timeline, truth);
    for (const [stream, lines] of plantedLines(truth)) expect(names(found.get(stream)), stream).toEqual(names(lines));
  });

  test('an arch of no known chip is refused, and says which are known', async () => {
    await expect(read({ ...SG2260, faults: { arch: '77' } })).rejects.toMatchObject({
      code: 'unknown_chip',
      found: '77',
    });
  });

  test("records of another chip's layout are read without a crash", async () => {
    for (const arch of ['1', '3', '4', '8']) await read({ ...BM1684X, faults: { arch } }).catch(expectInputError);
    for (const arch of ['5', '6', '7', '8']) await read({ ...SG2260, faults: { arch } }).catch(expectInputError);
  });
});

function expectInputError(error: unknown): void {
  expect(error).toBeInstanceOf(InputError);
}
