import type { Diagnostics, Source } from '../../base/index.ts';
import { ByteInterner } from '../../bytes/index.ts';
import type { Timeline } from '../../timeline/index.ts';
import type { ReadOptions } from '../reader.ts';
import { loadTraceEvents } from '../trace-events/load.ts';
import { kinetoDialect } from './dialect.ts';
import { LAUNCH_ARROW, withLaunchArrows } from './launch-arrows.ts';

export async function loadKineto(
  sources: readonly Source[],
  diagnostics: Diagnostics,
  options: ReadOptions,
): Promise<Timeline> {
  const strings = options.strings ?? new ByteInterner();
  const arrowName = strings.addText(LAUNCH_ARROW);
  const timeline = await loadTraceEvents(sources, diagnostics, { ...options, strings }, kinetoDialect);
  return withAbsoluteTime(withLaunchArrows(timeline, arrowName));
}

/** Since 2024 times are counted from a moment of each process, which stands beside the events. */
function withAbsoluteTime(timeline: Timeline): Timeline {
  const base = timeline.metadata.get('baseTimeNanoseconds') ?? '';
  return /^\d{1,19}$/.test(base) ? { ...timeline, originNs: timeline.originNs + BigInt(base) } : timeline;
}
