import { Diagnostics, type Host, type ThreadPool } from '../base/index.ts';
import type { UnplacedShard } from './assemble-run.ts';
import { CaptureReading } from './capture-reading.ts';
import { ExportReading } from './export-reading.ts';
import type { Capture } from './captures.ts';
import type { OpenedFile, OpenOptions } from './opened-run.ts';
import type { PlacedCapture } from './ranks.ts';
import type { ToolReadings } from './vendor-tool/tool-readings.ts';

/** A run of fewer bytes is read before threads have started. */
const FEWEST_BYTES_FOR_THREADS = 48 << 20;

/** Larger captures are read one at a time, by all threads: what is being read needs more memory than what is read. */
const MOST_BYTES_AT_A_TIME = 256 << 20;

/** What captures hold, in their order. Several are read at a time, so that no thread waits while one is finished. */
export async function readCaptures(
  placed: readonly PlacedCapture[],
  host: Host,
  options: OpenOptions,
  diagnostics: Diagnostics,
  totalBytes: number,
  tools: ToolReadings,
): Promise<{ shards: UnplacedShard[]; files: OpenedFile[]; readBytes: number }> {
  const pool = totalBytes < FEWEST_BYTES_FOR_THREADS ? undefined : host.pool;
  const width = widthOf(placed, host.pool);
  const reading = new ExportReading(host, shareOf(pool, width), totalBytes, options);
  const shards: UnplacedShard[] = [];
  const files: OpenedFile[] = [];
  const begin = ({ capture, surroundings }: PlacedCapture): Begun => {
    const own = new Diagnostics();
    const captureReading = new CaptureReading(capture, surroundings, reading, own, tools);
    const read = captureReading.read();
    // It may fail while nobody waits for it yet: the failure is thrown where it is awaited.
    read.catch(() => undefined);
    return { captureReading, own, read };
  };
  const begun: Begun[] = [];
  let next = 0;
  try {
    while (next < placed.length || begun.length > 0) {
      while (begun.length < width && next < placed.length) begun.push(begin(placed[next++]));
      const [{ captureReading, own, read }] = begun;
      try {
        shards.push(...(await read));
      } finally {
        begun.shift();
        diagnostics.absorb(own);
      }
      files.push(...captureReading.files);
    }
  } finally {
    await Promise.allSettled(begun.map(({ read }) => read));
    await pool?.endIdle();
  }
  return { shards, files, readBytes: reading.readBytes };
}

interface Begun {
  readonly captureReading: CaptureReading;
  readonly own: Diagnostics;
  readonly read: Promise<UnplacedShard[]>;
}

/** How many captures are read at a time. */
function widthOf(placed: readonly PlacedCapture[], pool: ThreadPool | undefined): number {
  const width = Math.min(pool?.threadCount ?? 1, placed.length);
  return placed.some(({ capture }) => sizeOf(capture) * width > MOST_BYTES_AT_A_TIME) ? 1 : width;
}

function sizeOf({ exports }: Capture): number {
  return exports.flatMap(({ files }) => files).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** Strings and tracks are told by every thread that meets them: one thread for a capture saves telling them twice. */
function shareOf(pool: ThreadPool | undefined, width: number): ThreadPool | undefined {
  if (pool === undefined || width <= 1) return pool;
  return {
    threadCount: Math.max(1, Math.floor(pool.threadCount / width)),
    open: (task, settings) => pool.open(task, settings),
    endIdle: () => pool.endIdle(),
  };
}
