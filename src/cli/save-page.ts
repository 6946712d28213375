import { basename } from 'node:path';
import { countRows } from '../analysis/index.ts';
import { UsageError } from '../base/index.ts';
import { NodeHost, writeOutput } from '../platform/node/index.ts';
import { formatBytes, formatDuration } from '../report/format.ts';
import { visible } from '../report/text/style.ts';
import { savedPage } from '../server/saved-page.ts';
import { singleFileViewer } from '../server/viewer-files.ts';
import { openViewedRun } from '../session/requests/open-viewed-run.ts';
import { partOf, saveRun } from '../session/requests/saved-run.ts';
import type { ViewedRun } from '../session/requests/viewed-run.ts';
import type { TimeRange } from '../timeline/cut.ts';
import { openOptionsOf } from './capture-options.ts';
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
  const host = new NodeHost();
  const progress = new Progress(terminal.progressStream);
  try {
    await refuseToOverwriteInput(inputs, flags.save, host);
    const name = flags.anonymize?.message(nameOf(inputs)) ?? nameOf(inputs);
    progress.start('reading');
    const onProgress = (read: number, total: number): void => progress.update(read / total, read);
    const opened = await openViewedRun(name, inputs, host, { ...openOptionsOf(flags), onProgress }, TOOL);
    progress.clear();
    const kept = range === undefined ? opened.viewed : cutTo(opened.viewed, range, `${name} (${flags.range})`);
    const page = await savedPage(viewer, await saveRun(kept));
    const sizeBytes = await writeOutput(flags.save, (output) => output.write(new TextEncoder().encode(page)));
    terminal.note(`${visible(kept.name)} -> ${visible(flags.save)} (${formatBytes(sizeBytes)}): opens by double click`);
    for (const line of describeDiagnostics(opened.diagnostics, { withPlaces: terminal.verbose })) terminal.note(line);
  } finally {
    progress.clear();
    await host.close();
  }
  return EXIT.ok;
}

const TOOL = { name: 'traceconv', version: VERSION };

/** As others will see it: without the folders above. */
function nameOf(inputs: readonly string[]): string {
  const first = inputs[0] === '-' ? 'standard input' : basename(inputs[0]);
  return inputs.length === 1 ? first : `${first} + ${inputs.length - 1}`;
}

/** Its name says in the page that it is a part. */
function cutTo(whole: ViewedRun, range: TimeRange, name: string): ViewedRun {
  const part = partOf(whole, range, name);
  if (countRows(part.run).events > 0) return part;
  throw new UsageError(
    'empty_range',
    '--range: nothing happens then',
    `the run goes from 0 s to ${formatDuration(whole.run.endNs)}`,
  );
}
