// What --anonymize promises, of everything that a command writes or says, or a page is answered: no original is in it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as locale from '../../src/locale/index.ts';
import type * as platform from '../../src/platform/node/index.ts';
import type * as reports from '../../src/report/index.ts';
import type * as sessions from '../../src/session/index.ts';
import type * as requests from '../../src/session/requests/index.ts';
import type { Ask, RequestName, ViewedRun, Window } from '../../src/session/requests/index.ts';
import type * as opening from '../../src/session/requests/open-viewed-run.ts';
import { KEPT, ORIGINALS, plantAscend, plantBenchmark, plantKineto } from '../support/planted-originals.ts';
import { type Ended, freshFolder, textOf, traceconv } from './command.ts';
import { built, traceconvHere } from './in-process.ts';

const TIMEOUT_MS = 120_000;
const folder = freshFolder();
const before = process.cwd();
let kineto: string;
let ascend: string;
beforeAll(() => {
  kineto = plantKineto(folder);
  ascend = plantAscend(folder);
  process.chdir(folder);
});
afterAll(() => process.chdir(before));

/** All that is readable in some bytes, also behind compression and base64. */
function readable(bytes: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(bytes);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return readable(gunzipSync(bytes));
  const packed = /id="traceconv-saved">([^<]+)</.exec(text)?.[1];
  if (packed !== undefined) return text.replace(packed, '') + readable(Buffer.from(packed, 'base64'));
  return text;
}

const originalsIn = (text: string): string[] =>
  ORIGINALS.filter((original) => text.toLowerCase().includes(original.toLowerCase()));

/** Runs a command in the folder of the captures; returns what it wrote and said. */
async function outcome(
  words: readonly string[],
  run: (words: readonly string[]) => Promise<Ended> = traceconvHere,
): Promise<{ text: string; exitCode: number | null }> {
  const before = new Set(readdirSync(folder));
  const { stdout, stderr, exitCode } = await run(words);
  const written = readdirSync(folder).filter((name) => !before.has(name));
  const outputs = written.map((name) => readable(new Uint8Array(readFileSync(join(folder, name)))));
  return { text: [textOf(stdout), stderr, ...outputs].join('\n'), exitCode };
}

let outputCount = 0;
const output = (ending: string): string => `out-${++outputCount}.${ending}`;

const COMMANDS: readonly (readonly [title: string, words: (input: string) => string[]])[] = [
  ['convert to JSON', (input) => ['convert', input, '-o', output('json'), '--verbose']],
  ['convert to compressed JSON', (input) => [input, '-o', output('json.gz')]],
  ['convert to Perfetto', (input) => [input, '-o', output('pftrace')]],
  ['report as text', (input) => ['report', input, '--verbose']],
  ['report as Markdown', (input) => ['report', input, '--format', 'md', '--lang', 'zh']],
  ['report as HTML', (input) => ['report', input, '--format', 'html', '-o', output('html')]],
  ['report as JSON', (input) => ['report', input, '--json']],
  ['report as CSV', (input) => ['report', input, '--format', 'csv', '--section', 'topops']],
  ['top', (input) => ['top', input, '--by', 'name']],
  ['bubbles', (input) => ['bubbles', input, '--bubbles', 'stream']],
  ['inspect as text', (input) => ['inspect', input, '--verbose']],
  ['inspect as JSON', (input) => ['inspect', input, '--json']],
  ['view --save', (input) => ['view', input, '--save', output('html')]],
  ['baseline', (input) => ['baseline', input, '--whole-run', '-o', output('json')]],
  [
    'compare --across-devices',
    (input) => [
      ...['compare', '--across-devices', input, input, '--whole-run', '--verbose'],
      ...['md', 'html', 'json'].flatMap((form) => ['--report', `${form}=${output(form)}`]),
    ],
  ],
  [
    'compare',
    (input) => [
      ...['compare', '--base', input, '--head', input, '--whole-run', '--verbose'],
      ...['md', 'html', 'json', 'junit'].flatMap((form) => ['--report', `${form}=${output(form)}`]),
    ],
  ],
];

/** Other forms of what the others say, too. */
const SAME_SAID = /compressed|Markdown|CSV|top|bubbles/;

describe.each([
  ['of torch.profiler', () => kineto, COMMANDS],
  ['of torch_npu', () => ascend, COMMANDS.filter(([title]) => !SAME_SAID.test(title))],
] as const)('captures %s', (_, input, commands) => {
  test.each(commands)(
    '%s',
    async (_title, words) => {
      const { text, exitCode } = await outcome([...words(input()), '--anonymize']);
      expect(exitCode, text).toBe(0);
      expect(originalsIn(text)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

test.each(COMMANDS.filter(([title]) => /^(inspect|report as (text|JSON|HTML)|baseline|compare$)/.test(title)))(
  'the result of a benchmark: %s',
  async (_title, words) => {
    const { text, exitCode } = await outcome([...words(plantBenchmark(folder)), '--anonymize']);
    expect(exitCode, text).toBe(0);
    expect(originalsIn(text)).toEqual([]);
    expect(text).toMatch(/ttft/i);
  },
  TIMEOUT_MS,
);

test(
  'without the option they are there, and what ops are called is there with it',
  async () => {
    const asUsed = (words: readonly string[]): Promise<Ended> => traceconv(words, { cwd: folder });
    const plain = await outcome(['convert', kineto, '-o', output('json')], asUsed);
    expect(originalsIn(plain.text)).toEqual(ORIGINALS.filter((each) => each !== 'gpu-pool-west'));
    const anonymous = await outcome(['convert', kineto, '-o', output('json'), '--anonymize'], asUsed);
    expect(originalsIn(anonymous.text)).toEqual([]);
    expect(KEPT.filter((name) => !anonymous.text.includes(name))).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  'a baseline that was written with names is read without them',
  async () => {
    await outcome(['baseline', kineto, '--whole-run', '-o', 'named.json']);
    const { text, exitCode } = await outcome([
      ...['compare', 'named.json', kineto, '--whole-run', '--anonymize', '--report', 'json=cmp.json'],
    ]);
    expect(exitCode, text).toBe(0);
    expect(originalsIn(text)).toEqual([]);
  },
  TIMEOUT_MS,
);

test.each([
  ['an input that is not there', ['report', join('zelda.quux', 'moonshot.json')], 3],
  ['an output that cannot be written', ['PLANTED', '-o', join('moonshot', 'zelda.json')], 7],
  ['a file that is no trace', ['report', join('blackbird-runs', 'zelda.quux.json')], 3],
  ['an output that is an input', ['PLANTED', '-o', 'PLANTED'], 2],
])('an error about %s', async (_, words, expected) => {
  const { text, exitCode } = await outcome([
    ...words.map((word) => (word === 'PLANTED' ? kineto : word)),
    '--anonymize',
  ]);
  expect(exitCode, text).toBe(expected);
  expect(originalsIn(text)).toEqual([]);
  expect(text).toMatch(/path-\d|file-\d/);
});

const { LANGUAGES } = await built<typeof locale>('locale/index.js');
const { SECTIONS } = await built<typeof reports>('report/index.js');
const { NodeHost } = await built<typeof platform>('platform/node/index.js');
const { Anonymiser } = await built<typeof sessions>('session/index.js');
const { answer, encodeAnswer } = await built<typeof requests>('session/requests/index.js');
const { openViewedRun } = await built<typeof opening>('session/requests/open-viewed-run.js');

/** Of every request all that may hold a text. */
const ASKS: { readonly [Name in RequestName]: (viewed: ViewedRun) => readonly Ask<Name>[] } = {
  run: () => [{}],
  window: (viewed) => [{ ...windowOf(viewed), tracks: allTracks(viewed), colourBy: 'name' }],
  counters: (viewed) => [{ ...windowOf(viewed), tracks: allTracks(viewed) }],
  instants: (viewed) => [{ ...windowOf(viewed), tracks: allTracks(viewed) }],
  devices: (viewed) => [{ ...windowOf(viewed), kind: 'device' }],
  slice: allSlices,
  find: () => ['', ...ORIGINALS].map((text) => ({ text, limit: 1000 })),
  instances: () => ['', 'MatMul', 'sgemm_128x64'].map((key) => ({ by: 'name', key, limit: 1000 })),
  neighbour: (viewed) => allSlices(viewed).map((place) => ({ ...place, direction: 1 })),
  nextBubble: () => [{ afterNs: 0, kind: 'device', leastNs: 0 }],
  bubble: ({ analysis }) => analysis.devices.map((_, device) => ({ device, kind: 'device', row: 0, leastNs: 0 })),
  selection: (viewed) => [{ startNs: 0, endNs: viewed.run.endNs, tracks: allTracks(viewed) }],
  communication: () => [{}],
  memory: () => [{}],
  flame: () => [{ measure: 'host', limit: 1000 }],
  report: () => LANGUAGES.map((language) => ({ language, sections: [...SECTIONS], limit: 1000 })),
  summary: () => [{ wholeRun: true }],
};

const allTracks = ({ tracks }: ViewedRun): number[] => tracks.map((_, track) => track);
const windowOf = ({ run: { endNs } }: ViewedRun): Window => ({ startNs: 0, endNs, columnCount: 100 });
function allSlices({ tracks }: ViewedRun): { track: number; slice: number }[] {
  return tracks.flatMap(({ shard, track: own }, track) => {
    const [from, to] = shard.timeline.sliceRange.subarray(own, own + 2);
    return Array.from({ length: Math.min(to - from, 5) }, (_, i) => ({ track, slice: from + i }));
  });
}

test.each([
  ['of torch.profiler', () => [kineto], Object.keys(ASKS)],
  ['of torch_npu', () => [ascend], Object.keys(ASKS)],
  ['of a benchmark', () => [plantBenchmark(folder)], ['run', 'report', 'summary']],
] as const)(
  'a page that shows a capture %s is answered every request without a name',
  async (_, inputs, expected) => {
    const answered = async (anonymiser?: sessions.Anonymiser): Promise<Map<string, string>> => {
      const host = new NodeHost();
      const tool = { name: 'traceconv', version: '0' };
      const { viewed } = await openViewedRun('run', inputs(), host, { anonymiser }, tool);
      const texts = new Map<string, string>();
      for (const name of Object.keys(ASKS) as RequestName[]) {
        const answers = ASKS[name](viewed).map((ask) => answer(viewed, name, ask).catch(() => undefined));
        const bytes = (await Promise.all(answers)).flatMap((each) => (each === undefined ? [] : encodeAnswer(each)));
        texts.set(name, bytes.map((each) => new TextDecoder('latin1').decode(each)).join('\n'));
      }
      await host.close();
      return texts;
    };
    const [plain, anonymous] = [await answered(), await answered(new Anonymiser())];
    expect(originalsIn([...plain.values()].join('\n'))).toContain('zelda');
    for (const [name, text] of anonymous) expect([name, originalsIn(text)]).toEqual([name, []]);
    expect(expected.filter((name) => plain.get(name) === '')).toEqual([]);
  },
  TIMEOUT_MS,
);
