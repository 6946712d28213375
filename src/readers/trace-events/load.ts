import { type Diagnostics, InputError, type Source } from '../../base/index.ts';
import { TraceScanner } from '../../bytes/index.ts';
import { type Timeline, TimelineBuilder } from '../../timeline/index.ts';
import type { ReadOptions } from '../reader.ts';
import type { Dialect } from './dialect.ts';
import { EventSink } from './event-sink.ts';
import { FastEvents } from './fast-events.ts';
import { FlowKeys } from './flow-keys.ts';
import { ParallelScan } from './parallel-scan.ts';
import { SeriesTracks } from './series-tracks.ts';
import type { TapeTarget } from './tape-rows.ts';

/** Smaller files are hardly worth sending to threads. */
const PARALLEL_FROM_BYTES = 8 << 20;

/** What threads get at once fits their scanner's memory just so. Of large captures more, because messages cost time. */
const CHUNK_BYTES = { usual: (1 << 20) - 64, large: (4 << 20) - 64, largeFromBytes: 256 << 20 };

/** Reads the files of one capture, each a Trace Event document, into one timeline. */
export async function loadTraceEvents(
  sources: readonly Source[],
  diagnostics: Diagnostics,
  options: ReadOptions,
  dialect: Dialect,
): Promise<Timeline> {
  const builder = new TimelineBuilder(dialect.typedKeys, options.strings);
  const series = new SeriesTracks(builder, dialect);
  const target = { builder, dialect, series, flowKeys: new FlowKeys(builder, dialect) };
  const totalBytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const loading = new Loading(target, totalBytes, diagnostics, options);
  try {
    for (const source of sources) await loading.read(source);
  } finally {
    await loading.close();
  }
  if (loading.eventCount === 0) throw noEvents(sources[0]);
  return builder.finish(dialect.naming(options.rank, options.device, builder), diagnostics);
}

class Loading {
  eventCount = 0;
  readonly #target: TapeTarget;
  readonly #diagnostics: Diagnostics;
  readonly #options: ReadOptions;
  readonly #sink: EventSink;
  readonly #fast: FastEvents | undefined;
  #parallel: ParallelScan | undefined;
  #readBytes = 0;
  readonly #totalBytes: number;

  constructor(target: TapeTarget, totalBytes: number, diagnostics: Diagnostics, options: ReadOptions) {
    this.#totalBytes = totalBytes;
    this.#target = target;
    this.#diagnostics = diagnostics;
    this.#options = options;
    this.#sink = new EventSink(target, diagnostics);
    const { engine } = options;
    this.#fast = engine === 'typescript' ? undefined : FastEvents.create(target, engine === 'wasm');
  }

  async read(source: Source): Promise<void> {
    const { builder, dialect } = this.#target;
    this.#sink.startFile(source);
    const scanner = new TraceScanner(this.#sink, {
      path: source.path,
      strings: builder.strings,
      keys: builder.keys,
      typedKeys: dialect.typedKeys,
      flowNamesEndInId: dialect.flowNamesEndInId,
      diagnostics: this.#diagnostics,
      fastLane: this.#fast,
    });
    await this.#feed(source, scanner);
    scanner.end();
    requireTrace(scanner, source);
    this.#sink.roundedCount += (this.#fast?.takeRoundedCount() ?? 0) + (this.#parallel?.takeRoundedCount() ?? 0);
    this.#sink.finishFile(scanner);
    this.eventCount += scanner.eventCount;
  }

  async #feed(source: Source, scanner: TraceScanner): Promise<void> {
    const parallel = this.#parallelFor(source);
    let fed = 0;
    for await (const chunk of source.stream()) {
      scanner.feed(chunk);
      fed += chunk.length;
      this.#progress(chunk.length);
      if (scanner.foundJunkAt !== undefined && !scanner.foundEvents) return;
      // The threads must be told what times are counted from.
      if (parallel !== undefined && this.#target.builder.settledRows !== undefined) break;
    }
    if (parallel === undefined || fed === source.sizeBytes) return;
    await parallel.feed(source, fed, scanner, (bytes) => {
      this.#progress(bytes);
    });
  }

  #parallelFor({ sizeBytes }: Source): ParallelScan | undefined {
    const { pool, parallel } = this.#options;
    if (pool === undefined || this.#fast === undefined || sizeBytes < (parallel?.fromBytes ?? PARALLEL_FROM_BYTES))
      return undefined;
    const usual = this.#totalBytes < CHUNK_BYTES.largeFromBytes ? CHUNK_BYTES.usual : CHUNK_BYTES.large;
    this.#parallel ??= new ParallelScan(pool, this.#target, parallel?.chunkBytes ?? usual);
    return this.#parallel;
  }

  #progress(bytes: number): void {
    this.#readBytes += bytes;
    this.#target.builder.read.share = this.#readBytes / this.#totalBytes;
    this.#options.onProgress?.(this.#readBytes);
  }

  async close(): Promise<void> {
    await this.#parallel?.close();
  }
}

function requireTrace(scanner: TraceScanner, source: Source): void {
  if (scanner.foundEvents) return;
  throw new InputError('no_trace', {
    at: { path: source.path, offset: scanner.foundJunkAt ?? source.sizeBytes },
    expected: 'a JSON array of trace events, or an object with "traceEvents"',
    found: source.sizeBytes === 0 ? 'an empty file' : 'neither',
  });
}

function noEvents(source: Source): InputError {
  return new InputError('no_events', {
    at: { path: source.path, offset: source.sizeBytes },
    expected: 'at least one trace event',
    found: 'none',
    hint: 'the profiler may have been stopped before it recorded anything',
  });
}
