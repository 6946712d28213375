// What --anonymize promises, of everything that a command writes or says: no original is in it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { KEPT, ORIGINALS, plantAscend, plantBenchmark, plantKineto } from '../support/planted-originals.ts';
import { freshFolder, textOf, traceconv } from './command.ts';

const TIMEOUT_MS = 120_000;
const folder = freshFolder();
let kineto: string;
let ascend: string;
beforeAll(() => {
  kineto = plantKineto(folder);
  ascend = plantAscend(folder);
});

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
async function outcome(words: readonly string[]): Promise<{ text: string; exitCode: number | null }> {
  const before = new Set(readdirSync(folder));
  const { stdout, stderr, exitCode } = await traceconv(words, { cwd: folder });
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

describe.each([
  ['of torch.profiler', () => kineto],
  ['of torch_npu', () => ascend],
])('captures %s', (_, input) => {
  test.each(COMMANDS)(
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
    const plain = await outcome(['convert', kineto, '-o', output('json')]);
    expect(originalsIn(plain.text)).toEqual(ORIGINALS.filter((each) => each !== 'gpu-pool-west'));
    const anonymous = await outcome(['convert', kineto, '-o', output('json'), '--anonymize']);
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
