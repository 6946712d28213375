import { Diagnostics, InputError, type Source } from '../../base/index.ts';
import { histogramTable, metricTable, type Table, TableBuilder, TimelineBuilder } from '../../timeline/index.ts';
import type { Read } from '../reader.ts';
import { type Page, pageOf } from './page.ts';
import { readRecording, type Recording } from './recording.ts';
import { RunNumbers } from './run-numbers.ts';
import { sequencesOf } from './sequences.ts';
import { ServerNaming, ServerTracks } from './tracks.ts';
import { plainName } from './vllm-names.ts';

const OTHERS_SHOWN = 50;

/** Reads pages of one folder. Those that follow one another become one run of numbers; times make counters of them. */
export const loadMetrics: Read = async (sources, diagnostics, options) => {
  const builder = new TimelineBuilder([], options.strings);
  const naming = new ServerNaming();
  const recordings: Recording[] = [];
  const failures: InputError[] = [];
  let readBytes = 0;
  for (const source of sources) {
    builder.openPart(source);
    // What is wrong with the lines of a file that is none of these pages is no news.
    const own = new Diagnostics();
    const recording = await readRecording(source, own, (count) => {
      readBytes += count;
      options.onProgress?.(readBytes);
    });
    if (recording.scrapes.length > 0) {
      diagnostics.absorb(own);
      recordings.push(recording);
    } else failures.push(await noMetrics(source, recording));
  }
  if (recordings.length === 0 && failures.length > 0) throw failures[0];
  for (const { code, at, expected, found } of failures) {
    const kind = code === 'no_events' ? 'file_skipped' : 'file_unreadable';
    diagnostics.add(kind, at, `expected ${expected}, found ${found}`);
  }
  for (const recording of sequencesOf(recordings)) {
    const page = pageOf(recording, diagnostics);
    builder.tables.push(...tablesOf(page, diagnostics));
    noteSubtracted(recording, diagnostics);
    if (page.durationMs !== undefined) new ServerTracks(builder, naming, page).add(page);
  }
  noteOthers(recordings, diagnostics);
  return builder.finish(naming, diagnostics);
};

function tablesOf(page: Page, diagnostics: Diagnostics): Table[] {
  const { path } = page.recording.scrapes[page.recording.scrapes.length - 1];
  const numbers = new RunNumbers(page);
  for (const name of numbers.notFinite)
    diagnostics.add('figure_not_finite', { path, field: name }, 'a gauge without a number');
  const tables = [metricTable(path, numbers.metrics), histogramTable(path, numbers.buckets), settingsTable(path, page)];
  return tables.filter(({ rowCount }) => rowCount > 0);
}

/** What the server was started with stands in labels of a metric whose value says nothing. */
function settingsTable(path: string, { infos }: Page): Table {
  const table = new TableBuilder('settings', path);
  const [key, value] = ['key', 'value'].map((name) => table.addColumn(name, 'text'));
  for (const { name, labels } of infos) {
    for (const [label, text] of labels) {
      table.nextRow();
      table.setText(key, table.strings.addText(`${plainName(name).replace(/_info$/, '')}.${label}`));
      table.setText(value, table.strings.addText(text));
    }
  }
  return table.finish();
}

/** Who puts two pages into one folder by chance sees here why their numbers are small. */
function noteSubtracted({ scrapes }: Recording, diagnostics: Diagnostics): void {
  const paths = [...new Set(scrapes.map(({ path }) => path))];
  if (paths.length > 1) diagnostics.add('pages_subtracted', { path: paths[paths.length - 1] }, paths.join(' to '));
}

/** Of other programs on the same page. */
function noteOthers(recordings: readonly Recording[], diagnostics: Diagnostics): void {
  const names = [...new Set(recordings.flatMap(({ others }) => [...others]))].sort();
  if (names.length === 0) return;
  const [{ path }] = recordings[0].scrapes;
  const more = names.length > OTHERS_SHOWN ? ` and ${names.length - OTHERS_SHOWN} more` : '';
  const shown = names.slice(0, OTHERS_SHOWN).map((name) => name.slice(0, 100));
  diagnostics.add('families_left_out', { path }, shown.join(', ') + more, names.length);
}

async function noMetrics(source: Source, { others }: Recording): Promise<InputError> {
  const { path, sizeBytes } = source;
  const head = new TextDecoder().decode(await source.slice(0, Math.min(sizeBytes, 4096))).trimStart();
  const isPage = head.startsWith('<');
  const found = isPage ? 'a page for a browser (HTML)' : sizeBytes === 0 ? 'an empty file' : 'none of them';
  return new InputError(others.size > 0 ? 'no_events' : 'not_a_trace', {
    at: { path, offset: 0 },
    expected: 'metrics of vLLM in the text format of Prometheus',
    found: others.size > 0 ? `metrics of other programs only, such as ${[...others][0].slice(0, 100)}` : found,
    hint: 'save the answer of http://<server>/metrics, or record it with traceconv scrape',
  });
}
