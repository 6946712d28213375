import { Diagnostics, MemorySource } from '../../src/base/index.ts';
import { ByteInterner } from '../../src/bytes/index.ts';
import { readers } from '../../src/readers/index.ts';
import { assertIntegrity, NONE, type Timeline } from '../../src/timeline/index.ts';

export interface ReadResult {
  readonly timeline: Timeline;
  readonly diagnostics: Diagnostics;
}

export interface TestFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Reads files as one capture and checks the integrity of what comes out. */
export async function readFiles(
  readerId: string,
  files: readonly TestFile[],
  { chunkBytes = 1 << 20, rank = NONE, strings = new ByteInterner() } = {},
): Promise<ReadResult> {
  const reader = readers.get(readerId);
  if (reader === undefined) throw new Error(`no reader ${readerId}`);
  const read = await reader.load();
  const diagnostics = new Diagnostics();
  const sources = files.map(({ path, bytes }) => new MemorySource(path, bytes, chunkBytes));
  const timeline = await read(sources, diagnostics, { rank, strings });
  assertIntegrity(timeline);
  return { timeline, diagnostics };
}

/** Reads one document given as text. */
export function readText(readerId: string, text: string, options: { chunkBytes?: number } = {}): Promise<ReadResult> {
  return readFiles(readerId, [{ path: 'trace.json', bytes: new TextEncoder().encode(text) }], options);
}

/** Reads events given as objects, or as the text of one where its spelling matters. */
export function readEvents(readerId: string, events: readonly (object | string)[]): Promise<ReadResult> {
  return readText(readerId, eventArray(events));
}

export function eventArray(events: readonly (object | string)[]): string {
  return `[${events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event))).join(',\n')}]`;
}

/** Diagnostics as lines, for golden files and comparisons. */
export function diagnosticLines(diagnostics: Diagnostics): string[] {
  return diagnostics.list().flatMap(({ kind, severity, count, places }) => [
    `${severity} ${kind}: ${count}`,
    ...places.map(({ place: { path, offset, field }, detail }) => {
      const where = [path, offset !== undefined && `byte ${offset}`, field !== undefined && `field ${field}`];
      return `  ${where.filter(Boolean).join(', ')}${detail === undefined ? '' : `: ${JSON.stringify(detail)}`}`;
    }),
  ]);
}

/** Diagnostics as kind and count. */
export function diagnosticCounts(diagnostics: Diagnostics): Record<string, number> {
  return Object.fromEntries(diagnostics.list().map(({ kind, count }) => [kind, count]));
}
