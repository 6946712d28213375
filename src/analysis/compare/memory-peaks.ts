import type { Run } from '../../timeline/index.ts';
import type { RunSummary } from './summary.ts';

/** What the profiler's tables of memory over time rise to, whichever component and device it was. */
export function memoryPeaks({ shards }: Run): RunSummary['memory'] {
  const peaks = new Map<string, number>();
  for (const { kind, columns } of shards.flatMap(({ timeline }) => timeline.tables)) {
    if (kind !== 'memory') continue;
    for (const { name, kind: cells, values } of columns) {
      if (cells !== 'number') continue;
      for (const value of values) if (value > (peaks.get(name) ?? 0)) peaks.set(name, value);
    }
  }
  return { allocatedBytes: peaks.get('allocatedBytes'), reservedBytes: peaks.get('reservedBytes') };
}
