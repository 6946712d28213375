import { NONE } from '../../../timeline/index.ts';
import type { Capture } from './capture.ts';
import { required, type Row, start, value, type Wanted } from './columns.ts';
import { COUNTER_TABLES, type CounterTable } from './counter-tables.ts';

/** Samples of everything that was sampled: each series of a table is a track. */
export function readCounters(capture: Capture): void {
  for (const spec of COUNTER_TABLES) if (capture.database.has(spec.table)) new CounterReader(capture, spec).read();
}

class CounterReader {
  readonly #capture: Capture;
  readonly #spec: CounterTable;
  /** By device and selectors: a track for each series. */
  readonly #tracks = new Map<string, number[]>();

  constructor(capture: Capture, spec: CounterTable) {
    this.#capture = capture;
    this.#spec = spec;
  }

  read(): void {
    const { table, timeColumn = 'timestampNs', selectors = [], series } = this.#spec;
    const { database, events } = this.#capture;
    const wanted: Record<string, Wanted> = { ...start(timeColumn), device: value('deviceId'), die: value('dieId') };
    for (const { column } of selectors) wanted[`select ${column}`] = required(column);
    series.forEach(({ column }, i) => {
      wanted[`value ${i}`] = sum(column);
    });
    database.each<string>(table, wanted, (row) => {
      const timeNs = events.timeNs(table, row);
      if (Number.isNaN(timeNs)) return;
      const tracks = this.#tracksOf(row);
      series.forEach(({ divisor = 1 }, i) => {
        const sample = row.number(`value ${i}`);
        if (!Number.isNaN(sample)) events.addSample(tracks[i], timeNs, sample / divisor);
      });
    });
  }

  #tracksOf(row: Row<string>): number[] {
    const { selectors = [], isHost } = this.#spec;
    const device = isHost ? NONE : row.number('device') || 0;
    const die = row.number('die') >= 0 ? row.number('die') : NONE;
    const numbers = selectors.map(({ column }) => row.number(`select ${column}`));
    const key = `${device} ${die} ${numbers.join(' ')}`;
    let tracks = this.#tracks.get(key);
    if (tracks === undefined) {
      tracks = this.#newTracks(device, die, numbers);
      this.#tracks.set(key, tracks);
    }
    return tracks;
  }

  #newTracks(device: number, die: number, numbers: readonly number[]): number[] {
    const { layer, selectors = [], series } = this.#spec;
    const { names } = this.#capture;
    const titles = selectors.map(({ as }, i) => (as === 'id' ? String(numbers[i]) : titleOf(names.text(numbers[i]))));
    const suffix = die === NONE ? '' : ` Die ${die}`;
    const filled = (text: string): string => text.replace(/\{(\d)\}/g, (_, at: string) => titles[Number(at)] ?? '');
    return series.map((each) =>
      this.#capture.tracks.counter(layer, device, filled(each.name), filled(each.series), suffix),
    );
  }
}

/** Databases write in small letters what timelines begin with a capital, and `app` in capitals. */
function titleOf(text: string): string {
  if (text === 'app') return 'APP';
  return /^(read|write|device)$/.test(text) ? `${text[0].toUpperCase()}${text.slice(1)}` : text;
}

/** One column, or the sum of two. */
function sum(expression: string): Wanted {
  const [first, ...others] = expression.split(' + ');
  const rest = others.map((column) => ` + ${column}`).join('');
  return { spellings: [first], sql: (column) => `${column}${rest}`, isRequired: false };
}
