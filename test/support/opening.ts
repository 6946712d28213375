// Opening made-up folders of captures.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { Diagnostics } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { type OpenedRun, openRun } from '../../src/session/index.ts';
import { assertIntegrity } from '../../src/timeline/integrity.ts';

const root = mkdtempSync(join(tmpdir(), 'traceconv session '));
afterAll(() => rmSync(root, { recursive: true }));

let caseCount = 0;
export function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = join(root, `case-${caseCount++}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export interface Opened extends OpenedRun {
  readonly diagnostics: Diagnostics;
}

export async function open(...inputs: string[]): Promise<Opened> {
  const diagnostics = new Diagnostics();
  const opened = await openRun(inputs, new NodeHost(), {}, diagnostics);
  for (const { timeline } of opened.run.shards) assertIntegrity(timeline);
  return { ...opened, diagnostics };
}

export async function failureOf(...inputs: string[]): Promise<Error> {
  const result = await open(...inputs).catch((error: unknown) => error);
  if (result instanceof Error) return result;
  throw new Error('nothing failed');
}

export const sliceCount = ({ run }: OpenedRun): number =>
  run.shards.reduce((sum, { timeline }) => sum + timeline.slices.length, 0);
export const roles = ({ files }: OpenedRun, folder: string): Record<string, string> =>
  Object.fromEntries(files.map(({ path, role }) => [path.replace(`${folder}/`, ''), role]));

/** An msprof timeline with kernels at these microseconds, each 2 µs long. */
export function msprof(kernelsUs: readonly number[], more: readonly object[] = []): string {
  const pid = 640551328;
  const names = [
    { name: 'process_name', pid, tid: 0, ph: 'M', args: { name: 'Ascend Hardware' } },
    { name: 'process_labels', pid, tid: 0, ph: 'M', args: { labels: 'NPU 0' } },
  ];
  const kernels = kernelsUs.map((us) => ({
    name: 'MatMul',
    pid,
    tid: 49,
    ts: `1787504006${us}.500`,
    dur: 2,
    ph: 'X',
    args: {},
  }));
  return JSON.stringify([...names, ...kernels, ...more]);
}
export const EARLY = msprof([100010, 100020, 100030]);
export const LATE = msprof([500010, 500020, 500030]);
export const chrome = (ts: number): string => JSON.stringify([{ ph: 'X', name: 'a', pid: 1, tid: 1, ts, dur: 5 }]);
