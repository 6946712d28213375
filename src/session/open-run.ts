import {
  type Diagnostics,
  type FoundFile,
  type FoundInput,
  type Host,
  InputError,
  type Registry,
  UsageError,
} from '../base/index.ts';
import type { Reader } from '../readers/reader.ts';
import { assembleRun } from './assemble-run.ts';
import type { OpenedFile, OpenedRun, OpenOptions } from './opened-run.ts';
import { capturesInReadingOrder, Reading, withoutOpTables } from './reading.ts';
import { type Candidate, type RecognisedFile, readerCalled, recognise } from './recognise.ts';
import { findRawCaptures, notExported } from './unexported.ts';

/** Finds, recognises, groups and reads everything the inputs name. */
export async function openRunWith(
  readers: Registry<Reader>,
  inputs: readonly string[],
  host: Host,
  options: OpenOptions,
  diagnostics: Diagnostics,
): Promise<OpenedRun> {
  if (inputs.length === 0) throw new UsageError('no_input', 'no input was named');
  const forced = options.from === undefined ? undefined : readerCalled(options.from, readers);
  const found: FoundInput[] = [];
  for (const input of inputs) found.push(await host.find(input));
  const recognised: RecognisedFile[] = [];
  const skipped: OpenedFile[] = [];
  for (const file of candidatesOf(found)) {
    const verdict = await recognise(file, host, readers, forced);
    if (verdict.reader !== undefined) {
      recognised.push(verdict);
      continue;
    }
    if (verdict.isNotable) diagnostics.add('file_skipped', { path: file.path }, verdict.why);
    skipped.push({ path: file.path, role: 'skipped', why: verdict.why, sizeBytes: file.sizeBytes });
  }
  assertTraces(found, recognised, diagnostics);
  const reading = new Reading(host, options, diagnostics, recognised);
  const { kept, tables } = withoutOpTables(capturesInReadingOrder(recognised));
  for (const each of kept) await reading.read(each);
  for (const { capture, timelinePath } of tables) reading.leaveOut(capture, timelinePath);
  const order = new Map(recognised.map(({ path }, index) => [path, index]));
  const orderOf = (path: string): number => order.get(path) ?? 0;
  reading.shards.sort((a, b) => orderOf(a.files[0]) - orderOf(b.files[0]));
  reading.files.sort((a, b) => orderOf(a.path) - orderOf(b.path));
  const run = assembleRun(reading.shards, options.align ?? 'clock', diagnostics);
  return { run, files: [...reading.files, ...skipped], readBytes: reading.readBytes };
}

/** Every file once, however many names and folders lead to it. */
function candidatesOf(found: readonly FoundInput[]): Candidate[] {
  const byIdentity = new Map<string, Candidate>();
  for (const { kind, files } of found) {
    const isNamed = kind === 'file' || kind === 'stdin';
    for (const file of files) {
      const known = byIdentity.get(file.identity);
      if (known === undefined) byIdentity.set(file.identity, { ...file, isNamed });
      else if (isNamed) byIdentity.set(file.identity, { ...known, isNamed });
    }
  }
  return [...byIdentity.values()];
}

function assertTraces(found: readonly FoundInput[], recognised: readonly FoundFile[], diagnostics: Diagnostics): void {
  const traces = new Set(recognised.map(({ identity }) => identity));
  const tracePaths = recognised.map(({ absolutePath }) => absolutePath);
  for (const { input, kind, files } of found) {
    if (kind === 'file' || kind === 'stdin') continue;
    const paths = files.map(({ absolutePath }) => absolutePath);
    const raw = findRawCaptures(paths, tracePaths);
    if (!files.some(({ identity }) => traces.has(identity)))
      throw raw.length > 0 ? notExported(raw) : noTrace(input, files);
    for (const { folder, command } of raw)
      diagnostics.add('file_skipped', { path: folder }, `not exported yet: ${command}`);
  }
}

function noTrace(input: string, files: readonly FoundFile[]): InputError {
  return new InputError('no_trace', {
    at: { path: input },
    expected: 'at least one trace (msprof_*.json, trace_view.json, op_summary_*.csv, Chrome trace JSON)',
    found:
      files.length === 0
        ? 'no files'
        : files.length === 1
          ? '1 file that is no trace'
          : `${files.length} files, none of them a trace`,
    hint: 'name the folder that the profiler wrote, or the trace file itself',
  });
}
