// What trace_processor finds in a trace, as the plain numbers a differential test compares with what was written.
import { type Row, TraceProcessor } from './trace-processor.ts';

export interface TraceFacts {
  /** Finished slices. Instants are among them: the engine stores an instant as a slice of no duration. */
  sliceCount: number;
  /** Those of `sliceCount` without duration: zero-length slices and instants, which nothing tells apart once loaded. */
  zeroLengthCount: number;
  /** Slices that began and never ended. */
  unclosedCount: number;
  durationSumNs: bigint;
  /** 0 is the outermost depth; -1 without any slice. */
  maxDepth: number;
  /** Arrows with both ends. One whose end precedes its start is dropped without an error: compare this count. */
  flowCount: number;
  counterValueCount: number;
  errors: { name: string; severity: string; value: number }[];
  tracks: TrackFacts[];
  loadMs: number;
  peakRssBytes: number;
}

/** A track that holds slices; the lanes of one visual row are separate tracks of the same name. */
export interface TrackFacts {
  process: string | null;
  /** The thread's name, or the track's own. */
  name: string | null;
  sliceCount: number;
  durationSumNs: bigint;
}

const TOTALS = `
  SELECT (SELECT count(*) FROM slice WHERE dur >= 0) AS slices,
         (SELECT count(*) FROM slice WHERE dur = 0) AS zeroLength,
         (SELECT count(*) FROM slice WHERE dur < 0) AS unclosed,
         (SELECT coalesce(sum(dur), 0) FROM slice WHERE dur > 0) AS durationSum,
         (SELECT coalesce(max(depth), -1) FROM slice) AS maxDepth,
         (SELECT count(*) FROM flow) AS flows,
         (SELECT count(*) FROM counter) AS counterValues`;

const ERRORS = `
  SELECT name, severity, sum(value) AS value FROM stats
  WHERE severity IN ('error', 'data_loss') AND value > 0 GROUP BY name, severity ORDER BY name`;

const TRACKS = `
  SELECT process.name AS process, coalesce(thread.name, track.name) AS name,
         count(*) AS slices, sum(max(slice.dur, 0)) AS durationSum
  FROM slice JOIN track ON track.id = slice.track_id
  LEFT JOIN thread_track ON thread_track.id = track.id LEFT JOIN thread USING (utid)
  LEFT JOIN process_track ON process_track.id = track.id
  LEFT JOIN process ON process.upid = coalesce(thread.upid, process_track.upid)
  GROUP BY track.id ORDER BY process, name, track.id`;

export async function traceFacts(trace: Parameters<typeof TraceProcessor.open>[0]): Promise<TraceFacts> {
  const processor = await TraceProcessor.open(trace);
  try {
    const [[totals], errors, tracks] = await Promise.all([TOTALS, ERRORS, TRACKS].map((sql) => processor.query(sql)));
    return {
      sliceCount: Number(totals.slices),
      zeroLengthCount: Number(totals.zeroLength),
      unclosedCount: Number(totals.unclosed),
      durationSumNs: nanoseconds(totals.durationSum),
      maxDepth: Number(totals.maxDepth),
      flowCount: Number(totals.flows),
      counterValueCount: Number(totals.counterValues),
      errors: errors.map((row) => ({
        name: String(row.name),
        severity: String(row.severity),
        value: Number(row.value),
      })),
      tracks: tracks.map((row) => ({
        process: textOrNull(row.process),
        name: textOrNull(row.name),
        sliceCount: Number(row.slices),
        durationSumNs: nanoseconds(row.durationSum),
      })),
      loadMs: processor.loadMs,
      peakRssBytes: processor.peakRssBytes,
    };
  } finally {
    await processor.close();
  }
}

function nanoseconds(cell: Row[string]): bigint {
  if (cell === null) throw new Error('a duration came back as NULL');
  return BigInt(cell);
}

function textOrNull(cell: Row[string]): string | null {
  return cell === null ? null : String(cell);
}
