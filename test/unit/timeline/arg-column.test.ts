import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ArgColumn, argColumns, type ArgKey, NONE, type Timeline } from '../../../src/timeline/index.ts';
import { argsTexts, rowNumbers } from '../../support/plain-timeline.ts';
import { readEvents, readFiles } from '../../support/reading.ts';
import { noticeWhenAbsent, readSample, samplesLike } from '../../support/samples.ts';

noticeWhenAbsent('columns of args');

const slice = (at: number, args: string): string =>
  `{"name": "op", "ph": "X", "pid": 1, "tid": ${at % 2}, "ts": ${1000 - at}, "dur": 1, "args": ${args}}`;

const columnsOf = (timeline: Timeline, keys: readonly ArgKey[], rows?: readonly number[]): Promise<ArgColumn[]> =>
  argColumns(timeline.args, timeline.slices, rows ?? rowNumbers(timeline.slices.length), keys);

/** Values by row, undefined where there is none. */
function valuesOf(column: ArgColumn): (number | string | undefined)[] {
  return column.kind === 'number'
    ? Array.from(column.values, (value) => (Number.isNaN(value) ? undefined : value))
    : Array.from(column.values, (id) => (id === NONE ? undefined : column.strings.get(id)));
}

describe('a key of the args', () => {
  const values = async (args: readonly string[], key: string, kind: ArgKey['kind']): Promise<unknown[]> => {
    const { timeline } = await readEvents('chrome-json', args.map((text, at) => slice(2 * at, text)).reverse());
    return valuesOf((await columnsOf(timeline, [{ key, kind }]))[0]);
  };

  test('is a number where one stands, in quotes or not', async () => {
    const args = ['{"r": 0.25}', '{"a": 1, "r": "-3e2"}', '{"r": 18446744073709551615}', '{"r":"7 us"}', '{"r":null}'];
    expect(await values([...args, '{"r":[1]}', '{}', '{"r":""}'].reverse(), 'r', 'number')).toEqual([
      ...[0.25, -300, 18446744073709552000],
      ...Array<undefined>(5).fill(undefined),
    ]);
  });

  test('is text: of strings what they mean, of other values what stands in the file', async () => {
    const args = [
      '{"t": "a\\u0062\\n\\ud83d\\ude42"}',
      '{"t": 0.10}',
      '{"t": {"u": [1, 2]}}',
      '{"t": true}',
      '{"t":null}',
    ];
    expect(await values([...args, '{"t":""}'].reverse(), 't', 'text')).toEqual([
      ...['ab\n🙂', '0.10', '{"u": [1, 2]}', 'true', undefined, ''],
    ]);
  });

  test('counts at the top level only, and the last of several', async () => {
    const args = ['{"in": {"r": 1}, "s": "\\"r\\": 2"}', '{"r": 1, "in": {"r": 2}}', '{"r": 1, "r": 2}'];
    expect(await values(args.toReversed(), 'r', 'number')).toEqual([undefined, 1, 2]);
  });

  test('is found however it is spelled', async () => {
    expect(await values(['{"\\u0072\\/s": 5}'], 'r/s', 'number')).toEqual([5]);
  });
});

test('values come in the order of the rows that were asked for, whatever that of the file', async () => {
  const events = rowNumbers(3000).map((at) => slice(at, `{"at": ${at}, "pad": "${'x'.repeat(4000)}"}`));
  const { timeline } = await readEvents('chrome-json', events);
  const rows = rowNumbers(3000)
    .filter((row) => row % 3 !== 0)
    .reverse();
  const [column] = await columnsOf(timeline, [{ key: 'at', kind: 'number' }], rows);
  expect(Array.from(column.values)).toEqual(rows.map((row) => 1000 - startMicros(timeline, row)));
});

function startMicros({ slices, originNs }: Timeline, row: number): number {
  return (Number(originNs) + slices.startNs[row]) / 1000;
}

const KEYS = ['a', 'aic_mac_ratio', 'with "quotes"', 'ключ', ''];

test('all keys of any args are what JSON.parse makes of them', async () => {
  const scalar = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string({ unit: 'grapheme' }));
  const value = fc.oneof(scalar, fc.integer(), fc.jsonValue({ maxDepth: 2 }));
  const args = fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 3 })), value);
  await fc.assert(
    fc.asyncProperty(fc.array(args, { minLength: 1, maxLength: 8 }), async (list) => {
      const { timeline } = await readEvents(
        'chrome-json',
        list.map((each, at) => slice(at, JSON.stringify(each))),
      );
      await expectParsed(timeline, KEYS);
    }),
    { seed: 20261121 },
  );
});

const TABLES_AND_TIMELINES =
  /^ascend\/.*(op_summary.*|kernel_details.*)\.csv$|^ascend\/msprof-2026.*msprof_\d+\.json$|level1\/rank0.*trace_view\.json$/;

test.each(samplesLike(TABLES_AND_TIMELINES))('all keys of %s are what JSON.parse makes of them', async (path) => {
  const reader = path.endsWith('.csv') ? 'ascend-op-csv' : 'ascend-msprof-json';
  const { timeline } = await readFiles(reader, [{ path, bytes: readSample(path) }]);
  const keys = new Set((await argsTexts(timeline)).flatMap((text) => (text === '' ? [] : Object.keys(parsed(text)))));
  expect(keys.size).toBeGreaterThan(3);
  await expectParsed(timeline, [...keys]);
});

async function expectParsed(timeline: Timeline, keys: readonly string[]): Promise<void> {
  const args = (await argsTexts(timeline)).map((text) => (text === '' ? {} : parsed(text)));
  for (const kind of ['number', 'text'] as const) {
    const columns = await columnsOf(
      timeline,
      keys.map((key) => ({ key, kind })),
    );
    for (const column of columns) {
      const found = valuesOf(column).map((value, row) => (isText(args[row][column.key]) ? value : reparsed(value)));
      expect(found, column.key).toEqual(args.map((each) => expected(each[column.key], kind)));
    }
  }
}

function expected(value: unknown, kind: ArgKey['kind']): unknown {
  if (kind === 'text') return value === null ? undefined : value;
  const isNumber = isText(value) && /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value);
  const number = isNumber ? Number(value) : value;
  return typeof number === 'number' ? number : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** What is no string is text as it stands in the file: there it may be spelled in several ways. */
function reparsed(value: number | string | undefined): unknown {
  return isText(value) ? JSON.parse(value) : value;
}

function parsed(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  return Object.fromEntries(Object.entries(value as object));
}
