// No real capture, whatever it lacks, makes a request fail.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Diagnostics, InputError, UsageError } from '../../../../src/base/index.ts';
import { NodeHost } from '../../../../src/platform/node/index.ts';
import { SECTIONS } from '../../../../src/report/index.ts';
import { openRun } from '../../../../src/session/index.ts';
import { answer, encodeAnswer, type RequestName, type ViewedRun } from '../../../../src/session/requests/index.ts';
import { noticeWhenAbsent, samplesAbsent, samplesRoot } from '../../../support/samples.ts';
import { viewedRun } from '../../../support/viewed-runs.ts';

noticeWhenAbsent('all requests about real captures');

const SLICES_OF_TRACK = 3;
const SLICES_OF_RUN = 60;

/** Those that hold files, and those that hold several captures; what is within a capture is read with it. */
function foldersBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (folder.endsWith('_ascend_pt')) return [folder];
  const below = entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => foldersBelow(join(folder, name)));
  const isCapture = entries.some((entry) => entry.isFile() || entry.name.endsWith('_ascend_pt'));
  return isCapture ? [folder, ...below] : below;
}

const folders = samplesAbsent ? [] : foldersBelow(samplesRoot).filter((folder) => folder !== samplesRoot);

/** undefined where nothing in it is a trace, or what is there is no single run. */
async function opened(folder: string): Promise<ViewedRun | undefined> {
  const host = new NodeHost();
  const diagnostics = new Diagnostics();
  try {
    const { run } = await openRun([folder], host, {}, diagnostics);
    return viewedRun(run, diagnostics);
  } catch (error) {
    if (error instanceof InputError || (error instanceof UsageError && error.code === 'clocks_differ'))
      return undefined;
    throw error;
  } finally {
    await host.close();
  }
}

function asksAbout(viewed: ViewedRun): [RequestName, object][] {
  const tracks = [...viewed.tracks.keys()];
  const window = { startNs: 0, endNs: viewed.run.endNs + 1, columnCount: 64 };
  const slices = tracks.flatMap((track) => {
    const { shard, track: own } = viewed.tracks[track];
    const [from, to] = [shard.timeline.sliceRange[own], shard.timeline.sliceRange[own + 1]];
    const chosen = [from, (from + to) >> 1, to - 1].slice(0, Math.min(SLICES_OF_TRACK, to - from));
    return chosen.map((slice) => ({ track, slice }));
  });
  const every = Math.ceil(slices.length / SLICES_OF_RUN);
  const kinds = ['device', 'compute', 'stream'] as const;
  return [
    ...(['run', 'communication', 'memory'] as const).map((name): [RequestName, object] => [name, {}]),
    ['window', { ...window, tracks: tracks.slice(0, 200), colourBy: 'kind' }],
    ['counters', { ...window, tracks: tracks.slice(0, 200) }],
    ['flame', { measure: 'device', limit: 500 }],
    ['find', { text: 'a', limit: 20 }],
    ['selection', { startNs: 0, endNs: window.endNs, tracks }],
    ['report', { language: 'en', sections: SECTIONS }],
    ['instances', { by: 'type', key: 'MatMul', limit: 10 }],
    ...kinds.flatMap((kind): [RequestName, object][] => [
      ['devices', { ...window, kind }],
      ['nextBubble', { afterNs: 0, kind, leastNs: 0 }],
      ['report', { language: 'zh', sections: ['bubbles'], kind, leastNs: 0 }],
      ...viewed.analysis.devices.map((_, device): [RequestName, object] => ['bubble', { device, kind, row: 0 }]),
    ]),
    ...slices
      .filter((_, at) => at % every === 0)
      .flatMap((at): [RequestName, object][] => [
        ['slice', at],
        ['neighbour', { ...at, direction: 1 }],
      ]),
  ];
}

describe.skipIf(samplesAbsent)('every request about every real capture', () => {
  let count = 0;

  it.each(folders.map((folder) => [relative(samplesRoot, folder), folder]))('%s', async (_, folder) => {
    const viewed = await opened(folder);
    if (viewed === undefined) return;
    count++;
    for (const [name, ask] of asksAbout(viewed)) {
      const found = await answer(viewed, name, ask).catch((error: unknown) => {
        throw new Error(`${name} ${JSON.stringify(ask).slice(0, 200)}`, { cause: error });
      });
      expect(encodeAnswer(found).length).toBeGreaterThan(0);
    }
  });

  it('covers most folders', () => {
    expect(count).toBeGreaterThan(folders.length / 2);
  });
});
