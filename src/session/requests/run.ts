/** What there is to be seen: tracks in the order in which they are drawn, devices, steps. */
import { DEVICE_WORDS, deviceLabel, formatPlace } from '../../base/index.ts';
import { formatCount } from '../../report/format.ts';
import { windowSection } from '../../report/document/totals.ts';
import { deviceNaming } from '../../report/document/values.ts';
import { NONE, type TableKind } from '../../timeline/index.ts';
import { ownThresholdNs } from '../../analysis/bubbles/threshold.ts';
import { deviceIdOf, deviceKey } from '../../analysis/device-id.ts';
import { instantsOn } from './instants.ts';
import type { AnswerTo, RunInfo, StepInfo, TrackGroup, TrackInfo } from './protocol.ts';
import { perRun } from './per-run.ts';
import { rowsOfTracks } from './run-rows.ts';
import type { ViewedRun, ViewedTrack } from './viewed-run.ts';

const METRIC_TABLES: ReadonlySet<TableKind> = new Set(['metrics', 'samples', 'histograms']);

const info = perRun((viewed): RunInfo => {
  const { name, run } = viewed;
  const { groups, groupOf } = groupsOf(viewed);
  return {
    name,
    originNs: String(run.originNs),
    endNs: run.endNs,
    sliceCount: run.shards.reduce((sum, { timeline }) => sum + timeline.slices.length, 0),
    groups,
    tracks: viewed.tracks.map((track, number) => trackInfo(viewed, number, groupOf(track))),
    devices: devicesOf(viewed, groups),
    steps: viewed.analysis.devices.flatMap(({ steps }, device): StepInfo[] =>
      steps.steps.map(({ id, phase, startNs, endNs, isOutlier }) => ({ device, id, phase, startNs, endNs, isOutlier })),
    ),
    work: workOf(viewed),
    bubbleThresholdNs: ownThresholdNs(run),
    hasMetrics: run.shards.some(({ timeline }) =>
      timeline.tables.some(({ kind, rowCount }) => METRIC_TABLES.has(kind) && rowCount > 0),
    ),
    diagnostics: diagnosticLines(viewed),
  };
});

function workOf({ analysis: { devices } }: ViewedRun): RunInfo['work'] {
  const window = windowSection(devices);
  return window === null ? null : { startNs: window.startNs, endNs: window.endNs };
}

export function run(viewed: ViewedRun): AnswerTo<'run'> {
  return { json: info(viewed), columns: {} };
}

function groupsOf({ tracks, analysis }: ViewedRun): {
  readonly groups: readonly TrackGroup[];
  readonly groupOf: (track: ViewedTrack) => number;
} {
  const devices = new Map(analysis.devices.map(({ tasks }, number) => [deviceKey(tasks), number]));
  const groups = new Map<string, { readonly number: number; readonly group: TrackGroup }>();
  for (const { shard, process } of tracks) {
    if (groups.has(process.group)) continue;
    const { rank, side } = process.process;
    const device = side === 'host' ? NONE : (devices.get(deviceKey(deviceIdOf(shard, process.process))) ?? NONE);
    const group = { label: process.groupName || process.name, rank, device };
    groups.set(process.group, { number: groups.size, group });
  }
  return {
    groups: [...groups.values()].map(({ group }) => group),
    groupOf: ({ process }) => groups.get(process.group)?.number ?? NONE,
  };
}

function trackInfo(viewed: ViewedRun, number: number, group: number): TrackInfo {
  const { shard, track, process } = viewed.tracks[number];
  const { tracks, sliceRange, counterRange } = shard.timeline;
  const { name, key, kind, series, unit } = tracks[track];
  const [firstInstant, endOfInstants] = instantsOn(viewed, number);
  return {
    ...{ group, process: process.name, name: name || key, kind, series, unit },
    rowCount: rowsOfTracks(viewed)(number).count,
    sliceCount: sliceRange[track + 1] - sliceRange[track],
    sampleCount: counterRange[track + 1] - counterRange[track],
    instantCount: endOfInstants - firstInstant,
  };
}

/** Called as its tracks are, where it has some. */
function devicesOf({ run, analysis }: ViewedRun, groups: readonly TrackGroup[]): RunInfo['devices'] {
  const nameOf = deviceNaming(run);
  return analysis.devices.map(({ tasks }, number) => {
    const { rank, device } = tasks;
    const label = groups.find((group) => group.device === number)?.label ?? deviceLabel(nameOf(tasks), DEVICE_WORDS);
    return { label, rank, device };
  });
}

const WORST_FIRST = ['data_loss', 'warning', 'info'] as const;

function diagnosticLines({ facts: { diagnostics } }: ViewedRun): string[] {
  const all = diagnostics.list();
  const sorted = WORST_FIRST.flatMap((severity) => all.filter((each) => each.severity === severity));
  return sorted.map(({ message, count, places: [first] }) => {
    const at = first === undefined ? '' : ` (${formatPlace(first.place)})`;
    return `${message}: ${formatCount(count)}${at}`;
  });
}
