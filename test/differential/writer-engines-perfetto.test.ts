// The WebAssembly twin of the Perfetto writer against the TypeScript one, which is its specification: same bytes, same
// diagnostics, whatever a run holds.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Run, Timeline } from '../../src/timeline/index.ts';
import { newWriterInstance } from '../../src/writers/perfetto/wasm/writer-module.ts';
import { writePerfetto } from '../../src/writers/perfetto/write.ts';
import { titledCaptures } from '../support/fixtures.ts';
import { diagnosticLines, readFiles } from '../support/reading.ts';
import { ASCEND_TIMELINES, noticeWhenAbsent, readSample, samplesLike, TORCH_TRACES } from '../support/samples.ts';
import { runOf, type SliceSpec, type TrackSpec, written } from '../unit/writers/run-of.ts';

noticeWhenAbsent('both engines of the Perfetto writer on real captures');

test('this machine runs the WebAssembly writer, or all that follows says nothing', () => {
  const caller = { startLane: zero, introduceString: zero, appendArgs: zero, putNumber: zero };
  expect(newWriterInstance(caller)).toBeDefined();
});

describe('every fixture', () => {
  test.each(titledCaptures())('$title', async ({ capture: { readerId, files } }) => {
    const { timeline } = await readFiles(readerId, files);
    await expectSame(oneShard(timeline));
  });
});

describe('every sample', { timeout: 300_000 }, () => {
  test.each([...samplesLike(ASCEND_TIMELINES), ...samplesLike(TORCH_TRACES)])('%s', async (path) => {
    const readerId = path.startsWith('ascend') ? 'ascend-msprof-json' : 'chrome-json';
    const { timeline } = await readFiles(readerId, [{ path, bytes: readSample(path) }]);
    await expectSame(oneShard(timeline));
  });
});

describe('args', () => {
  const longKey = 'k'.repeat(70);
  test.each([
    ['numbers', '{"a":0,"b":-1,"c":007,"d":-0,"e":1e5,"f":-1.5E-3,"g":+1,"h":.5,"i":5.,"j":0.0,"k":-0.0,"l":00.5}'],
    ['numbers of many digits', '{"a":999999999999999,"b":1234567890123456,"c":9223372036854775808,"d":1e400}'],
    ['decimals of many digits', '{"a":0.0012104705704342564,"b":256.9252067381317,"c":9007199254740993.5,"d":0.1}'],
    ['decimals at the border', '{"a":0.123456789012345678,"b":0.1234567890123456789,"c":12.1234567890123456789}'],
    ['words', '{"a":true,"b":false,"c":null,"d":NaN,"e":12x}'],
    ['short and long texts', `{"a":"","b":"xy","c":"xyz","d":"${'x'.repeat(64)}","e":"${'x'.repeat(65)}"}`],
    ['a text of many lengths', `{"a":"${'y'.repeat(120)}","b":"${'z'.repeat(130)}","c":"${'z'.repeat(20_000)}"}`],
    ['escapes and Unicode', '{"a":"x\\ny","\\u0062":"\\ud800","c":"é 中文 😀","é":1,"\\\\":2}'],
    ['control bytes', '{"a":"x\ty","b\t":1,"c":"\u007f"}'],
    ['keys', `{"":1,"${longKey}":2,"${longKey}":"x","a":1,"a":2,"${longKey.repeat(5)}":3}`],
    ['white space', ' { "a" : 1 , "b"\n:\t"x" }\n'],
    ['space before a comma', '{"a":1 ,"b":"x" ,"c":2 }'],
    ['nesting', '{"a":1,"b":{"c":[1,"x",{"d":null}],"e":{}},"f":[],"g":"behind"}'],
    ['deep nesting', `{"a":${'{"b":['.repeat(60)}1${']}'.repeat(60)},"c":1}`],
    ['no object', '[1,"x"]'],
    ['broken off in a text', '{"a":"x'],
    ['broken off behind a colon', '{"a":1,"b":'],
    ['broken off in a number', '{"a":12'],
    ['a bracket too many', '{"a":1}}'],
    ['commas too many', '{"a":1,,"b":2,}'],
    ['nothing', '{}'],
  ])('%s, again and again', async (_, args) => {
    const usual = '{"a":1,"b":"usual","c":"usual too"}';
    await expectSame(runWithArgs([args, args, usual, args, usual, usual, args]));
  });

  test('in any mixture', async () => {
    const mixture = fc.array(fc.oneof({ weight: 4, arbitrary: usualArgs }, oddArgs), { minLength: 20, maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(mixture, (texts) => expectSame(runWithArgs(texts))),
      { numRuns: 150, seed: 7 },
    );
  });

  test('any numbers', async () => {
    const digits = (maxLength: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength });
    const number = fc
      .tuple(fc.constantFrom('', '', '', '-'), digits(20), digits(22), fc.constantFrom('', '', '', '', 'e3', 'E-20'))
      .map(([sign, whole, places, exponent]) => `${sign}${whole.replace(/^0+(?=.)/, '')}.${places}${exponent}`);
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(number, doubles, digits(22)), { minLength: 100, maxLength: 300 }), (numbers) =>
        expectSame(runWithArgs(numbers.map((each) => `{"a":${each}}`))),
      ),
      { numRuns: 60, seed: 3 },
    );
  });

  test('more keys, more joints and more texts than their tables hold', async () => {
    const many = (count: number, member: (i: number) => string) =>
      `{${Array.from({ length: count }, (_, i) => member(i)).join()}}`;
    const texts = Array.from({ length: 300 }, (_, k) => many(1000, (i) => `"a":"t${k}_${i}","b":"t${k}_${i}"`));
    await expectSame(
      runWithArgs([
        ...texts,
        '{"a":"t0_0","b":"late","c":"late"}',
        many(5000, (i) => `"joint${i}":${i}`),
        many(66_000, (i) => `"key${i}":{"in":"it"}`),
        '{"a":"t0_0","b":"late","new key":"late"}',
      ]),
    );
  });

  test('longer than what is kept of a file, and than the memory', async () => {
    const long = (sizeBytes: number) => `{"a":"usual","long":"${'x'.repeat(sizeBytes)}","b":"usual"}`;
    const usual = '{"a":"usual","b":"usual"}';
    await expectSame(runWithArgs([usual, long(100_000), usual, long(2 << 20), usual]));
    await expectSame(runWithArgs([usual, ...Array.from({ length: 300 }, () => long(150_000)), usual]));
    await expectSame(runWithArgs([usual, long(18 << 20), usual, usual, long(40 << 20), usual]));
  });
});

describe('rows', () => {
  test('of many tracks, lanes and parts, with arrows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyTrack, { minLength: 1, maxLength: 6 }), fc.nat(1000), async (tracks, seed) => {
        const part = {
          processes: [{ tracks: [{ slices: NAMED }, ...tracks] }],
          flows: Array.from({ length: 12 }, (_, i) => ({ name: 'f', from: `n${(i * seed) % 9}`, to: `n${i % 7}` })),
        };
        const run = runOf([part, { processes: [{ tracks: [...tracks].reverse() }] }]);
        const shifted = run.shards.map((shard, i) => ({ ...shard, shiftNs: i * 12_345 }));
        await expectSame({ ...run, shards: shifted });
      }),
      { numRuns: 80, seed: 11 },
    );
  });

  test('with names larger than the output is at once, and arrows without number', async () => {
    const slices = Array.from({ length: 20 }, (_, i): SliceSpec => ({ name: `n${i}`, startNs: i * 10, durNs: 10 }));
    const names = ['x'.repeat(3 << 20), 'y'.repeat(200), 'z'.repeat(20_000)];
    const long = names.map((name, i): SliceSpec => ({
      name,
      category: name,
      startNs: 300 + i,
      durNs: 1,
      args: '{"a":1}',
    }));
    const flows = Array.from({ length: 150_000 }, (_, i) => ({ name: 'f', from: 'n3', to: `n${4 + (i % 3)}` }));
    await expectSame(runOf({ processes: [{ tracks: [{ slices: [...slices, ...long, ...slices] }] }], flows }));
  });

  test('many, so that they come in several windows and outputs', async () => {
    const slices = Array.from({ length: 80_000 }, (_, i): SliceSpec => ({
      name: `n${i % 1000}`,
      startNs: i * 7,
      durNs: (i * 31) % 50,
      args: i % 3 === 0 ? `{"a":${i},"b":"text ${i % 400}","c":${i / 7}}` : i % 50 === 0 ? `{"a":[${i}]}` : '',
    }));
    const samples = Array.from({ length: 30_000 }, (_, i) => ({
      timeNs: i,
      value: i % 1000 === 7 ? Number.POSITIVE_INFINITY : i / 4,
    }));
    await expectSame(runOf({ processes: [{ tracks: [{ slices }, { kind: 'counter', samples }] }] }));
  });
});

/** The first slices of their names. */
const NAMED = Array.from({ length: 9 }, (_, i): SliceSpec => ({ name: `n${i}`, startNs: i, durNs: 2 }));

const sometimes = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd });
const usualKey = fc.constantFrom('a', 'b', 'Task Type', 'connection_id', 'a key rather long to be compared in one go');
const usualText = fc.constantFrom('"AI_CORE"', '"AI_VECTOR_CORE"', '"x"', '""', '"usual"', '"one more usual text"');
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 90 }).map((text) => JSON.stringify(text)),
  fc.constantFrom('"\\u0041\\x"', '"a\tb"', '"é"', '"unclosed', `"${'x'.repeat(64)}"`, `"${'x'.repeat(200)}"`),
);
const usualNumber = fc.oneof(
  fc.nat().map(String),
  fc.constantFrom('0', '-3', '4294967295', '0.125', '48256.875', '0.0012104705704342564', '999999999999999'),
);
const oddNumber = fc.oneof(
  fc.double().map(String),
  fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }).map(String),
  fc.constantFrom('-0', '-', '1.', '.5', '007', '1e5', '1e-400', '-1.5e-3', '1 ', '+1', '1e999', '0.30000000000000004'),
);
const oddValue = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.constantFrom('true', 'false', 'null', 'nul', '', '{"a":1}', '[1,[2]]', '[}', '{}'),
);
const space = fc.constantFrom('', '', '', '', ' ', '\n\t ');
const usualArgs = objectOf(usualKey, fc.oneof(usualNumber, usualText), fc.constant(''));
const oddArgs = fc.oneof(
  objectOf(
    sometimes(usualKey, fc.constantFrom('', 'é', 'x"y', 'a\\nb', 'k'.repeat(61), 'k'.repeat(70))),
    fc.oneof(sometimes(usualNumber, oddNumber), sometimes(usualText, oddText), oddValue),
    space,
  ),
  fc.string({ unit: fc.constantFrom(...'{}[]",:a1. \\e-'), maxLength: 30 }),
);

function objectOf(key: fc.Arbitrary<string>, value: fc.Arbitrary<string>, gaps: fc.Arbitrary<string>) {
  const member = fc.tuple(key, value).map(([name, json]) => `"${name}"`.concat(':', json));
  return fc
    .tuple(fc.array(member, { maxLength: 6 }), gaps)
    .map(([members, gap]) => `{${gap}${members.join(`,${gap}`).replaceAll('":', `":${gap}`)}}`);
}

const anySlice = fc
  .tuple(fc.nat(40), fc.nat(30), fc.nat(9), fc.nat(3), fc.oneof(usualArgs, oddArgs, fc.constant('')))
  .map(([startNs, durNs, name, category, args]): SliceSpec => {
    const usual = { name: `n${name}`, startNs, durNs: Math.max(0, durNs - 5), args, strict: false };
    return category === 0 ? usual : { ...usual, category: `c${category}` };
  });
const anyInstant = fc
  .tuple(fc.nat(40), fc.nat(9), fc.oneof(usualArgs, fc.constant('')))
  .map(([timeNs, name, args]) => ({ name: `n${name}`, timeNs, args }));
const anySample = fc
  .tuple(
    fc.nat(40),
    fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.maxSafeInteger(), fc.constantFrom(-0, 2 ** 53, -(2 ** 63))),
  )
  .map(([timeNs, value]) => ({ timeNs, value }));
const anyTrack: fc.Arbitrary<TrackSpec> = fc
  .tuple(fc.array(anySlice, { maxLength: 25 }), fc.array(anyInstant, { maxLength: 5 }), fc.array(anySample))
  .map(([slices, instants, samples]) => ({
    slices,
    instants: instants.toSorted((a, b) => a.timeNs - b.timeNs),
    samples: samples.toSorted((a, b) => a.timeNs - b.timeNs),
  }));

function runWithArgs(texts: readonly string[]): Run {
  const slices = texts.map((args, i): SliceSpec => ({ name: 'op', startNs: i, durNs: 1, args, strict: false }));
  return runOf({ processes: [{ tracks: [{ slices }] }] });
}

function oneShard(timeline: Timeline): Run {
  const shard = { timeline, readerId: 'test', files: ['trace.json'], shiftNs: 0 };
  return { originNs: timeline.originNs, endNs: timeline.endNs, shards: [shard] };
}

async function expectSame(run: Run): Promise<void> {
  const expected = await written(writePerfetto, run, { engine: 'typescript' });
  const { bytes, diagnostics } = await written(writePerfetto, run, { engine: 'wasm' });
  expect(diagnosticLines(diagnostics)).toEqual(diagnosticLines(expected.diagnostics));
  expect(bytes.length).toBe(expected.bytes.length);
  expect(Buffer.compare(bytes, expected.bytes)).toBe(0);
}

function zero(): number {
  return 0;
}
