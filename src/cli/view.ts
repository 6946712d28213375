import type { Command } from 'commander';
import { countRows } from '../analysis/index.ts';
import { UsageError } from '../base/index.ts';
import { NodeHost } from '../platform/node/index.ts';
import { formatCounted, formatDuration } from '../report/format.ts';
import { visible } from '../report/text/style.ts';
import { type ListenHost, parseHost } from '../server/listen-host.ts';
import { ServedRun } from '../server/served-run.ts';
import { type ServerOptions, ViewServer } from '../server/view-server.ts';
import { type OpenedView, openViewedRun } from '../session/requests/open-viewed-run.ts';
import { addCaptureOptions, type CaptureFlags, openOptionsOf } from './capture-options.ts';
import { describeDiagnostics } from './diagnostics-text.ts';
import { openBrowser, tunnelCommand } from './open-browser.ts';
import { EXIT } from './report-error.ts';
import { savePage } from './save-page.ts';
import { untilInterrupted } from './signals.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';
import { addressOf } from './view-address.ts';

export interface ViewFlags extends CaptureFlags {
  readonly base?: string[];
  readonly head?: string[];
  readonly save?: string;
  readonly range?: string;
  readonly open: boolean;
  readonly port?: string;
  readonly host: string;
}

/** What becomes one tab of the page. */
export interface ViewedInputs {
  readonly name: string;
  readonly inputs: readonly string[];
}

const LOOPBACK = '127.0.0.1';

const EXAMPLES = `
All inputs are one run, as in report; each input of --base and --head is a run of its own, in a tab of its own.
The page is served to this machine alone and to who has the token in its address. Ctrl-C ends it.

Examples:
  traceconv view PROF_000001_20260823165326062_ABC             look at a capture in the browser
  traceconv view rank*_ascend_pt --align collective            several ranks on one axis of time
  traceconv view --base before_PROF --head after_PROF          two runs side by side
  traceconv view trace_view.json --save run.html               one file to send to somebody, opens by double click
  traceconv view trace_view.json --save run.html --range 1.2s..1.5s
  traceconv view --save viewer.html                            an empty viewer: drop captures on it`;

export function addView(
  program: Command,
  run: (action: (terminal: Terminal) => Promise<number>) => Promise<void>,
): void {
  const command = program
    .command('view')
    .summary('look at captures in the browser: timeline, top ops, bubbles, ranks')
    .description('Opens captures in a page of your browser, or saves them as a page that needs no server.')
    .argument('[inputs...]', 'files, folders, quoted globs, or - for standard input')
    .option('--base <inputs...>', 'runs to compare with, each input a run')
    .option('--head <inputs...>', 'runs to compare, each input a run')
    .option('--no-open', 'print the address, open no browser')
    .option('--port <number>', 'the port to listen on; 0: any that is free (default: 9417, or one that is free)')
    .option('--host <address>', 'listen on this address of the machine, for others who have the token', LOOPBACK)
    .option('--save <file>', 'write a page with the captures inside instead, as one file that opens offline')
    .option('--range <from..to>', 'with --save: only what lies in this time from the start, such as 1.2s..1.5s');
  addCaptureOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((inputs: string[], flags: ViewFlags) => run((terminal) => view(inputs, flags, terminal)));
}

async function view(inputs: readonly string[], flags: ViewFlags, terminal: Terminal): Promise<number> {
  if (flags.save !== undefined) return savePage(inputs, { ...flags, save: flags.save }, terminal);
  if (flags.range !== undefined) {
    throw new UsageError('range_unsaved', '--range: a page that is served holds all', 'zoom there, or add --save');
  }
  return serve(runsOf(inputs, flags), flags, { host: parseHost(flags.host), port: parsePort(flags.port) }, terminal);
}

export function runsOf(inputs: readonly string[], { base, head }: Pick<ViewFlags, 'base' | 'head'>): ViewedInputs[] {
  if (base === undefined && head === undefined && inputs.length > 0) {
    return [{ name: inputs.length === 1 ? inputs[0] : `${inputs[0]} + ${inputs.length - 1}`, inputs }];
  }
  if (base !== undefined && head !== undefined && inputs.length === 0) {
    return [...base, ...head].map((input) => ({ name: input, inputs: [input] }));
  }
  throw new UsageError(
    'no_input',
    inputs.length > 0 ? 'view takes inputs, or --base and --head' : 'view needs inputs, or a --base and a --head',
    'write traceconv view <inputs...>, or traceconv view --base <inputs...> --head <inputs...>',
  );
}

export function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new UsageError('bad_port', `--port ${text}: no number of a port`, 'choose one from 1024 to 65535, or 0');
}

async function serve(
  runs: readonly ViewedInputs[],
  flags: ViewFlags,
  options: ServerOptions,
  terminal: Terminal,
): Promise<number> {
  const reading = openOptionsOf(flags);
  const tool = { name: 'traceconv', version: VERSION };
  const served: ServedRun[] = [];
  const hosts: NodeHost[] = [];
  for (const { name: said, inputs } of runs) {
    const name = reading.anonymiser?.message(said) ?? said;
    const host = new NodeHost();
    hosts.push(host);
    // What is not there is told before anything is served.
    for (const input of inputs) await host.find(input);
    served.push(
      new ServedRun(name, (onProgress) => openViewedRun(name, inputs, host, { ...reading, onProgress }, tool)),
    );
  }
  const server = await ViewServer.listen(served, options);
  const interrupted = untilInterrupted();
  await announce(server, options.host, flags.open, terminal);
  const loading = load(served, terminal);
  await interrupted;
  await server.close();
  // What is still being read would keep the process alive.
  const isLoaded = await Promise.race([loading.then(() => true), Promise.resolve(false)]);
  for (const host of hosts) await host.close();
  if (!isLoaded) process.exit(EXIT.ok);
  return EXIT.ok;
}

async function announce(server: ViewServer, host: ListenHost, opens: boolean, terminal: Terminal): Promise<void> {
  const { port, token, visitToken } = server;
  await terminal.print([addressOf(host, port, token)]);
  const tunnel = host.isLoopback ? tunnelCommand(process.env, host.name, port) : undefined;
  if (tunnel !== undefined) terminal.note(`run this at home, then open the address there:\n  ${tunnel}`);
  if (!host.isLoopback) terminal.note('whoever has this address can read the runs; it goes over the network as it is');
  terminal.note('Ctrl-C ends it');
  if (!opens) return;
  void openBrowser(addressOf(host, port, visitToken)).then((isOpened) => {
    if (!isOpened && tunnel === undefined) terminal.note('open this address in a browser');
  });
}

/** One after the other, so that the first can be looked at soon. */
async function load(runs: readonly ServedRun[], terminal: Terminal): Promise<void> {
  for (const run of runs) {
    const opened = await run.load();
    if (opened !== undefined) describe(run.name, opened, terminal);
    else {
      terminal.complain(`traceconv: ${visible(run.failure?.what ?? '')}`);
      if (run.failure?.hint !== undefined) terminal.complain(`hint: ${visible(run.failure.hint)}`);
    }
  }
}

function describe(name: string, { run, files, diagnostics }: OpenedView, terminal: Terminal): void {
  const { slices } = countRows(run);
  const fileCount = files.filter(({ role }) => role === 'read').length;
  const read = [formatCounted(fileCount, 'file'), formatCounted(slices, 'slice'), formatDuration(run.endNs)];
  terminal.note(`${visible(name)}: ${read.join(', ')}`);
  for (const line of describeDiagnostics(diagnostics, { withPlaces: terminal.verbose })) terminal.note(line);
}
