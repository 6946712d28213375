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
import { readSurroundings } from '../readers/ascend/surroundings.ts';
import { assembleRun } from './assemble-run.ts';
import { groupCaptures } from './captures.ts';
import type { OpenedFile, OpenedRun, OpenOptions } from './opened-run.ts';
import { warnOfPagesApart } from './pages-apart.ts';
import { readCaptures } from './read-captures.ts';
import { type OlderCapture, type PlacedCapture, withCountedRanks, withNames, withoutOlderCaptures } from './ranks.ts';
import { type Candidate, type RecognisedFile, readerCalled, recognise } from './recognise.ts';
import { findRawCaptures, notExported } from './unexported.ts';
import { ToolReadings } from './vendor-tool/tool-readings.ts';

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
    if (verdict.isNotable)
      diagnostics.add(verdict.isLoss === true ? 'file_unreadable' : 'file_skipped', { path: file.path }, verdict.why);
    skipped.push({ path: file.path, role: 'skipped', why: verdict.why, sizeBytes: file.sizeBytes });
  }
  assertTraces(found, recognised, diagnostics);
  const totalBytes = recognised.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const { kept, older } = await placedCaptures(recognised, host);
  const tools = new ToolReadings(readers, host, options);
  const { shards, files, readBytes } = await readCaptures(kept, host, options, diagnostics, totalBytes, tools);
  for (const each of older) files.push(...leftOut(each, diagnostics));
  warnOfPagesApart(shards, diagnostics);
  const run = assembleRun(shards, options.align ?? 'clock', diagnostics);
  return { run, files: [...files, ...skipped], readBytes };
}

/** The captures, with what their folders say about them. */
async function placedCaptures(
  recognised: readonly RecognisedFile[],
  host: Host,
): Promise<ReturnType<typeof withoutOlderCaptures>> {
  const placed: PlacedCapture[] = [];
  for (const capture of groupCaptures(recognised)) {
    placed.push(withNames({ capture, surroundings: await readSurroundings(capture.home, host) }));
  }
  return withoutOlderCaptures(withCountedRanks(placed));
}

function leftOut(
  { placed: { capture, surroundings }, newerHome }: OlderCapture,
  diagnostics: Diagnostics,
): OpenedFile[] {
  const why = `rank ${surroundings.rank} is read from ${newerHome}`;
  diagnostics.add('capture_left_out', { path: capture.home }, why);
  return capture.exports.flatMap(({ files, reader }) =>
    files.map(({ path, sizeBytes }): OpenedFile => ({
      path,
      role: 'copy',
      why,
      sizeBytes,
      readerId: reader.id,
      part: reader.role,
      capture: capture.home,
      ...surroundings,
    })),
  );
}

/** Every file once, however many names and folders lead to it. */
function candidatesOf(found: readonly FoundInput[]): Candidate[] {
  const byIdentity = new Map<string, Candidate>();
  for (const { kind, absolutePath, files } of found) {
    const isNamed = kind === 'file' || kind === 'stdin';
    const namedFolder = kind === 'folder' ? { namedFolder: absolutePath } : {};
    for (const file of files) {
      const known = byIdentity.get(file.identity);
      if (known === undefined) byIdentity.set(file.identity, { ...file, isNamed, ...namedFolder });
      else if (isNamed) byIdentity.set(file.identity, { ...known, isNamed });
    }
  }
  return [...byIdentity.values()];
}

/** What the folders hold is worth reading: figures alone are, but not those beside data that nobody exported. */
function assertTraces(
  found: readonly FoundInput[],
  recognised: readonly RecognisedFile[],
  diagnostics: Diagnostics,
): void {
  const events = recognised.filter(({ reader }) => reader.role !== 'facts');
  const eventPaths = events.map(({ absolutePath }) => absolutePath);
  const holds = (input: FoundInput, some: readonly RecognisedFile[]): boolean => {
    const own = new Set(input.files.map(({ identity }) => identity));
    return some.some(({ identity }) => own.has(identity));
  };
  for (const each of found) {
    const { input, kind, files } = each;
    if (kind === 'file' || kind === 'stdin') continue;
    const paths = files.map(({ absolutePath }) => absolutePath);
    const raw = findRawCaptures(paths, eventPaths);
    if (raw.length > 0 && !holds(each, events)) throw notExported(raw);
    if (!holds(each, recognised)) throw noTrace(input, files);
    for (const { folder, command } of raw)
      diagnostics.add('file_skipped', { path: folder }, `not exported yet: ${command}`);
  }
}

function noTrace(input: string, files: readonly FoundFile[]): InputError {
  return new InputError('no_trace', {
    at: { path: input },
    expected: 'at least one trace (msprof_*.json, trace_view.json, op_summary_*.csv, Chrome trace JSON) or result',
    found:
      files.length === 0
        ? 'no files'
        : files.length === 1
          ? '1 file that is no trace'
          : `${files.length} files, none of them a trace`,
    hint: 'name the folder that the profiler wrote, or the trace file itself',
  });
}
