import { basename } from 'node:path';
import { countRows } from '../analysis/index.ts';
import { type Diagnostics, UsageError } from '../base/index.ts';
import { NodeHost, writeOutput } from '../platform/node/index.ts';
import { TELLING_NAME } from '../readers/ascend/surroundings.ts';
import { formatBytes, formatDuration } from '../report/format.ts';
import { visible } from '../report/text/style.ts';
import { embeddedRun } from '../server/embedded-run.ts';
import { RecordingHost } from '../server/recording-host.ts';
import { type EmbeddedFile, savedPage } from '../server/saved-page.ts';
import { singleFileViewer } from '../server/viewer-files.ts';
import { openViewedRun } from '../session/requests/open-viewed-run.ts';
import type { SavedRun } from '../session/requests/saved-run.ts';
import { cutRun } from '../timeline/cut.ts';
import type { Run } from '../timeline/index.ts';
import { describeDiagnostics } from './diagnostics-text.ts';
import { Progress } from './progress.ts';
import { refuseToOverwriteInput } from './refuse-overwrite.ts';
import { EXIT } from './report-error.ts';
import type { Terminal } from './terminal.ts';
import { parseTimeRange } from './time-range.ts';
import { VERSION } from './version.ts';
import type { ViewFlags } from './view.ts';

interface SaveFlags extends ViewFlags {
  readonly save: string;
}

/** Without inputs an empty viewer is written. */
export async function savePage(inputs: readonly string[], flags: SaveFlags, terminal: Terminal): Promise<number> {
  if (flags.base !== undefined || flags.head !== undefined) {
    throw new UsageError('save_one', '--save: a page holds one run', 'save each run as a page of its own');
  }
  const range = flags.range === undefined ? undefined : parseTimeRange(flags.range);
  const viewer = await singleFileViewer();
  if (inputs.length === 0) {
    const sizeBytes = await writeOutput(flags.save, (output) => output.write(new TextEncoder().encode(viewer)));
    terminal.note(`an empty viewer -> ${visible(flags.save)} (${formatBytes(sizeBytes)}): drop captures on it`);
    return EXIT.ok;
  }
  const nodeHost = new NodeHost();
  const host = new RecordingHost(nodeHost);
  const progress = new Progress(terminal.progressStream);
  try {
    await refuseToOverwriteInput(inputs, flags.save, nodeHost);
    const { from, align } = flags;
    const name = nameOf(inputs);
    progress.start('reading');
    const onProgress = (read: number, total: number): void => progress.update(read / total, read);
    // Also where the files go along as they are: what cannot be read is told here and not to who opens the page.
    const { run, diagnostics } = await openViewedRun(name, inputs, host, { from, align, onProgress }, TOOL);
    progress.clear();
    const { contents, ...embedded } = embeddedRun(host, TELLING_NAME);
    const whole: SavedRun = { name, ...embedded, options: { from, align }, range: null };
    const [saved, files] =
      range === undefined || flags.range === undefined
        ? [whole, contents]
        : savedPart(name, flags.range, cutRun(run, range), run, diagnostics);
    const sizeBytes = await writeOutput(flags.save, async (output) => {
      for await (const bytes of savedPage(viewer, saved, files)) await output.write(bytes);
    });
    terminal.note(`${visible(name)} -> ${visible(flags.save)} (${formatBytes(sizeBytes)}): opens by double click`);
    for (const line of describeDiagnostics(diagnostics, { withPlaces: terminal.verbose })) terminal.note(line);
  } finally {
    progress.clear();
    await nodeHost.close();
  }
  return EXIT.ok;
}

const TOOL = { name: 'traceconv', version: VERSION };

/** As others will see it: without the folders above. */
function nameOf(inputs: readonly string[]): string {
  const first = inputs[0] === '-' ? 'standard input' : basename(inputs[0]);
  return inputs.length === 1 ? first : `${first} + ${inputs.length - 1}`;
}

/** The part as a trace of our own, which is exact. */
function savedPart(
  name: string,
  range: string,
  cut: Run,
  whole: Run,
  diagnostics: Diagnostics,
): [SavedRun, readonly EmbeddedFile[]] {
  if (countRows(cut).events === 0) {
    throw new UsageError(
      'empty_range',
      `--range ${range}: nothing happens then`,
      `the run goes from 0 s to ${formatDuration(whole.endNs)}`,
    );
  }
  const path = `${name}.json`;
  const saved: SavedRun = { name, inputs: [path], options: { align: 'clock' }, files: [path], folders: {}, range };
  return [saved, [{ path, chunks: () => chromeTrace(cut, diagnostics) }]];
}

/** Whole in memory: what is more than fits there is more than a browser opens as a page. */
async function* chromeTrace(run: Run, diagnostics: Diagnostics): AsyncGenerator<Uint8Array> {
  const { writeChromeJson: write } = await import('../writers/chrome/write.ts');
  const chunks: Uint8Array[] = [];
  await write(run, { write: async (bytes) => void chunks.push(bytes.slice()) }, diagnostics, { absoluteTime: true });
  yield* chunks;
}
