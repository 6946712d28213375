import type { Table } from '../../report/parts/part.ts';
import { DEVICE_WORDS, deviceLabel } from '../../base/index.ts';
import { deviceNaming } from '../../report/document/values.ts';
import { NONE, rankOf } from '../../timeline/index.ts';
import { allocationPeaks } from './allocation-peaks.ts';
import { perRun } from './per-run.ts';
import type { AnswerTo } from './protocol.ts';
import { run } from './run.ts';
import type { ViewedRun } from './viewed-run.ts';

/** What profilers call counters of how much memory is in use. Rates have a unit per second. */
const MEMORY = /(?<![a-z])mem(ory)?(?![a-z])|allocated|reserved|(?<![a-z])(HBM|DDR)(?![a-z])|GE total/i;
const RATE = /\/s(?![a-z])/i;

const OWNERS_SHOWN = 25;

const answered = perRun((viewed): AnswerTo<'memory'>['json'] => {
  const tracks = viewed.tracks.flatMap(({ shard, track, process }, number) => {
    const { kind, name, series, unit } = shard.timeline.tracks[track];
    const said = `${process.name} ${name} ${series} ${unit}`;
    return kind === 'counter' && MEMORY.test(said) && !RATE.test(said) ? [number] : [];
  });
  return { tracks, owners: ownersOf(viewed) };
});

export function memory(viewed: ViewedRun): AnswerTo<'memory'> {
  return { json: answered(viewed), columns: {} };
}

/** What each name held when most was allocated on its device, where a table knows of every allocation. */
function ownersOf(viewed: ViewedRun): Table | null {
  const nameOf = deviceNaming(viewed.run);
  const { devices } = run(viewed).json;
  const rows = viewed.run.shards.flatMap((shard) =>
    shard.timeline.tables
      .filter(({ kind }) => kind === 'allocations')
      .flatMap(allocationPeaks)
      .flatMap(({ table, device, atNs, sizeBytes, owners }) => {
        const id = { rank: rankOf(shard), device: device ?? NONE };
        const label =
          devices.find((each) => each.rank === id.rank && each.device === id.device)?.label ??
          deviceLabel(nameOf({ ...id, capture: shard.capture }), DEVICE_WORDS);
        const peakNs = Number(table.originNs - shard.timeline.originNs) + atNs + shard.shiftNs;
        return owners.map((owner) => [
          label,
          owner.name,
          owner.count,
          owner.sizeBytes,
          owner.sizeBytes / sizeBytes,
          peakNs,
        ]);
      }),
  );
  if (rows.length === 0) return null;
  return {
    columns: [
      { id: 'device', kind: 'name' },
      { id: 'op', kind: 'name' },
      { id: 'count', kind: 'count' },
      { id: 'size', kind: 'bytes' },
      { id: 'ofPeak', kind: 'ratio' },
      { id: 'at', kind: 'time', drop: 1 },
    ],
    rows: rows.sort((a, b) => Number(b[SIZE]) - Number(a[SIZE])),
    shown: OWNERS_SHOWN,
  };
}

const SIZE = 3;
