import type { Diagnostics, Place } from '../../../base/index.ts';
import { NONE } from '../../../timeline/index.ts';
import type { Engine } from '../chips.ts';
import { mhzOf } from './frequency.ts';
import type { Cell, ResultColumns } from './result-columns.ts';
import type { OtherSlice, ResultRows } from './result-rows.ts';

/** What a row of a table is about: an engine, or what is shown beside engines. */
type Subject = { readonly engine: Engine; readonly unit: number | undefined } | { readonly track: OtherSlice['track'] };

/** Numbers of engines in listings. */
const ENGINES: Readonly<Record<number, Engine>> = { 0: 'tiu', 1: 'gdma', 3: 'sdma', 4: 'cdma' };
const CATEGORIES: Readonly<Record<string, Subject>> = {
  TPU_BD: { engine: 'tiu', unit: undefined },
  TPU_GDMA: { engine: 'gdma', unit: undefined },
  TPU_SDMA: { engine: 'sdma', unit: undefined },
  TPU_LAYER: { track: 'layers' },
  TPU_GROUP_LAYER: { track: 'groups' },
  NODE_OP: { track: 'mcu' },
  HOST_CPU: { track: 'host' },
  SUBNET: { track: 'host' },
};
const UNIT_TYPES: Readonly<Record<string, string>> = { PD: 'PorD', TRANS_BC: 'TRANS&BC', RQDQ: 'RQ&DQ' };
const PORT = /^TPU_CDMA(?:_PORT)?(\d{0,3})$/;
const MOST_TEXTS = 1 << 14;
const NS = { ns: 1, us: 1000 } as const;

/** Makes slices of the rows of one table. */
export class ResultTable {
  /** Says how long cycles are, where times are in cycles. */
  facts: ReadonlyMap<string, string> = new Map();
  /** What numbers in the column of categories mean. */
  categories: readonly string[] = [];
  readonly #rows: ResultRows;
  readonly #columns: ResultColumns;
  readonly #path: string;
  readonly #diagnostics: Diagnostics;
  /** Names repeat; numbers of the most frequent are at hand. */
  readonly #texts = new Map<string, number>();
  readonly #nsPerCycle = new Map<'tiu' | 'dma', number>();

  constructor(rows: ResultRows, columns: ResultColumns, path: string, diagnostics: Diagnostics) {
    this.#rows = rows;
    this.#columns = columns;
    this.#path = path;
    this.#diagnostics = diagnostics;
  }

  /** `core`: that of rows that name none. The row stands at the address `argsFrom` of args. */
  add(cells: readonly Cell[], core: number, place: Place, argsFrom: number, argsBytes: number): void {
    const subject = this.#subjectOf(cells);
    if (subject === undefined) {
      this.#diagnostics.add('row_malformed', place, 'no engine that is known');
      return;
    }
    const isAdded =
      'engine' in subject
        ? this.#addOp(subject, cells, core, argsFrom, argsBytes)
        : this.#addOther(subject.track, cells, core, argsFrom, argsBytes);
    if (!isAdded) this.#diagnostics.add('row_time_bad', place);
  }

  #addOp(
    { engine, unit }: Extract<Subject, { engine: Engine }>,
    cells: readonly Cell[],
    core: number,
    argsFrom: number,
    argsBytes: number,
  ): boolean {
    const columns = this.#columns;
    const own = columns.number('core', cells);
    const op = columns.has('name') ? columns.text('name', cells) : opOfInfo(columns.text('info', cells));
    const type = columns.has('name') ? columns.text('type', cells) : typeOfUnit(op, engine);
    return this.#rows.addOp({
      ...{ engine, unit: unit ?? (isUnit(own) ? own : core), ...this.#span(cells, engine === 'tiu' ? 'tiu' : 'dma') },
      ...{ name: this.#text(op), type: this.#text(type) },
      gbPerSecond: engine === 'tiu' ? 0 : columns.bandwidth(cells),
      ...{ argsFrom, argsBytes },
    });
  }

  #addOther(
    track: OtherSlice['track'],
    cells: readonly Cell[],
    core: number,
    argsFrom: number,
    argsBytes: number,
  ): boolean {
    const columns = this.#columns;
    const name = this.#text(columns.text('type', cells) || columns.text('layer', cells) || track);
    return this.#rows.addOther({ track, core, name, ...this.#span(cells, 'tiu'), argsFrom, argsBytes });
  }

  #subjectOf(cells: readonly Cell[]): Subject | undefined {
    const columns = this.#columns;
    if (!columns.has('category')) {
      const engine = ENGINES[columns.number('engine', cells)];
      return engine === undefined ? undefined : { engine, unit: undefined };
    }
    const text = columns.text('category', cells);
    const category = this.categories[Number(text)] ?? text.replace(/^\d+-/, '');
    const port = PORT.exec(category)?.[1];
    if (port !== undefined) return { engine: 'cdma', unit: Number(port) };
    return Object.hasOwn(CATEGORIES, category) ? CATEGORIES[category] : undefined;
  }

  /** An end may be that of the last cycle or the cycle itself; the duration counts both ends. */
  #span(cells: readonly Cell[], clock: 'tiu' | 'dma'): { startNs: number; endNs: number } {
    const columns = this.#columns;
    const unitNs = columns.unit === 'cycle' ? this.#cycleNs(clock) : NS[columns.unit];
    const [begin, end] = [columns.number('begin', cells), columns.number('end', cells)];
    const duration = columns.number('duration', cells);
    const last = Number.isNaN(duration) ? end + (columns.unit === 'cycle' ? 1 : 0) : Math.max(end, begin + duration);
    return { startNs: begin * unitNs, endNs: last * unitNs };
  }

  #cycleNs(clock: 'tiu' | 'dma'): number {
    let known = this.#nsPerCycle.get(clock);
    if (known === undefined) {
      known = 1000 / mhzOf(clock, this.facts, this.#path, this.#diagnostics);
      this.#nsPerCycle.set(clock, known);
    }
    return known;
  }

  #text(text: string): number {
    if (text === '') return NONE;
    let id = this.#texts.get(text);
    if (id === undefined) {
      id = this.#rows.builder.strings.addText(text);
      if (this.#texts.size < MOST_TEXTS) this.#texts.set(text, id);
    }
    return id;
  }
}

/** `CONV<br>cycle=1034`: what runs stands before all figures. Copies by the runtime have figures alone. */
function opOfInfo(info: string): string {
  const [first = ''] = info.split(/<br>|,/, 1);
  return first.includes('=') ? '' : first;
}

/** Pages for the BM1684X spell types in a way of their own: PD, TENSOR. */
function typeOfUnit(unit: string, engine: Engine): string {
  if (engine === 'tiu' || unit === '') return UNIT_TYPES[unit] ?? unit;
  return `DMA_${unit.toLowerCase()}`;
}

function isUnit(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 1000;
}
