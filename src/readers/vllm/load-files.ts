import { type Diagnostics, InputError, type Place, type Source } from '../../base/index.ts';
import { metricTable, NONE, sampleTable, TimelineBuilder, type TrackNaming } from '../../timeline/index.ts';
import type { Read } from '../reader.ts';
import type { Measurement } from './measurement.ts';

/** What is in one file: at least one measurement, or an InputError. */
export type ReadFile = (
  source: Source,
  diagnostics: Diagnostics,
  onRead: (bytes: number) => void,
) => Promise<readonly Measurement[]>;

/** More are not kept of one file: so many take some 300 MB. */
const MOST_FIGURES = 1 << 18;
const MOST_SAMPLES = 1 << 21;
/** So much of what was found is shown. */
const FOUND_BYTES = 20;

/** Reads each file into a table of metrics and one of samples. One that cannot be read leaves the others as they are. */
export function readingFiles(readFile: ReadFile): Read {
  return async (sources, diagnostics, options) => {
    const builder = new TimelineBuilder([]);
    const errors: InputError[] = [];
    let doneBytes = 0;
    for (const source of withoutCopies(sources, diagnostics)) {
      builder.openPart(source);
      try {
        const found = await readFile(source, diagnostics, (bytes) => options.onProgress?.(doneBytes + bytes));
        addTables(builder, source.path, found, diagnostics);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        errors.push(error);
      }
      doneBytes += source.sizeBytes;
    }
    if (builder.tables.length === 0 && errors.length > 0) throw errors[0];
    for (const { at, expected, found } of errors) {
      diagnostics.add('file_unreadable', at, `expected ${expected}, found ${found}`);
    }
    return builder.finish(naming(options.rank), diagnostics);
  };
}

/** Beside a result its figures stand once more as `*.pytorch.json`. */
function withoutCopies(sources: readonly Source[], diagnostics: Diagnostics): readonly Source[] {
  const paths = new Set(sources.map(({ path }) => path));
  return sources.filter(({ path }) => {
    const original = path.replace(/\.pytorch\.json$/, '.json');
    if (original === path || !paths.has(original)) return true;
    diagnostics.add('copy_skipped', { path }, `the figures of ${original} once more`);
    return false;
  });
}

function addTables(
  builder: TimelineBuilder,
  path: string,
  measurements: readonly Measurement[],
  diagnostics: Diagnostics,
): void {
  for (const measurement of measurements) measurement.finish();
  builder.tables.push(
    metricTable(
      path,
      measurements.flatMap((measurement) => measurement.metrics()),
    ),
  );
  const samples = sampleTable(path, samplesOf(measurements, path, diagnostics));
  if (samples.rowCount > 0) builder.tables.push(samples);
}

function* samplesOf(
  measurements: readonly Measurement[],
  path: string,
  diagnostics: Diagnostics,
): ReturnType<Measurement['samples']> {
  let count = 0;
  for (const measurement of measurements) {
    for (const sample of measurement.samples()) {
      if (count++ < MOST_SAMPLES) yield sample;
    }
  }
  if (count > MOST_SAMPLES) diagnostics.add('samples_thinned', { path }, `the first ${MOST_SAMPLES} of ${count}`);
}

/** The measurements of a file, as many as there is room for. */
export class FoundMeasurements {
  readonly all: Measurement[] = [];
  #figureCount = 0;

  /** Takes those in which there is a figure. */
  add(measurement: Measurement): void {
    if (measurement.knownCount === 0) return;
    this.all.push(measurement);
    this.#figureCount += measurement.size;
  }

  /** No more are to be read. Tells it. */
  isFull(place: Place, diagnostics: Diagnostics): boolean {
    if (this.#figureCount < MOST_FIGURES) return false;
    diagnostics.add('figures_left_out', place, `all behind the first ${MOST_FIGURES}`);
    return true;
  }
}

/** Results have no tracks. */
function naming(rank: number): TrackNaming {
  return {
    process: ({ name, label }) => ({ name, label, side: 'host', osPid: undefined, rank, device: NONE }),
    track: ({ kind, name }) => ({ kind, name, stream: NONE, unit: '' }),
  };
}

/** `rest`: what stands from `offset` on. */
export function refusal({ path, sizeBytes }: Source, offset: number, expected: string, rest: Uint8Array): InputError {
  const found = new TextDecoder().decode(rest.subarray(0, FOUND_BYTES));
  return new InputError(sizeBytes === 0 ? 'empty_file' : 'not_a_trace', {
    at: { path, offset },
    expected,
    found: found === '' ? 'the end of the file' : JSON.stringify(found),
  });
}
