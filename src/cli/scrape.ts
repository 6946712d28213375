import type { Command } from 'commander';
import { EnvironmentError } from '../base/index.ts';
import { GrowingFile } from '../platform/node/index.ts';
import { formatBytes, formatCounted, formatSeconds } from '../report/format.ts';
import { visible } from '../report/text/style.ts';
import { Progress } from './progress.ts';
import { EXIT } from './report-error.ts';
import { Recorder } from './scrape-recorder.ts';
import { parseHeaders, parseMatch, parsePace, parseUrl, type ScrapeFlags } from './scrape-flags.ts';
import { untilInterrupted } from './signals.ts';
import type { Terminal } from './terminal.ts';

const EXAMPLES = `
The recording is Prometheus text with a time at the end of each line, so report, compare and view read it like any capture.
Ctrl-C ends it; what was recorded stays. A server that stops answering leaves a gap, which the recording names.

Examples:
  traceconv scrape http://127.0.0.1:8000/metrics --every 1s --for 5m -o run.prom
  traceconv scrape https://server/metrics --header "Authorization: Bearer $TOKEN" -o run.prom.gz
  traceconv scrape http://127.0.0.1:8000/metrics --match 'num_requests|cache_usage' -o queue.prom`;

const INTERRUPTED = 130;

export function addScrape(
  program: Command,
  run: (action: (terminal: Terminal) => Promise<number>) => Promise<void>,
): void {
  program
    .command('scrape')
    .summary('record the metrics page of a vLLM server')
    .description('Asks for the metrics page of a server again and again and writes what it says to a file.')
    .argument('<url>', 'the page, such as http://127.0.0.1:8000/metrics')
    .requiredOption('-o, --output <file>', 'where to write; - is standard output; a name ending in .gz is compressed')
    .option('--every <time>', 'how often to ask', '1s')
    .option('--for <time>', 'how long to record, such as 5m (default: until Ctrl-C)')
    .option('--timeout <time>', 'how long an answer may take', '10s')
    .option('--match <regex>', 'record metrics with such names (default: those of vLLM, and a few of its process)')
    .option('--header <line...>', 'send this header, such as "Authorization: Bearer ..."; it is written nowhere')
    .addHelpText('after', EXAMPLES)
    .action((url: string, flags: ScrapeFlags) => run((terminal) => scrape(url, flags, terminal)));
}

async function scrape(url: string, flags: ScrapeFlags, terminal: Terminal): Promise<number> {
  const pace = parsePace(flags);
  const page = { url: parseUrl(url), headers: parseHeaders(flags.header ?? []), timeoutMs: pace.timeoutMs };
  const stop = new AbortController();
  void untilInterrupted().then(() => stop.abort());
  const progress = new Progress(terminal.progressStream);
  const recorder = new Recorder(page, parseMatch(flags.match), stop.signal);
  const say = (line: string): void => {
    progress.clear();
    terminal.note(visible(line));
  };
  let output: GrowingFile | undefined;
  progress.start('recording');
  try {
    for await (const piece of recorder.record(pace, say)) {
      // Nothing is touched before there is something to write.
      output ??= await GrowingFile.open(flags.output);
      await output.append(piece);
      progress.show((seconds) => progressLine(recorder, output, seconds, pace.forMs));
    }
  } catch (error) {
    if (error instanceof EnvironmentError && error.code === 'interrupted') return INTERRUPTED;
    throw error;
  } finally {
    progress.clear();
    await output?.close();
  }
  terminal.note(summary(recorder, output, flags.output));
  return EXIT.ok;
}

function progressLine(
  { scrapeCount, missedCount }: Recorder,
  output: GrowingFile | undefined,
  seconds: number,
  forMs: number,
): string {
  const of = Number.isFinite(forMs) ? ` of ${formatSeconds(forMs / 1000)}` : ', Ctrl-C ends it';
  const missed = missedCount > 0 ? `, ${missedCount} missed` : '';
  const done = `${formatCounted(scrapeCount, 'scrape')}, ${formatBytes(output?.sizeBytes ?? 0)}${missed}`;
  return `recording: ${done}, ${formatSeconds(seconds)}${of}`;
}

function summary(
  { scrapeCount, missedCount, lateCount }: Recorder,
  output: GrowingFile | undefined,
  path: string,
): string {
  const name = path === '-' ? 'standard output' : visible(path);
  const missed = missedCount > 0 ? `, ${missedCount} without an answer` : '';
  const late = lateCount > 0 ? `, ${lateCount} left out because answers took longer than --every` : '';
  return `${formatCounted(scrapeCount, 'scrape')} -> ${name} (${formatBytes(output?.sizeBytes ?? 0)})${missed}${late}`;
}
