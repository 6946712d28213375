import type { Diagnostics, Source } from '../../base/index.ts';
import { ByteInterner } from '../../bytes/index.ts';
import { fileName, type Timeline } from '../../timeline/index.ts';
import type { ReadOptions } from '../reader.ts';
import { loadTraceEvents } from '../trace-events/load.ts';
import { kinetoDialect } from './dialect.ts';
import { deviceFacts, distributedTables } from './document-facts.ts';
import { LAUNCH_ARROW, withLaunchArrows } from './launch-arrows.ts';
import { withMemorySinceStart } from './memory-since-start.ts';

export async function loadKineto(
  sources: readonly Source[],
  diagnostics: Diagnostics,
  options: ReadOptions,
): Promise<Timeline> {
  const strings = options.strings ?? new ByteInterner();
  const arrowName = strings.addText(LAUNCH_ARROW);
  // What analyses call the kernels of collectives.
  strings.addText('COMMUNICATION');
  const timeline = await loadTraceEvents(sources, diagnostics, { ...options, strings }, kinetoDialect);
  const { metadata, tables } = timeline;
  const [path = ''] = sources.map((source) => source.path);
  return withoutUnusedDevices({
    ...withAbsoluteTime(withMemorySinceStart(withLaunchArrows(timeline, arrowName))),
    metadata: new Map([...metadata, ...deviceFacts(metadata)]),
    tables: [...tables, ...distributedTables(metadata, fileName(path))],
  });
}

/** Since 2024 times are counted from a moment of each process, which stands beside the events. */
function withAbsoluteTime(timeline: Timeline): Timeline {
  const base = timeline.metadata.get('baseTimeNanoseconds') ?? '';
  return /^-?\d{1,19}$/.test(base) ? { ...timeline, originNs: timeline.originNs + BigInt(base) } : timeline;
}

/** Kineto names 8 or 16 devices, whichever were used. */
function withoutUnusedDevices(timeline: Timeline): Timeline {
  const used = new Set(timeline.tracks.map(({ process }) => process));
  const kept = timeline.processes.flatMap(({ side }, process) =>
    side === 'device' && !used.has(process) ? [] : [process],
  );
  if (kept.length === timeline.processes.length) return timeline;
  const processes = kept.map((process) => timeline.processes[process]);
  const tracks = timeline.tracks.map((track) => ({ ...track, process: kept.indexOf(track.process) }));
  return { ...timeline, processes, tracks };
}
