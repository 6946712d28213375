/** What the tables of the vendor's tools have in their columns, whatever they call them. */
import { cellValue, type RecordCells } from './record-args.ts';

export type Cell = string | number | boolean | null | undefined | object;

/** How long one of the numbers is in which times are counted. cycle: it depends on the engine. */
export type TimeUnit = 'ns' | 'us' | 'cycle';

const ROLES = {
  category: /^category$/i,
  engine: /^engine id$/i,
  core: /^core ?id$/i,
  begin: /^(begin_(time|usec)|start cycle)/i,
  end: /^(end_(time|usec)|end cycle)/i,
  /** With the last cycle; of some tables only. */
  duration: /^(duration|asic cycle|simulator cycle)$/i,
  name: /^(func_name|function name)$/i,
  type: /^(func_type|function type)$/i,
  /** What bandwidths stand in, as numbers or in a text. */
  bandwidth: /^(uarchrate\/bw|(ddr |l2m )?bandwidth(\(gb\/s\))?)$/i,
  layer: /^layer_(name|type)$/i,
  info: /^info$/i,
} as const;

type Role = keyof typeof ROLES;

/** The columns of one table. */
export class ResultColumns {
  readonly names: readonly string[];
  readonly unit: TimeUnit;
  readonly #columns: Readonly<Record<Role, readonly number[]>>;

  constructor(names: readonly string[]) {
    this.names = names;
    const columnsOf = (pattern: RegExp): number[] => names.flatMap((name, i) => (pattern.test(name.trim()) ? [i] : []));
    this.#columns = Object.fromEntries(
      Object.entries(ROLES).map(([role, pattern]) => [role, columnsOf(pattern)]),
    ) as Record<Role, number[]>;
    this.unit = unitOf(names[this.#columns.begin[0]] ?? '');
  }

  /** Whether rows are slices: they say when. */
  get hasTimes(): boolean {
    return this.#columns.begin.length > 0 && this.#columns.end.length > 0;
  }

  has(role: Role): boolean {
    return this.#columns[role].length > 0;
  }

  text(role: Role, cells: readonly Cell[]): string {
    const cell = cells[this.#columns[role][0]];
    return typeof cell === 'string' ? cell.trim() : typeof cell === 'number' ? `${cell}` : '';
  }

  /** NaN where no number stands. */
  number(role: Role, cells: readonly Cell[]): number {
    return numberOf(cells[this.#columns[role][0]]);
  }

  /** The highest of the bandwidths that a row names, in GB/s: only one kind of memory has more than none. */
  bandwidth(cells: readonly Cell[]): number {
    const texts = this.#columns.bandwidth.map((column) => cells[column]);
    const found = [
      ...texts,
      ...[...this.text('info', cells).matchAll(/speed=([\d.]+)GB/g)].map(([, gb]) => gb),
    ].flatMap((cell) =>
      typeof cell === 'string' && cell.includes(':')
        ? [...cell.matchAll(/:([\d.]+)/g)].map(([, gb]) => Number(gb))
        : [numberOf(cell)],
    );
    return Math.max(0, ...found.filter((each) => Number.isFinite(each)));
  }

  /** All that a row says, by the names of its columns; a cell behind the last of them has none and is left out. */
  cells(cells: readonly Cell[]): RecordCells {
    const said = this.names.flatMap((name, i): [string, unknown][] => {
      const cell = cells[i];
      if (cell === null || cell === undefined || this.#columns.category.includes(i)) return [];
      if (typeof cell === 'object') return [[name, JSON.stringify(cell)]];
      if (typeof cell !== 'string') return [[name, cell]];
      const text = cell.trim();
      return text === '' || text === '-' ? [] : [[name, cellValue(text)]];
    });
    return Object.fromEntries(said);
  }
}

/** begin_time(cycle), begin_usec, Start Cycle; begin_time alone is in ns. */
function unitOf(name: string): TimeUnit {
  if (/cycle/i.test(name)) return 'cycle';
  return /usec|\(us\)/i.test(name) ? 'us' : 'ns';
}

function numberOf(cell: Cell): number {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : Number.NaN;
}
