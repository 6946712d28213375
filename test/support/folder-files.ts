// What the files of a folder fixture say, read by parsers that are not ours: JSON.parse and csv-parse.
import { parse } from 'csv-parse/sync';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number | string;
  tid: number;
  ts?: string | number;
  dur?: number;
  id?: string | number;
  cat?: string;
  args?: Record<string, unknown>;
}

/** One op, of the timeline or of the op table. Stream and task are '' for a collective. */
export interface FoundOp {
  name: string;
  stream: string;
  task: string;
  startNs: bigint;
  durNs: bigint;
}

export type CsvRow = Readonly<Record<string, string>>;

/** Microseconds with decimals as picoseconds. */
const picoseconds = (text: string): bigint => {
  const [whole = '', decimals = ''] = text.trim().split('.');
  return BigInt(whole) * 1_000_000n + BigInt(decimals.padEnd(6, '0').slice(0, 6));
};
export const nanoseconds = (text: string): bigint => (picoseconds(text) + 500n) / 1000n;

export const csvRows = (text: string): CsvRow[] =>
  parse<CsvRow>(text, { columns: true, relax_quotes: true, trim: true });

const KERNEL = /^(AI_CORE|AI_VECTOR_CORE|AI_CPU|MIX_AIC|MIX_AIV)$/;

export class TimelineFile {
  readonly #events: TraceEvent[];
  readonly #processes = new Map<number | string, { name: string; label: string }>();

  constructor(text: string) {
    this.#events = JSON.parse(text);
    for (const { ph, name, pid, args } of this.#events) {
      if (ph !== 'M') continue;
      const process = this.#processes.get(pid) ?? { name: '', label: '' };
      if (name === 'process_name') process.name = String(args!['name']);
      if (name === 'process_labels') process.label = String(args!['labels']);
      this.#processes.set(pid, process);
    }
  }

  get events(): readonly TraceEvent[] {
    return this.#events;
  }

  /** Slices of a process of one device. Older files call the only device NPU. */
  slices(processName: string, device: number): TraceEvent[] {
    const labels = [`NPU ${device}`, 'NPU'];
    return this.#events.filter(({ ph, pid }) => {
      const process = this.#processes.get(pid);
      return ph === 'X' && process?.name === processName && labels.includes(process.label);
    });
  }

  kernels(device: number): FoundOp[] {
    return this.slices('Ascend Hardware', device)
      .filter(({ args }) => KERNEL.test(String(args!['Task Type'])))
      .map((event) => {
        const stream = event.args!['Physic Stream Id'] ?? event.args!['Stream Id'];
        return { ...found(event), stream: String(stream), task: String(event.args!['Task Id']) };
      });
  }

  /** The rows of groups have whole collectives, those of planes their parts. */
  collectives(device: number): FoundOp[] {
    const rows = [...this.slices('Communication', device), ...this.slices('HCCL', device)];
    return rows.filter(({ name }) => name.startsWith('hcom_')).map(found);
  }

  /** Sums of the vendor's overlap analysis. */
  overlapNs(device: number, name: string): number {
    const rows = this.slices('Overlap Analysis', device).filter((row) => row.name === name);
    return rows.reduce((sum, row) => sum + Number(nanoseconds(String(row.dur))), 0);
  }
}

const found = ({ name, ts, dur }: TraceEvent): FoundOp => {
  return { name, stream: '', task: '', startNs: picoseconds(String(ts)) / 1000n, durNs: nanoseconds(String(dur)) };
};

const known = (cell: string | undefined): string => (cell === undefined || cell === 'N/A' ? '' : cell);

/** Old tables count in ns, without saying so. */
function startOf(row: CsvRow): bigint {
  const ns = row['Task Start Time'];
  return ns === undefined
    ? nanoseconds((row['Task Start Time(us)'] ?? row['Start Time(us)'])!)
    : BigInt(ns.split('.')[0]!);
}

/** The column of the type or, on level 0, what the name says: its last part, a collective's without its counters. */
export function typeOf(row: CsvRow): string {
  const type = known(row['OP Type'] ?? row['Type']);
  const name = (row['Op Name'] ?? row['Name'])!;
  if (type !== '') return type;
  return name.startsWith('hcom_') ? name.replace(/_\d+_\d+_\d+$/, '') : name.slice(name.lastIndexOf('_') + 1);
}

export function tableOps(rows: readonly CsvRow[]): FoundOp[] {
  return rows.map((row) => ({
    name: (row['Op Name'] ?? row['Name'])!,
    stream: known(row['Stream ID']),
    task: known(row['Task ID']),
    startNs: startOf(row),
    durNs: nanoseconds((row['Task Duration(us)'] ?? row['Duration(us)'])!),
  }));
}

/** By place and start, or by name and start where a row has no place, as collectives and all rows of level 0. */
export function join(table: readonly FoundOp[], timeline: readonly FoundOp[]): [FoundOp, FoundOp][] {
  const near = (a: bigint, b: bigint): boolean => (a > b ? a - b : b - a) <= 2n;
  const same = (row: FoundOp, slice: FoundOp): boolean =>
    (row.stream === '' ? row.name === slice.name : row.stream === slice.stream && row.task === slice.task) &&
    near(row.startNs, slice.startNs);
  return table.flatMap((row): [FoundOp, FoundOp][] => {
    const slice = timeline.find((each) => same(row, each));
    return slice === undefined ? [] : [[row, slice]];
  });
}
