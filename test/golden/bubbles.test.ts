// Bubbles of the fixtures against those their generator planted: place, length and cause, and what the vendor calls free.
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyseRun, type DeviceAnalysis, type RunAnalysis } from '../../src/analysis/analyse-run.ts';
import { BUBBLE_CAUSES, type BubbleCause } from '../../src/analysis/bubbles/bubble.ts';
import { Diagnostics } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { openRun } from '../../src/session/index.ts';
import { NONE, type Run, type Shard } from '../../src/timeline/index.ts';
import { fixtureCases, fixtureTruth, FOLDER_FIXTURES } from '../support/fixtures.ts';
import { fixturesRoot } from '../support/project.ts';

const THRESHOLD_NS = 10_000;

/** What the generator calls each cause. */
const CAUSES: Readonly<Record<string, BubbleCause>> = {
  'start-up': 'start-up',
  'framework-idle': 'host-late-framework',
  'slow-launch': 'host-late-launch',
  'graph-launch': 'graph-launch',
  'event-wait': 'event-wait',
  'notify-wait': 'event-wait',
  copy: 'copy',
  'device-scheduling': 'device-scheduling',
  tail: 'tail',
};

interface PlantedBubble {
  readonly startNs: string;
  readonly durNs: number;
  readonly cause: string;
}
interface RankTruth {
  readonly files: readonly string[];
  readonly device: number;
  readonly clockSkewNs?: number;
  readonly bubbles?: readonly PlantedBubble[];
}

const MSPROF = 'ascend-msprof-json';
const cases = [
  ...fixtureCases(FOLDER_FIXTURES).map((name) => ({ reader: FOLDER_FIXTURES, name })),
  ...fixtureCases(MSPROF).map((name) => ({ reader: MSPROF, name })),
]
  .map((each) => ({
    ...each,
    ranks: fixtureTruth<{ ranks?: readonly RankTruth[] }>(each.reader, each.name).ranks ?? [],
  }))
  .filter(({ ranks }) => ranks.some(({ bubbles = [] }) => bubbles.length > 0));

const analyses = new Map<string, Promise<RunAnalysis>>();
function analyse(folder: string): Promise<RunAnalysis> {
  const known = analyses.get(folder) ?? open(folder);
  analyses.set(folder, known);
  return known;
}

async function open(folder: string): Promise<RunAnalysis> {
  const host = new NodeHost();
  try {
    const { run } = await openRun([folder], host, {}, new Diagnostics());
    const kinds = ['device', 'compute', 'stream'] as const;
    return analyseRun(run, { window: 'vendor-2026', bubbleThresholdNs: THRESHOLD_NS, bubbleKinds: kinds });
  } finally {
    await host.close();
  }
}

describe.each(cases)('$reader/$name', ({ reader, name, ranks }) => {
  const folder = join(fixturesRoot, reader, name);

  test.each(ranks)('device $device of $files.0', async ({ files, device, bubbles = [] }) => {
    const { run, devices } = await analyse(folder);
    const ofFile = devices.filter((each) => isFrom(run, each, folder, files[0]));
    // The exporter of 2024 did not say which device a file is about.
    const own = ofFile.length === 1 ? ofFile[0] : ofFile.find(({ tasks }) => tasks.device === device);
    const planted = bubbles
      .filter(({ durNs }) => durNs >= THRESHOLD_NS)
      .map(({ startNs, durNs, cause }) => `${startNs} +${durNs} ${withoutCallLengths(name)[cause] ?? CAUSES[cause]}`);
    expect(own && bubblesOf(run, own)).toEqual(planted);
  });
});

/** Where launch calls have no length nobody can say whether a call was slow, or launched a graph. */
function withoutCallLengths(name: string): Readonly<Record<string, BubbleCause>> {
  return name === 'level0' ? { 'slow-launch': 'unknown', 'graph-launch': 'unknown' } : {};
}

function bubblesOf(run: Run, { tasks, bubbles: [bubbles] }: DeviceAnalysis): string[] {
  return Array.from(bubbles.startNs, (startNs, row) => {
    const beside = bubbles.after[row] === NONE ? bubbles.before[row] : bubbles.after[row];
    const { timeline, shiftNs }: Shard = run.shards[tasks.streams[tasks.stream[beside]].shard];
    const absoluteNs = timeline.originNs + BigInt(startNs - shiftNs);
    return `${absoluteNs} +${bubbles.durNs[row]} ${BUBBLE_CAUSES[bubbles.cause[row]]}`;
  });
}

function isFrom(run: Run, { tasks }: DeviceAnalysis, folder: string, path: string): boolean {
  return tasks.streams.some(({ shard }) => run.shards[shard].files.some((file) => relative(folder, file) === path));
}
