import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { EnvironmentError, InputError, type Source, UsageError } from '../../src/base/index.ts';
import { globToRegExp } from '../../src/platform/node/glob.ts';
import { NodeHost, writeOutput } from '../../src/platform/node/index.ts';
import { spool } from '../../src/platform/node/spool.ts';

const root = mkdtempSync(join(tmpdir(), 'traceconv platform '));
afterAll(() => rmSync(root, { recursive: true }));

let folderCount = 0;
function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = join(root, `case-${folderCount++}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

async function openOnly(path: string): Promise<Source> {
  const host = new NodeHost();
  const { files } = await host.find(path);
  return host.openSource(files[0]);
}

/** A copy of everything: chunks are only valid until the next one. */
async function allOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const kept: Uint8Array[] = [];
  for await (const chunk of chunks) kept.push(chunk.slice());
  const whole = new Uint8Array(kept.reduce((sum, { length }) => sum + length, 0));
  kept.reduce((at, chunk) => {
    whole.set(chunk, at);
    return at + chunk.length;
  }, 0);
  return whole;
}

/** Comparing megabytes element by element, as toEqual does, takes seconds. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Bytes that do not compress. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 24;
  });
}

function gzip(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(bytes));
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function failureOf(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => new Error('nothing failed'),
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error;
  throw new Error(`no error but ${String(error)}`);
}

describe('a glob', () => {
  const cases: [pattern: string, matches: string[], others: string[]][] = [
    ['msprof_*.json', ['msprof_1.json', 'msprof_.json'], ['a/msprof_1.json', 'msprof_1.json.gz', '.msprof_1.json']],
    [
      'run/**/trace_view.json',
      ['run/trace_view.json', 'run/a/b/trace_view.json'],
      ['trace_view.json', 'run/.x/trace_view.json'],
    ],
    ['rank[0-3]?/*', ['rank01/x', 'rank3_/x'], ['rank4_/x', 'rank0/x', 'rank01/.x']],
    ['a[!b]c', ['axc'], ['abc', 'a/c']],
    ['{a,b*}.json', ['a.json', 'bcd.json'], ['c.json', 'a,b.json']],
    ['f(1)+$.json', ['f(1)+$.json'], ['f1.json']],
    ['**', ['a', 'a/b/c'], ['.git/a']],
  ];
  it.each(cases)('%s', (pattern, matches, others) => {
    const wanted = globToRegExp(pattern);
    expect(matches.filter((name) => !wanted.test(name))).toEqual([]);
    expect(others.filter((name) => wanted.test(name))).toEqual([]);
  });
});

describe('finding inputs', () => {
  it('lists a folder recursively in natural order, hidden names left out', async () => {
    const folder = folderWith({
      'slice_10.json': '',
      'slice_2.json': '',
      'deep/er/x.csv': '',
      '.hidden/y': '',
      '.z': '',
    });
    const found = await new NodeHost().find(folder);
    expect(found.kind).toBe('folder');
    expect(found.files.map(({ path }) => path.slice(folder.length + 1))).toEqual([
      'deep/er/x.csv',
      'slice_2.json',
      'slice_10.json',
    ]);
  });

  it('expands a quoted glob, with everything below a folder it matches', async () => {
    const folder = folderWith({ 'rank0/a.json': '', 'rank1/deep/b.json': '', 'other/c.json': '' });
    const found = await new NodeHost().find(`${folder}/rank*`);
    expect(found.files.map(({ path }) => basename(path))).toEqual(['a.json', 'b.json']);
  });

  it('takes a file whose name has brackets for itself', async () => {
    const folder = folderWith({ 'a[1].json': 'x', 'a1.json': 'x' });
    const found = await new NodeHost().find(join(folder, 'a[1].json'));
    expect(found).toMatchObject({ kind: 'file', files: [{ sizeBytes: 1 }] });
  });

  it('sees that two names lead to one file, and does not run in circles', async () => {
    const folder = folderWith({ 'a.json': 'x', 'sub/b.json': 'y' });
    linkSync(join(folder, 'a.json'), join(folder, 'hard.json'));
    symlinkSync(join(folder, 'a.json'), join(folder, 'soft.json'));
    symlinkSync(join(folder, 'sub'), join(folder, 'sub', 'circle'));
    symlinkSync(join(folder, 'gone'), join(folder, 'dangling.json'));
    const { files } = await new NodeHost().find(folder);
    expect(files.map(({ path }) => basename(path))).toEqual(['a.json', 'hard.json', 'soft.json', 'b.json']);
    expect(new Set(files.map(({ identity }) => identity)).size).toBe(2);
  });

  it.each(['no such file.json', 'no such *.json'])('says that %s names nothing', async (name) => {
    const error = await failureOf(new NodeHost().find(join(root, name)));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: 'not_found' });
    expect(error.message).toContain(name);
  });
});

describe('opening a plain file', () => {
  it('streams and slices any range', async () => {
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => i * 7);
    const source = await openOnly(join(folderWith({ 'big.bin': bytes }), 'big.bin'));
    expect(sameBytes(await allOf(source.stream()), bytes)).toBe(true);
    expect(await source.slice(1_048_570, 1_048_590)).toEqual(bytes.slice(1_048_570, 1_048_590));
    expect(sameBytes(await allOf(source.stream(5, 2_500_000)), bytes.slice(5, 2_500_000))).toBe(true);
  });

  it('refuses to go on with a file that has changed since', async () => {
    const path = join(folderWith({ 'a.json': 'before' }), 'a.json');
    const source = await openOnly(path);
    writeFileSync(path, 'after, and longer');
    for (const work of [() => source.slice(0, 3), () => allOf(source.stream())]) {
      expect(await failureOf(work())).toMatchObject({ name: 'EnvironmentError', code: 'source_changed' });
    }
  });

  it.skipIf(process.getuid?.() === 0)('says when there is no permission (not testable as root)', async () => {
    const path = join(folderWith({ 'secret.json': '[]' }), 'secret.json');
    chmodSync(path, 0);
    const error = await failureOf(openOnly(path));
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(error).toMatchObject({ code: 'no_permission', path });
  });
});

describe('opening gzip', () => {
  const content = bytesOf('[{"ph":"X"}]'.repeat(50_000));

  it('undoes it by its first bytes, several members one after the other', async () => {
    const members = Uint8Array.from([...gzip(content.subarray(0, 1000)), ...gzip(content.subarray(1000))]);
    const source = await openOnly(join(folderWith({ 'named.json': members }), 'named.json'));
    expect(source.sizeBytes).toBe(content.length);
    expect(sameBytes(await allOf(source.stream()), content)).toBe(true);
    expect(textOf(await source.slice(12, 24))).toBe('[{"ph":"X"}]');
  });

  it('reads the head without the rest', async () => {
    const whole = gzip(content);
    const path = join(folderWith({ 'a.gz': whole.subarray(0, whole.length - 20) }), 'a.gz');
    const host = new NodeHost();
    const head = await host.readHead((await host.find(path)).files[0], 12);
    expect(textOf(head)).toBe('[{"ph":"X"}]');
  });

  it('reads of a truncated one all that its bytes hold, and tells where it ends', async () => {
    const whole = gzip(content);
    const path = join(folderWith({ 'a.json.gz': whole.subarray(0, -8) }), 'a.json.gz');
    const source = await openOnly(path);
    expect(source.cutAtBytes).toBe(whole.length - 8);
    expect(sameBytes(await allOf(source.stream()), content)).toBe(true);
  });

  it('refuses one of which nothing can be had, one whose check is wrong, and one with something else behind it', async () => {
    const [whole, wrong] = [gzip(content), gzip(content)];
    wrong[wrong.length - 8] ^= 1;
    const cases: [Uint8Array, object][] = [
      [whole.subarray(0, 9), { code: 'gzip_truncated', at: { offset: 9 } }],
      [wrong, { code: 'gzip_damaged' }],
      [Uint8Array.from([...whole, 0, 0, 7]), { code: 'gzip_damaged', at: { offset: whole.length } }],
    ];
    for (const [bytes, expected] of cases) {
      const path = join(folderWith({ 'a.json.gz': bytes }), 'a.json.gz');
      const host = new NodeHost();
      const [file] = (await host.find(path)).files;
      const work = async (): Promise<unknown> => {
        await host.readHead(file, 16);
        return host.openSource(file);
      };
      expect(await failureOf(work())).toMatchObject(expected);
    }
    const padded = Uint8Array.from([...whole, 0, 0, 0]);
    expect((await openOnly(join(folderWith({ 'a.gz': padded }), 'a.gz'))).sizeBytes).toBe(content.length);
  });

  it('tells where a damaged one stops making sense, to within 64 kB', async () => {
    const whole = gzip(noise(300_000));
    const damagedAt = 200_000;
    whole.fill(0xff, damagedAt, damagedAt + 100);
    const path = join(folderWith({ 'a.json.gz': whole }), 'a.json.gz');
    const error = await failureOf(openOnly(path));
    expect(error).toMatchObject({ name: 'InputError', code: 'gzip_damaged' });
    const offset = error instanceof InputError ? (error.at.offset ?? -1) : -1;
    expect(offset).toBeGreaterThan(damagedAt - 65_536);
  });
});

describe('spooling a stream', () => {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < 100; i++) yield bytesOf(`${String(i).padStart(9)}\n`);
  }
  const expected = Array.from({ length: 100 }, (_, i) => `${String(i).padStart(9)}\n`).join('');

  it.each([
    ['in memory while it is small', 1000],
    ['in a scratch file beyond that', 999],
  ])('keeps it %s', async (_, limitBytes) => {
    const before = readdirSync(tmpdir()).filter((name) => name.endsWith('.scratch'));
    const { source, close } = await spool('stream', pieces(), limitBytes);
    expect(source.sizeBytes).toBe(1000);
    expect(textOf(await allOf(source.stream()))).toBe(expected);
    expect(textOf(await source.slice(990, 1000))).toBe('       99\n');
    expect(readdirSync(tmpdir()).filter((name) => name.endsWith('.scratch'))).toEqual(before);
    await close();
  });

  it.skipIf(process.platform === 'win32')('reads a named pipe as often as it is asked', async () => {
    const pipe = join(folderWith({}), 'pipe');
    execFileSync('mkfifo', [pipe]);
    spawn('sh', ['-c', 'printf "[1,2,3]" | gzip > "$0"', pipe], { stdio: 'ignore' });
    const host = new NodeHost();
    const [file] = (await host.find(pipe)).files;
    expect(textOf(await host.readHead(file, 4))).toBe('[1,2');
    expect(textOf(await allOf((await host.openSource(file)).stream()))).toBe('[1,2,3]');
  });
});

describe('writing an output', () => {
  it('replaces the old file as a whole and keeps its mode', async () => {
    const folder = folderWith({ 'out.json': 'old' });
    const path = join(folder, 'out.json');
    chmodSync(path, 0o640);
    const written = await writeOutput(path, async (output) => {
      await output.write(bytesOf('new '));
      expect(readFileSync(path, 'utf8')).toBe('old');
      await output.write(bytesOf('content'));
    });
    expect(written).toBe(11);
    expect(readFileSync(path, 'utf8')).toBe('new content');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['out.json']);
  });

  it('leaves the old file and no debris when the work fails', async () => {
    const folder = folderWith({ 'out.json.gz': 'old' });
    const path = join(folder, 'out.json.gz');
    const error = await failureOf(
      writeOutput(path, async (output) => {
        await output.write(bytesOf('half of '));
        throw new Error('the other half is missing');
      }),
    );
    expect(error.message).toBe('the other half is missing');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['out.json.gz']);
  });

  it('compresses where the name ends in .gz, from buffers that are used again', async () => {
    const path = join(folderWith({}), 'out.json.gz');
    const buffer = new Uint8Array(70_000);
    const written = await writeOutput(path, async (output) => {
      for (let i = 0; i < 20; i++) await output.write(buffer.fill(i));
    });
    expect(written).toBe(statSync(path).size);
    const unpacked = gunzipSync(new Uint8Array(readFileSync(path)));
    expect(unpacked.length).toBe(1_400_000);
    expect(unpacked.every((byte, i) => byte === Math.floor(i / 70_000))).toBe(true);
  });

  it('writes through a link', async () => {
    const folder = folderWith({ 'real.json': 'old' });
    symlinkSync(join(folder, 'real.json'), join(folder, 'link.json'));
    await writeOutput(join(folder, 'link.json'), (output) => output.write(bytesOf('new')));
    expect(readFileSync(join(folder, 'real.json'), 'utf8')).toBe('new');
  });

  it.skipIf(!existsSync('/dev/full')).each(['/dev/full', 'link.gz'])('says that the disk is full: %s', async (name) => {
    const folder = folderWith({});
    symlinkSync('/dev/full', join(folder, 'link.gz'));
    const path = name.startsWith('/') ? name : join(folder, name);
    const block = noise(1 << 20);
    const error = await failureOf(
      writeOutput(path, async (output) => {
        for (let i = 0; i < 4; i++) await output.write(block);
      }),
    );
    expect(error).toMatchObject({ name: 'EnvironmentError', code: 'disk_full', path });
  });

  it('wants a file, not a folder, and a folder that exists', async () => {
    const folder = folderWith({});
    expect(await failureOf(writeOutput(folder, async () => {}))).toBeInstanceOf(UsageError);
    const inNowhere = await failureOf(writeOutput(join(folder, 'nowhere', 'out.json'), async () => {}));
    expect(inNowhere).toMatchObject({ name: 'EnvironmentError', code: 'no_folder' });
  });
});
