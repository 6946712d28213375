// Several captures are read at a time where there are threads; nothing but the time it takes may depend on that.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Diagnostics, InputError, Registry } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { headerOf } from '../../src/readers/ascend/csv-head.ts';
import { readers } from '../../src/readers/index.ts';
import type { Read, Reader } from '../../src/readers/reader.ts';
import { openRunWith } from '../../src/session/open-run.ts';
import { dumpTimeline } from '../../src/timeline/index.ts';
import { InlinePool } from '../support/inline-pool.ts';

const root = mkdtempSync(join(tmpdir(), 'traceconv-captures-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const slice = (name: string, ts: number): object => ({ ph: 'X', name, pid: 1, tid: 1, ts, dur: 1, args: { name } });

/** Every rank has names and damage of its own, and the text of one that is given. */
function ranks(name: string, rankCount: number, given: Readonly<Record<number, string>> = {}): string {
  const folder = join(root, name);
  for (let rank = 0; rank < rankCount; rank++) {
    const output = join(folder, `rank${rank}_ascend_pt`, 'ASCEND_PROFILER_OUTPUT');
    mkdirSync(output, { recursive: true });
    writeFileSync(join(output, '..', `profiler_info_${rank}.json`), JSON.stringify({ rank_id: rank }));
    const events = Array.from({ length: 50 * (rank + 1) }, (_, i) => slice(`op${rank}.${i % 9}`, 1000 + 10 * i));
    const damaged = [...events, { ph: 'X', name: `bad${rank}`, pid: 1, tid: 1, ts: 'soon', dur: 1 }];
    writeFileSync(join(output, 'trace_view.json'), given[rank] ?? JSON.stringify(damaged));
  }
  return folder;
}

interface Seen {
  /** All that may be told from a run, or how it failed. */
  readonly result: unknown;
  readonly found: readonly unknown[];
  readonly progress: readonly (readonly number[])[];
}

/** What is seen of reading a folder; `around` stands between the session and its readers. */
async function seen(folder: string, pool: InlinePool | undefined, around = (read: Read): Read => read): Promise<Seen> {
  const registry = new Registry<Reader>(
    [...readers].map((reader) => ({ ...reader, load: async () => around(await reader.load()) })),
  );
  const host: NodeHost = Object.defineProperty(new NodeHost(), 'pool', { value: pool });
  const diagnostics = new Diagnostics();
  const progress: number[][] = [];
  const onProgress = (...step: number[]): unknown => progress.push(step);
  let result: unknown;
  try {
    const { run, files, readBytes } = await openRunWith(registry, [folder], host, { onProgress }, diagnostics);
    const dumps = [];
    for (const { timeline, ...rest } of run.shards) {
      const strings = Array.from({ length: timeline.strings.size }, (_, id) => timeline.strings.get(id));
      dumps.push({ ...rest, strings, dump: await dumpTimeline(timeline) });
    }
    result = { dumps, files, readBytes };
  } catch (error) {
    result = error instanceof InputError ? error.message : error;
  }
  return { result, found: diagnostics.list(), progress };
}

/** Lets no even rank end before the odd one after it has. */
function laterFirst(ended: number[]): (read: Read) => Read {
  const hasEnded = Array.from({ length: 8 }, () => {
    let end = (): void => undefined;
    const promise = new Promise<void>((resolve) => (end = resolve));
    return { promise, end };
  });
  return (read) =>
    async (...asked) => {
      const [{ rank }] = [asked[2]];
      try {
        const timeline = await read(...asked);
        if (rank % 2 === 0) await hasEnded[rank + 1].promise;
        return timeline;
      } finally {
        ended.push(rank);
        hasEnded[rank].end();
      }
    };
}

describe('captures read at a time', () => {
  it('give what they give one after the other, whichever is done first', async () => {
    const folder = ranks('order', 6);
    const ended: number[] = [];
    const pool = new InlinePool(2);
    const { result, found } = await seen(folder, pool, laterFirst(ended));
    expect(ended).toEqual([1, 0, 3, 2, 5, 4]);
    const expected = await seen(folder, undefined);
    expect(expected.result).toHaveProperty('dumps.length', 6);
    expect(expected.found).toMatchObject([{ kind: 'time_bad', count: 6 }]);
    expect({ result, found }).toEqual({ result: expected.result, found: expected.found });
  });

  it('tell progress that only grows and ends where everything is read', async () => {
    const { progress, result } = await seen(ranks('progress', 6), new InlinePool(3));
    const done = progress.map(([readBytes]) => readBytes);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.length).toBeGreaterThanOrEqual(6);
    expect(progress.at(-1)).toEqual([done.at(-1), done.at(-1)]);
    expect(result).toHaveProperty('readBytes', done.at(-1));
  });

  it('fail as one after the other: the first that does is told, with what was found before it', async () => {
    const broken = `[${' '.repeat(70_000)}]`;
    const folder = ranks('failing', 6, { 2: `{"traceEvents":${broken}}`, 3: `{"traceEvents":${broken}}` });
    const ended: number[] = [];
    const { result, found } = await seen(folder, new InlinePool(2), laterFirst(ended));
    const expected = await seen(folder, undefined);
    expect(expected.result).toContain('rank2');
    expect({ result, found }).toEqual({ result: expected.result, found: expected.found });
    // What had begun beside it is not left behind, and nothing else has begun.
    expect(ended.sort()).toEqual([0, 1, 2, 3]);
  });
});

it('JSON in one line is not taken for the header of a table, whose columns would be looked for at length', () => {
  expect(headerOf(new TextEncoder().encode('[{"Op Name":1,"Task Type":2}]'))).toEqual([]);
  expect(headerOf(new TextEncoder().encode('Op Name,Task Type\n'))).toEqual(['Op Name', 'Task Type']);
});

const built = new URL('../../dist/index.js', import.meta.url);
if (!existsSync(built)) console.warn('SKIPPED: real threads are tried on the built program; run npm run setup');

describe.skipIf(!existsSync(built))('threads', { timeout: 60_000 }, () => {
  /** A process that opens a folder and is not told to exit: it does when nothing is left running. */
  function openInProcess(folder: string): string {
    const program = `
      import { Diagnostics, NodeHost, openRun } from ${JSON.stringify(built.href)};
      await openRun([${JSON.stringify(folder)}], new NodeHost(), {}, new Diagnostics()).then(
        ({ run }) => console.log(run.shards.map(({ rank, timeline }) => rank + ':' + timeline.slices.length).join(' ')),
        (error) => console.log(error.message),
      );`;
    const options = { encoding: 'utf8', timeout: 50_000 } as const;
    return execFileSync(process.execPath, ['--input-type=module', '-e', program], options).trim();
  }

  const large = (name: string): string => {
    const events = Array.from({ length: 100 }, (_, i) => JSON.stringify(slice(name, 1000 + i)));
    return `[${events.join(',').padEnd(18 << 20)}]`;
  };

  it('are gone when the run is read', () => {
    const folder = ranks('ended', 3, { 0: large('a'), 1: large('b'), 2: large('c') });
    expect(openInProcess(folder)).toBe('0:100 1:100 2:100');
  });

  it('are gone when a capture cannot be read', () => {
    const empty = `{"traceEvents":[${' '.repeat(18 << 20)}]}`;
    const folder = ranks('ended early', 3, { 0: large('a'), 1: empty, 2: large('c') });
    expect(openInProcess(folder)).toMatch(/rank1_ascend_pt.*expected at least one trace event, found none/);
  });
});
