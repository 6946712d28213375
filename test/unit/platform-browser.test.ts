import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Diagnostics } from '../../src/base/index.ts';
import { gunzip } from '../../src/platform/browser/gunzip.ts';
import { type BrowserFile, BrowserHost } from '../../src/platform/browser/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { openRun } from '../../src/session/index.ts';
import { dumpTimeline } from '../../src/timeline/index.ts';
import { BrowserGunzip } from '../support/browser-gunzip.ts';
import { fixtureCases, FOLDER_FIXTURES } from '../support/fixtures.ts';
import { filesBelow, fixturesRoot } from '../support/project.ts';

const file = (path: string, content: string | Uint8Array<ArrayBuffer>): BrowserFile => ({
  path,
  blob: new Blob([content]),
});
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe('files that a page was given', () => {
  const long = 'x'.repeat(100_000);
  const host = new BrowserHost([
    file('run/b_10.json', 'ten'),
    file('run/b_2.json', 'two'),
    file('run/deep/a.json.gz', new Uint8Array(gzipSync(long))),
    file('alone.json', '0123456789'),
  ]);

  it('are found as files, or as folders in natural order', async () => {
    expect(await host.find('alone.json')).toMatchObject({ kind: 'file', absolutePath: '/alone.json' });
    const { kind, files } = await host.find('run');
    expect([kind, ...files.map(({ path }) => path)]).toEqual([
      'folder',
      'run/b_2.json',
      'run/b_10.json',
      'run/deep/a.json.gz',
    ]);
    await expect(host.find('ru')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are read at random, and in chunks', async () => {
    const [found] = (await host.find('alone.json')).files;
    const source = await host.openSource(found);
    expect(source.sizeBytes).toBe(10);
    expect(text(await source.slice(3, 6))).toBe('345');
    const buffers: Uint8Array<ArrayBuffer>[] = [];
    const chunks: string[] = [];
    const nextBuffer = (): Uint8Array<ArrayBuffer> => buffers[buffers.push(new Uint8Array(4)) - 1];
    for await (const chunk of source.stream(1, 10, nextBuffer)) {
      expect(chunk.buffer).toBe(buffers.at(-1)?.buffer);
      chunks.push(text(chunk));
    }
    expect(chunks).toEqual(['1234', '5678', '9']);
  });

  it('are unpacked', async () => {
    const [found] = (await host.find('run/deep')).files;
    expect(text(await host.readHead(found, 10))).toBe('x'.repeat(10));
    const source = await host.openSource(found);
    expect(text(await source.slice(0, source.sizeBytes))).toBe(long);
  });

  it('tell what lies in a folder', async () => {
    expect(await host.list('/')).toEqual(['run', 'alone.json']);
    expect(await host.list('/run')).toEqual(['b_10.json', 'b_2.json', 'deep']);
    expect(await host.list('/none')).toEqual([]);
    expect(text(await host.readSmall('/run/b_2.json'))).toBe('two');
    expect(await host.readSmall('/run')).toBeUndefined();
  });

  it('are small by what is in them, not by how well that packs', async () => {
    const packed = (sizeBytes: number): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(new Uint8Array(sizeBytes)));
    const most = 4 << 20;
    const bombs = new BrowserHost([
      file('small.gz', packed(most)),
      file('large.gz', packed(most + 1)),
      file('damaged.gz', packed(most).subarray(0, 10)),
    ]);
    expect((await bombs.readSmall('/small.gz'))?.length).toBe(most);
    expect(await bombs.readSmall('/large.gz')).toBeUndefined();
    expect(await bombs.readSmall('/damaged.gz')).toBeUndefined();
  });
});

describe('a gzip of several members, of which browsers unpack one', () => {
  beforeAll(() => void vi.stubGlobal('DecompressionStream', BrowserGunzip));
  afterAll(() => void vi.unstubAllGlobals());
  const member = (content: string, level = 6): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(content, { level }));
  const pieces = ['first ', 'second '.repeat(50_000), '', 'last'];

  it('is all of them', async () => {
    const all = new Blob(pieces.map((piece) => member(piece)));
    const { blob, cutAtBytes } = await gunzip(all, 'a.gz');
    expect([await blob.text(), cutAtBytes]).toEqual([pieces.join(''), undefined]);
  });

  it('is not split where its data looks like one more', async () => {
    const likeOne = `x${String.fromCharCode(...[0x1f])}`;
    const inside = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 65]);
    const stored = new Uint8Array(gzipSync(Buffer.concat([Buffer.from(likeOne), inside]), { level: 0 }));
    const all = new Blob([member('a'), stored, member('b')]);
    const { blob } = await gunzip(all, 'a.gz');
    expect(blob.size).toBe(2 + likeOne.length + inside.length);
  });

  it('is all that its bytes hold where the last one is cut off', async () => {
    const all = new Blob([member('a'), member('b'.repeat(1000)).slice(0, -8)]);
    const { blob, cutAtBytes } = await gunzip(all, 'a.gz');
    expect([await blob.text(), cutAtBytes]).toEqual([`a${'b'.repeat(1000)}`, all.size]);
  });

  it('is refused where something else stands behind it, or its check is wrong', async () => {
    const wrong = member('b');
    wrong[wrong.length - 8] ^= 1;
    for (const last of [new Uint8Array([1, 2, 3]), wrong]) {
      await expect(gunzip(new Blob([member('a'), last]), 'a.gz')).rejects.toMatchObject({ code: 'gzip_damaged' });
    }
  });
});

describe.each(fixtureCases(FOLDER_FIXTURES))('the folder %s', (name) => {
  it('reads as it does from the disk', async () => {
    const folder = join(fixturesRoot, FOLDER_FIXTURES, name);
    const files = filesBelow(folder)
      .filter((path) => !path.split('/').some((part) => part.startsWith('.')))
      .map((path) => file(`${name}/${path}`, new Uint8Array(readFileSync(join(folder, path)))));
    const dropped = await openRun([name], new BrowserHost(files), {}, new Diagnostics());
    const onDisk = await openRun([folder], new NodeHost(), {}, new Diagnostics());
    const dumped = (run: typeof dropped.run): Promise<string[]> =>
      Promise.all(run.shards.map(({ timeline }) => dumpTimeline(timeline)));
    const above = folder.slice(0, -name.length);
    expect(await dumped(dropped.run)).toEqual((await dumped(onDisk.run)).map((each) => each.replaceAll(above, '')));
    expect(dropped.files.map(({ role, rank }) => [role, rank])).toEqual(
      onDisk.files.map(({ role, rank }) => [role, rank]),
    );
  });
});
