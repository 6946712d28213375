import type { Command } from 'commander';
import { analyseRun, countRows, type RunAnalysis } from '../analysis/index.ts';
import { Diagnostics, type Host, UsageError } from '../base/index.ts';
import { NodeHost, writeOutput } from '../platform/node/index.ts';
import { reportSentences } from '../locale/report-sentences.ts';
import { buildReport, type InputFacts, renderReport, type Section } from '../report/index.ts';
import { unstyled, visible } from '../report/text/style.ts';
import { formatDuration } from '../report/format.ts';
import { type OpenedFile, openRun } from '../session/index.ts';
import type { Run } from '../timeline/index.ts';
import { openOptionsOf } from './capture-options.ts';
import { describeDiagnostics } from './diagnostics-text.ts';
import { Progress } from './progress.ts';
import { refuseToOverwriteInput } from './refuse-overwrite.ts';
import { EXIT } from './report-error.ts';
import {
  addReportOptions,
  bubbleOptions,
  byOption,
  definitionsOption,
  measureOption,
  type ReportFlags,
  reportRequest,
  type ReportRequest,
  sectionOption,
} from './report-options.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

type RunCommand = (action: (terminal: Terminal) => Promise<number>) => Promise<void>;

const REPORT_EXAMPLES = `
Examples:
  traceconv report PROF_000001_20260823165326062_ABC           what the time went into, for people
  traceconv report rank*_ascend_pt --align collective          several ranks on one axis of time
  traceconv report trace_view.json --steps decode --top 3      the three ops that cost most per token
  traceconv report trace_view.json --format md -o report.md    for an issue or a wiki
  traceconv report trace_view.json --json | jq .totals         for a script
  traceconv report trace_view.json --format csv --section steps
  traceconv report rank0.pt.trace.json --section host,flame    launches, queues, and stacks of the host
  traceconv report rank0.pt.trace.json --format collapsed      stacks for scripts that draw flame graphs
  traceconv report rank0.pt.trace.json --definitions hta       the numbers of another tool, to compare`;

const TOP_EXAMPLES = `
Examples:
  traceconv top op_summary_20260823165335.csv
  traceconv top trace_view.json --by shape --top 20
  traceconv top trace_view.json --format csv -o ops.csv`;

const BUBBLES_EXAMPLES = `
Examples:
  traceconv bubbles trace_view.json
  traceconv bubbles trace_view.json --bubbles stream --min-bubble 50us
  traceconv bubbles trace_view.json --json | jq '.bubbles.groups[0]'`;

export function addReport(program: Command, run: RunCommand): void {
  const inputs = ['<inputs...>', 'files, folders, quoted globs, or - for standard input'] as const;
  const report = program
    .command('report')
    .summary('say where the time went: tokens, top ops, bubbles, steps, ranks')
    .description(
      'Analyses captures and writes a report: where the time went, which ops cost most, where devices idle and why.',
    )
    .argument(...inputs);
  addReportOptions(report, [byOption, sectionOption, measureOption, ...bubbleOptions, definitionsOption])
    .addHelpText('after', REPORT_EXAMPLES)
    .action((paths: string[], flags: ReportFlags) => run((terminal) => writeReport(paths, flags, terminal)));
  const top = program
    .command('top')
    .summary('list the ops that take the most time')
    .description('The top ops of `report` alone.')
    .argument(...inputs);
  addReportOptions(top, [byOption])
    .addHelpText('after', TOP_EXAMPLES)
    .action((paths: string[], flags: ReportFlags) =>
      run((terminal) => writeReport(paths, flags, terminal, ['topops'])),
    );
  const bubbles = program
    .command('bubbles')
    .summary('list where devices idle, and why')
    .description('The bubbles of `report` alone: every gap of a device, grouped by its cause and the ops around it.')
    .argument(...inputs);
  addReportOptions(bubbles, bubbleOptions)
    .addHelpText('after', BUBBLES_EXAMPLES)
    .action((paths: string[], flags: ReportFlags) =>
      run((terminal) => writeReport(paths, flags, terminal, ['bubbles'])),
    );
}

const HASHED_FORMATS: ReadonlySet<string> = new Set(['json', 'html']);

async function writeReport(
  inputs: readonly string[],
  flags: ReportFlags,
  terminal: Terminal,
  only?: readonly Section[],
): Promise<number> {
  const request = reportRequest(flags, process.env, only);
  const host = new NodeHost();
  const diagnostics = new Diagnostics();
  const progress = new Progress(terminal.progressStream);
  try {
    await refuseToOverwriteInput(inputs, request.output, host);
    progress.start('reading');
    const onProgress = (read: number, total: number): void => progress.update(read / total, read);
    const opened = await openRun(inputs, host, { ...openOptionsOf(flags), onProgress }, diagnostics);
    const analysis = analysisOf(opened.run, request);
    const files = opened.files.filter(({ role }) => role === 'read');
    const facts = {
      tool: { name: 'traceconv', version: VERSION },
      inputs: await inputFacts(files, host, flags.anonymize === undefined && HASHED_FORMATS.has(request.format)),
      diagnostics,
    };
    const document = await buildReport(analysis, facts, request.report);
    progress.clear();
    const { format, language, top } = request;
    const hasNoTrace = document.absent.some(({ reason }) => reason === 'no-trace');
    const section = request.mainSection ?? (hasNoTrace ? 'metrics' : 'topops');
    const text = renderReport(document, format, {
      ...{ language, top, section, width: terminal.columns, isVerbose: terminal.verbose },
    });
    if (format === 'collapsed' && text === '') terminal.note(`note: ${reportSentences[language].noStacks}`);
    await write(text, request, terminal);
    if (terminal.verbose)
      for (const line of describeDiagnostics(diagnostics, { withPlaces: true })) terminal.note(line);
  } finally {
    progress.clear();
    await host.close();
  }
  return EXIT.ok;
}

function analysisOf(run: Run, { range, analysis: options }: ReportRequest): RunAnalysis {
  const analysis = analyseRun(run, { ...options, range });
  if (range !== undefined && countRows(analysis.run).events === 0 && countRows(run).events > 0) {
    throw new UsageError(
      'empty_range',
      '--range: nothing happens then',
      `the run goes from 0 s to ${formatDuration(run.endNs)}`,
    );
  }
  if (options.onlySteps !== undefined && analysis.devices.length === 0) throw noSuchStep(run, { ...options, range });
  return analysis;
}

function noSuchStep(run: Run, options: ReportRequest['analysis']): UsageError {
  const steps = analyseRun(run, { ...options, onlySteps: undefined }).devices.flatMap((device) => device.steps.steps);
  const ids = [...new Set(steps.map(({ id }) => id))];
  const phases = [...new Set(steps.map(({ phase }) => phase))].join(', ');
  return steps.length === 0
    ? new UsageError('no_steps', '--steps: nothing tells steps in this run', 'name their marks with --step-marker')
    : new UsageError(
        'no_such_step',
        '--steps: the run has no such step',
        `it has ${ids.length === 1 ? ids[0] : `${ids[0]} to ${ids[ids.length - 1]}`} (${phases})`,
      );
}

/** Hashing reads every file once more, so it is done only for formats that say the hash. It would tell the file again. */
function inputFacts(files: readonly OpenedFile[], host: Host, withHash: boolean): Promise<InputFacts[]> {
  return Promise.all(
    files.map(async ({ path, readerId = '', toolVersion, capture, joined }) => ({
      ...{ path, readerId, toolVersion, capture, joined },
      sha256: withHash ? await host.sha256?.(path) : undefined,
    })),
  );
}

async function write(text: string, { format, output }: ReportRequest, terminal: Terminal): Promise<void> {
  if (output === '-') {
    if (text === '') return;
    const lines = text.replace(/\n$/, '').split('\n');
    // Names stand in CSV as they are, which no terminal may take for orders.
    return terminal.print(
      (format === 'csv' || format === 'collapsed') && terminal.columns !== undefined ? lines.map(visible) : lines,
    );
  }
  await writeOutput(output, (file) => file.write(new TextEncoder().encode(unstyled(text))));
}
