import { type Diagnostics, InputError, type Source } from '../../base/index.ts';
import { TraceScanner } from '../../bytes/index.ts';
import { type Timeline, TimelineBuilder } from '../../timeline/index.ts';
import type { ReadOptions } from '../reader.ts';
import type { Dialect } from './dialect.ts';
import { EventSink } from './event-sink.ts';
import { FastEvents } from './fast-events.ts';

/** Reads the files of one capture, each a Trace Event document, into one timeline. */
export async function loadTraceEvents(
  sources: readonly Source[],
  diagnostics: Diagnostics,
  options: ReadOptions,
  dialect: Dialect,
): Promise<Timeline> {
  const builder = new TimelineBuilder(dialect.typedKeys);
  const { engine } = options;
  const fast = engine === 'typescript' ? undefined : FastEvents.create(builder, dialect, engine === 'wasm');
  const sink = new EventSink(builder, dialect, diagnostics, fast);
  let readBytes = 0;
  let eventCount = 0;
  for (const source of sources) {
    sink.startFile(source);
    const scanner = new TraceScanner(sink, {
      path: source.path,
      strings: builder.strings,
      keys: builder.keys,
      typedKeys: dialect.typedKeys,
      diagnostics,
      fastLane: fast,
    });
    for await (const chunk of source.stream()) {
      scanner.feed(chunk);
      readBytes += chunk.length;
      options.onProgress?.(readBytes);
      if (scanner.foundJunkAt !== undefined && !scanner.foundEvents) break;
    }
    scanner.end();
    requireTrace(scanner, source);
    sink.finishFile(scanner);
    eventCount += scanner.eventCount;
  }
  if (eventCount === 0) throw noEvents(sources[0]);
  return builder.finish(dialect.naming(options.rank), diagnostics);
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
