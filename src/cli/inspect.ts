import type { Command } from 'commander';
import {
  describeRun,
  type ProcessGroup,
  processGroups,
  type RunFacts,
  type VendorFigure,
  vendorFigures,
} from '../analysis/index.ts';
import { Diagnostics } from '../base/index.ts';
import { NodeHost } from '../platform/node/index.ts';
import { rawFactsOf } from '../readers/sophon/raw-facts.ts';
import { type OpenedRun, openRun } from '../session/index.ts';
import { describeCaptures } from './capture-tree.ts';
import { alignmentFacts } from '../timeline/index.ts';
import { describeAlignment } from './alignment-text.ts';
import { addCaptureOptions, type CaptureFlags, openOptionsOf } from './capture-options.ts';
import { describeEngines } from './engines-text.ts';
import { describeDiagnostics } from './diagnostics-text.ts';
import { describeMetrics, metricsOfRun } from './metrics-text.ts';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatEpoch,
  formatNumbers,
} from '../report/format.ts';
import { formatTable } from '../report/text/table.ts';
import { Progress } from './progress.ts';
import { EXIT } from './report-error.ts';
import { describeVendorFigures } from './vendor-figures-text.ts';
import { styled, visible } from '../report/text/style.ts';
import type { Terminal } from './terminal.ts';

interface InspectOptions extends CaptureFlags {
  readonly json?: boolean;
}

const GROUPS_SHOWN = 16;

const EXAMPLES = `
Examples:
  traceconv inspect PROF_000001_20260823165326062_ABC
  traceconv inspect trace_view.json --json | jq .counts`;

export function addInspect(
  program: Command,
  run: (action: (terminal: Terminal) => Promise<number>) => Promise<void>,
): void {
  const command = program
    .command('inspect')
    .summary('say what captures hold, without writing anything')
    .description('Says what each file was taken for and why, and what is in it.')
    .argument('<inputs...>', 'files, folders, quoted globs, or - for standard input')
    .option('--json', 'print JSON');
  addCaptureOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((inputs: string[], options: InspectOptions) => run((terminal) => inspect(inputs, options, terminal)));
}

async function inspect(inputs: readonly string[], options: InspectOptions, terminal: Terminal): Promise<number> {
  const host = new NodeHost();
  const diagnostics = new Diagnostics();
  const progress = new Progress(terminal.progressStream);
  try {
    progress.start('reading');
    const opened = await openRun(
      inputs,
      host,
      { ...openOptionsOf(options), onProgress: (read, total) => progress.update(read / total, read) },
      diagnostics,
    );
    progress.clear();
    const facts = describeRun(opened.run);
    const figures = vendorFigures(opened.run);
    await terminal.print(
      options.json === true
        ? [asJson(opened, facts, figures, diagnostics)]
        : asText(opened, facts, figures, diagnostics, terminal.verbose),
    );
  } finally {
    progress.clear();
    await host.close();
  }
  return EXIT.ok;
}

/** Absolute times are text: they do not fit a JSON number. */
function asJson(
  { run, files, readBytes }: OpenedRun,
  facts: RunFacts,
  figures: readonly VendorFigure[],
  diagnostics: Diagnostics,
): string {
  const originNs = run.originNs.toString();
  const start = formatEpoch(run.originNs);
  return JSON.stringify(
    {
      files,
      readBytes,
      originNs,
      start,
      endNs: run.endNs,
      alignment: run.alignment && alignmentFacts(run.alignment),
      engines: run.shards.flatMap((shard) => rawFactsOf(shard) ?? []),
      ...facts,
      processGroups: processGroups(run),
      vendorFigures: figures,
      metrics: metricsOfRun(run),
      diagnostics: diagnostics.list(),
    },
    undefined,
    2,
  );
}

function asText(
  opened: OpenedRun,
  facts: RunFacts,
  figures: readonly VendorFigure[],
  diagnostics: Diagnostics,
  verbose: boolean,
): string[] {
  const { run } = opened;
  const metrics = metricsOfRun(run);
  const isTimeline = facts.counts.events > 0 || metrics.length === 0;
  return [
    ...describeCaptures(opened, verbose),
    ...(isTimeline ? ['', ...describeTimeline(opened, facts)] : []),
    ...spaced(describeMetrics(metrics)),
    ...spaced(describeVendorFigures(figures, run)),
    ...spaced(describeDiagnostics(diagnostics, { withPlaces: true })),
  ];
}

function describeTimeline({ run, readBytes }: OpenedRun, facts: RunFacts): string[] {
  const { counts } = facts;
  const start = formatEpoch(run.originNs);
  return [
    `${styled('time', 'bold')}     ${formatDuration(run.endNs)} from ${start ?? `${run.originNs} ns of the capture's own clock`}`,
    `${styled('read', 'bold')}     ${formatBytes(readBytes)}, ${formatCounted(counts.events, 'event')}`,
    `${styled('ranks', 'bold')}    ${facts.ranks.length === 0 ? 'unknown' : facts.ranks.join(', ')}`,
    `${styled('devices', 'bold')}  ${facts.devices.length === 0 ? 'none named' : facts.devices.join(', ')}`,
    ...describeGroups(processGroups(run)),
    `${styled('slices', 'bold')}   ${formatCount(counts.slices)}, of them ${formatCount(counts.zeroLengthSlices)} of zero length`,
    `${styled('instants', 'bold')} ${formatCount(counts.instants)}`,
    `${styled('counters', 'bold')} ${formatCounted(counts.counterSamples, 'sample')}`,
    `${styled('flows', 'bold')}    ${formatCount(counts.boundFlows)}, and ${formatCount(counts.unboundFlows)} with an end or its slice missing`,
    ...describeAlignment(run),
    ...describeEngines(run),
    '',
    ...describeTracks(facts, run.shards.length > 1),
  ];
}

/** "tp 0,1 · dp 0-7"; a group of one communicates with nobody. */
function describeGroups(groups: readonly ProcessGroup[]): string[] {
  const shown = groups
    .filter(({ ranks }) => ranks.length > 1)
    .map(({ name, ranks }) => `${name} ${formatNumbers(ranks)}`);
  if (shown.length === 0) return [];
  const rest = shown.length - GROUPS_SHOWN;
  const text = [...shown.slice(0, GROUPS_SHOWN), ...(rest > 0 ? [`and ${formatCount(rest)} more`] : [])].join(' · ');
  return [`${styled('groups', 'bold')}   ${visible(text)}`];
}

function describeTracks({ tracks }: RunFacts, withShard: boolean): string[] {
  const header = ['process', 'track', 'kind', 'lanes', 'rows', 'from', 'to'];
  const rows = tracks.map((track) => [
    ...(withShard ? [track.shard + 1] : []),
    visible(track.processLabel === '' ? track.process : `${track.process} (${track.processLabel})`),
    visible(track.name),
    track.kind,
    track.lanes,
    track.rows,
    track.firstNs === undefined ? '' : formatDuration(track.firstNs),
    track.lastNs === undefined ? '' : formatDuration(track.lastNs),
  ]);
  const [titles, ...body] = formatTable(withShard ? ['part', ...header] : header, rows);
  return [styled(titles, 'bold'), ...body];
}

function spaced(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}
