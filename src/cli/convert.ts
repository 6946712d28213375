import type { Command } from 'commander';
import { analyseRun, countRows, withDerivedCounters } from '../analysis/index.ts';
import { Diagnostics, InputError, UsageError } from '../base/index.ts';
import { NodeHost, writeOutput } from '../platform/node/index.ts';
import { type JoinedRows, type OpenedRun, openRun } from '../session/index.ts';
import { cutRun, WHOLE_RANGE } from '../timeline/cut.ts';
import type { Run } from '../timeline/index.ts';
import { type Writer, writers } from '../writers/index.ts';
import { addCaptureOptions, type CaptureFlags, openOptionsOf } from './capture-options.ts';
import { describeDiagnostics } from './diagnostics-text.ts';
import { formatBytes, formatCount, formatCounted, formatDuration } from '../report/format.ts';
import { chooseWriter } from './output-format.ts';
import { Progress } from './progress.ts';
import { refuseToOverwriteInput } from './refuse-overwrite.ts';
import { EXIT } from './report-error.ts';
import { styled, visible } from '../report/text/style.ts';
import type { Terminal } from './terminal.ts';
import { parseTimeRange } from './time-range.ts';
import { parseTrackPattern } from './track-pattern.ts';

interface ConvertOptions extends CaptureFlags {
  readonly output: string;
  readonly to?: string;
  readonly range?: string;
  readonly tracks?: string;
  readonly absoluteTime?: boolean;
  readonly derivedCounters?: boolean;
  readonly strict?: boolean;
}

const EXAMPLES = `
Examples:
  traceconv msprof_20260823165334.json -o trace.json       one file, for chrome://tracing and Perfetto
  traceconv PROF_000001_20260823165326062_ABC -o t.pftrace a whole capture folder
  traceconv rank0_ascend_pt rank1_ascend_pt -o run.json.gz several ranks on one clock, compressed
  traceconv 'run/**/trace_view.json' --range 1.2s..1.5s --tracks 'Stream *' -o part.pftrace
  gunzip -c trace.json.gz | traceconv - -o - --to perfetto > trace.pftrace`;

export function addConvert(
  program: Command,
  run: (action: (terminal: Terminal) => Promise<number>) => Promise<void>,
): void {
  const command = program
    .command('convert', { isDefault: true })
    .summary('convert profiler captures into one trace (the default command)')
    .description('Reads profiler captures and writes them as one trace. "convert" itself may be left out.')
    .argument('<inputs...>', 'files, folders, quoted globs, or - for standard input')
    .requiredOption('-o, --output <file>', 'where to write; - is standard output; a name ending in .gz is compressed')
    .option('--to <format>', `output format: ${writers.ids.join(' or ')} (default: told by the name of the output)`)
    .option('--range <from..to>', 'keep only what lies in this time from the start, such as 1.2s..1.5s')
    .option('--tracks <pattern>', 'keep only these tracks: a name with * and ?, or /regular expression/')
    .option('--absolute-time', "keep the capture's own clock instead of counting from its start")
    .option('--derived-counters', 'add counters of queue length and of the bandwidth of copies, worked out of launches')
    .option('--strict', 'exit with 5 when anything was lost or repaired');
  addCaptureOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((inputs: string[], options: ConvertOptions) => run((terminal) => convert(inputs, options, terminal)));
}

async function convert(inputs: readonly string[], options: ConvertOptions, terminal: Terminal): Promise<number> {
  const startedMs = performance.now();
  const writer = chooseWriter(options.output, options.to);
  const range = options.range === undefined ? undefined : parseTimeRange(options.range);
  const keepsTrack = options.tracks === undefined ? undefined : parseTrackPattern(options.tracks);
  const host = new NodeHost();
  const diagnostics = new Diagnostics();
  const progress = new Progress(terminal.progressStream);
  try {
    await refuseToOverwriteInput(inputs, options.output, host);
    progress.start('reading');
    const opened = await openRun(
      inputs,
      host,
      { ...openOptionsOf(options), onProgress: (read, total) => progress.update(read / total, read) },
      diagnostics,
    );
    assertEvents(opened);
    const whole = options.derivedCounters === true ? withDerivedCounters(analyseRun(opened.run)) : opened.run;
    const run =
      range === undefined && keepsTrack === undefined ? whole : cutRun(whole, range ?? WHOLE_RANGE, keepsTrack);
    if (run !== whole) assertSomethingLeft(run, whole, options);
    progress.start('writing');
    const writtenBytes = await writeRun(run, writer, options, diagnostics, progress);
    progress.clear();
    summarise(opened, run, diagnostics, options.output, writtenBytes, performance.now() - startedMs, terminal);
  } finally {
    progress.clear();
    await host.close();
  }
  return options.strict === true && diagnostics.lossCount > 0 ? EXIT.dataLoss : EXIT.ok;
}

async function writeRun(
  run: Run,
  writer: Writer,
  options: ConvertOptions,
  diagnostics: Diagnostics,
  progress: Progress,
): Promise<number> {
  const write = await writer.load();
  return writeOutput(options.output, (output, writtenBytes) =>
    write(run, output, diagnostics, {
      absoluteTime: options.absoluteTime === true,
      onProgress: (fraction) => progress.update(fraction, writtenBytes()),
    }),
  );
}

/** Figures beside a timeline are no events: there would be nothing in the output. */
function assertEvents({ run, files }: OpenedRun): void {
  if (countRows(run).events > 0 || run.shards.every(({ timeline }) => timeline.tables.length === 0)) return;
  throw new InputError('no_events', {
    at: { path: files[0].path },
    expected: 'at least one timeline or op table',
    found: 'only figures',
    hint: `traceconv inspect shows what is in them`,
  });
}

function assertSomethingLeft(cut: Run, whole: Run, { range, tracks }: ConvertOptions): void {
  if (tracks !== undefined && cut.shards.every(({ timeline }) => timeline.tracks.length === 0)) {
    throw new UsageError(
      'no_such_track',
      `--tracks ${tracks}: no track is called that`,
      'traceconv inspect lists the tracks',
    );
  }
  if (range !== undefined && countRows(cut).events === 0 && countRows(whole).events > 0) {
    throw new UsageError(
      'empty_range',
      `--range ${range}: nothing happens then`,
      `the run goes from 0 s to ${formatDuration(whole.endNs)}`,
    );
  }
}

function summarise(
  opened: OpenedRun,
  run: Run,
  diagnostics: Diagnostics,
  output: string,
  writtenBytes: number,
  tookMs: number,
  terminal: Terminal,
): void {
  const fileCount = opened.files.filter(({ role }) => role === 'read').length;
  const { events, slices } = countRows(run);
  const name = output === '-' ? 'standard output' : visible(output);
  const rate = `${formatBytes(opened.readBytes / (tookMs / 1000))}/s`;
  const read = [
    formatCounted(fileCount, 'file'),
    formatCounted(events, 'event'),
    formatCounted(slices, 'slice'),
    formatDuration(run.endNs),
  ];
  terminal.note(`${styled(read.join(', '), 'bold')} -> ${name} (${formatBytes(writtenBytes)}) at ${rate}`);
  const joined = opened.files.flatMap(({ joined: rows }) => (rows === undefined ? [] : [rows]));
  if (joined.length > 0) terminal.note(describeJoined(joined));
  for (const line of describeDiagnostics(diagnostics, { withPlaces: terminal.verbose })) terminal.note(line);
}

function describeJoined(joined: readonly JoinedRows[]): string {
  const rowCount = joined.reduce((sum, rows) => sum + rows.rowCount, 0);
  const matchedCount = joined.reduce((sum, rows) => sum + rows.matchedCount, 0);
  return `op tables: ${formatCount(matchedCount)} of ${formatCounted(rowCount, 'row')} joined with the timeline`;
}
