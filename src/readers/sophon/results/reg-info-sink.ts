import type { Diagnostics } from '../../../base/index.ts';
import { decimalValue, hashBytes, type LineHandler } from '../../../bytes/index.ts';
import { ByteInterner } from '../../../bytes/interner.ts';
import { NONE } from '../../../timeline/index.ts';
import type { Engine } from '../chips.ts';
import type { ResultFile } from './load-results.ts';
import { mhzOf } from './frequency.ts';
import type { ResultRows } from './result-rows.ts';

const TAB = 0x09;
const SPACE = 0x20;
const COLON = 0x3a;
const UNDERLINE = 0x5f;

/** By title: what ran the records below. Which engine of those that move memory stands in each. */
const TITLES: Readonly<Record<string, Engine>> = {
  __TIU_REG_INFO__: 'tiu',
  __TDMA_REG_INFO__: 'gdma',
  __CDMA_REG_INFO__: 'cdma',
};
const HEAD_TITLE = '__CHIP_ARCH_ARGS__';
const SDMA_NUMBER = 3;
/** A head is no place for more. */
const MOST_HEAD_LINES = 1000;
/** Args show no more of it. */
const LONGEST_RECORD_BYTES = 1 << 20;

/** Keys of numbers, and of texts, that make the slice. */
const NUMBERS = [
  'Start Cycle',
  'End Cycle',
  'Engine Id',
  'Core Id',
  'DDR Bandwidth(GB/s)',
  'L2M Bandwidth(GB/s)',
] as const;
const [START, END, ENGINE, CORE, DDR, L2M] = NUMBERS.keys();
const TEXTS = ['Function Name', 'Function Type'] as const;
const KEYS: readonly string[] = [...NUMBERS, ...TEXTS];

/** Makes rows of the records of one file. No record is an object. */
export class RegInfoSink implements LineHandler {
  readonly #rows: ResultRows;
  readonly #file: ResultFile;
  readonly #diagnostics: Diagnostics;
  readonly #keys = new ByteInterner();
  readonly #head = new Map<string, string>();
  /** By key of NUMBERS, then the texts' ids. */
  readonly #values = new Float64Array(KEYS.length);
  #engine: Engine | undefined;
  #isHead = false;
  #recordFrom = 0;
  #mhz: Readonly<Record<'tiu' | 'dma', number>> | undefined;

  constructor(rows: ResultRows, file: ResultFile, diagnostics: Diagnostics) {
    this.#rows = rows;
    this.#file = file;
    this.#diagnostics = diagnostics;
    for (const key of KEYS) this.#keys.addText(key);
  }

  line(buffer: Uint8Array, from: number, to: number, offset: number): void {
    if (buffer[from] === UNDERLINE) this.#begin(new TextDecoder().decode(buffer.subarray(from, to)), to, from, offset);
    else if (buffer[from] !== TAB) return;
    else if (this.#isHead) this.#addHead(new TextDecoder().decode(buffer.subarray(from + 1, to)));
    else if (this.#engine !== undefined) this.#add(buffer, from + 1, to);
  }

  lineTooLong(offset: number): void {
    this.#diagnostics.add('record_malformed', { path: this.#file.path, offset }, 'a line of more than a megabyte');
  }

  finish(): void {
    this.#finishRecord(this.#file.sizeBytes);
    const { metadata } = this.#rows.builder;
    if (this.#head.size > 0) metadata.set('chip_arguments', JSON.stringify(Object.fromEntries(this.#head)));
    const chip = this.#head.get('Chip Arch');
    if (chip !== undefined) metadata.set('chip', JSON.stringify(chip));
  }

  #begin(title: string, to: number, from: number, offset: number): void {
    const engine = TITLES[title];
    if (engine === undefined && title !== HEAD_TITLE) return;
    this.#finishRecord(offset);
    this.#engine = engine;
    this.#isHead = engine === undefined;
    this.#recordFrom = offset + to - from;
    this.#values.fill(Number.NaN);
  }

  #addHead(text: string): void {
    const colon = text.indexOf(':');
    if (colon > 0 && this.#head.size < MOST_HEAD_LINES)
      this.#head.set(text.slice(0, colon), text.slice(colon + 1).trim());
  }

  #add(b: Uint8Array, from: number, to: number): void {
    let colon = from;
    while (colon < to && b[colon] !== COLON) colon++;
    const key = this.#keys.find(b, from, colon, hashBytes(b, from, colon));
    if (key === NONE) return;
    let value = colon + 1;
    while (value < to && b[value] === SPACE) value++;
    let end = to;
    while (end > value && b[end - 1] === SPACE) end--;
    const { strings } = this.#rows.builder;
    if (key < NUMBERS.length) this.#values[key] = decimalValue(b, value, end);
    else this.#values[key] = value === end ? NONE : strings.add(b, value, end, hashBytes(b, value, end));
  }

  #finishRecord(offset: number): void {
    const title = this.#engine;
    this.#engine = undefined;
    if (title === undefined) return;
    const values = this.#values;
    const engine = title === 'gdma' && values[ENGINE] === SDMA_NUMBER ? 'sdma' : title;
    const nsPerCycle = 1000 / this.#frequency(engine === 'tiu' ? 'tiu' : 'dma');
    const unit = engine === 'cdma' ? Number.NaN : values[CORE];
    const [name, type] = TEXTS.map((_, i) => values[NUMBERS.length + i]);
    const isAdded = this.#rows.addOp({
      engine,
      unit: isUnit(unit) ? unit : this.#fileNumber(),
      startNs: values[START] * nsPerCycle,
      endNs: (values[END] + 1) * nsPerCycle,
      name: Number.isNaN(name) ? NONE : name,
      type: Number.isNaN(type) ? NONE : type,
      gbPerSecond: Math.max(0, values[DDR] || 0, values[L2M] || 0),
      argsFrom: this.#file.base + this.#recordFrom,
      argsBytes: Math.min(offset - this.#recordFrom, LONGEST_RECORD_BYTES),
    });
    if (!isAdded) this.#diagnostics.add('row_time_bad', { path: this.#file.path, offset: this.#recordFrom });
  }

  #frequency(of: 'tiu' | 'dma'): number {
    this.#mhz ??= {
      tiu: mhzOf('tiu', this.#head, this.#file.path, this.#diagnostics),
      dma: mhzOf('dma', this.#head, this.#file.path, this.#diagnostics),
    };
    return this.#mhz[of];
  }

  #fileNumber(): number {
    return Number(/_(\d{1,3})\.txt/.exec(this.#file.path)?.[1] ?? 0);
  }
}

function isUnit(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 1000;
}
