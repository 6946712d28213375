// A gzip file that breaks off at any byte is read as far as its bytes go: by Node as by a browser.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Diagnostics, type Host, InputError } from '../../src/base/index.ts';
import { BrowserHost } from '../../src/platform/browser/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { openRun } from '../../src/session/index.ts';
import { BrowserGunzip } from '../support/browser-gunzip.ts';

const root = mkdtempSync(join(tmpdir(), 'traceconv cut '));
beforeAll(() => void vi.stubGlobal('DecompressionStream', BrowserGunzip));
afterAll(() => {
  vi.unstubAllGlobals();
  rmSync(root, { recursive: true });
});

const NAMES = Array.from({ length: 60 }, (_, i) => `op ${i} ${(i * 7919) % 1009}`);
const EVENTS = NAMES.map((name, i) => JSON.stringify({ name, ph: 'X', pid: 1, tid: 1, ts: i * 10, dur: 5 }));
const TRACE = new TextEncoder().encode(`[${EVENTS.join(',\n')}]`);

interface Outcome {
  readonly names: readonly string[];
  readonly isCut: boolean;
  /** What nothing could be read of. */
  readonly refusal?: string;
}

async function outcome(host: Host, path: string): Promise<Outcome> {
  const diagnostics = new Diagnostics();
  try {
    const { run } = await openRun([path], host, {}, diagnostics);
    const [{ timeline }] = run.shards;
    const names = Array.from(timeline.slices.name, (id) => timeline.strings.get(id));
    return { names, isCut: diagnostics.countOf('gzip_truncated') > 0 };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { names: [], isCut: error.code === 'gzip_truncated', refusal: error.code };
  }
}

const splits = fc.array(fc.nat(TRACE.length), { maxLength: 3 }).map((at) => at.sort((a, b) => a - b));

test('cut at any byte, of any members', { timeout: 60_000 }, async () => {
  let readCount = 0;
  await fc.assert(
    fc.asyncProperty(splits, fc.nat(1 << 20), async (at, anywhere) => {
      const ends = [...at, TRACE.length];
      const members = ends.map((to, i) => gzipSync(TRACE.subarray(ends[i - 1] ?? 0, to)));
      const whole = Buffer.concat(members);
      const cut = new Uint8Array(whole.subarray(0, anywhere % (whole.length + 1)));
      const memberEnds = members.map((_, i) => Buffer.concat(members.slice(0, i + 1)).length);
      const path = join(root, 'cut.json.gz');
      writeFileSync(path, cut);
      const onDisk = await outcome(new NodeHost(), path);
      const dropped = await outcome(new BrowserHost([{ path: 'cut.json.gz', blob: new Blob([cut]) }]), 'cut.json.gz');
      expect(dropped).toEqual(onDisk);

      const content = cut.length < 2 ? '' : gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
      expect(onDisk.names).toEqual(NAMES.filter((_, i) => content.includes(EVENTS[i])));
      if (cut.length >= 2) expect(onDisk.isCut).toBe(!memberEnds.includes(cut.length));
      readCount += onDisk.names.length > 0 ? 1 : 0;
    }),
    { seed: 20261122, numRuns: 150 },
  );
  expect(readCount).toBeGreaterThan(50);
});
