import type { Place, Source } from '../../../base/index.ts';
import type { ArgsBlock, ArgsColumns, ArgsStore } from '../../../timeline/index.ts';
import { SourceArgs } from '../../../timeline/args-store.ts';

/** Some cells by name, as they are to be shown. */
export type RecordCells = Readonly<Record<string, unknown>>;

/** A file of records, of which args are made. Its bytes begin at `base` among the addresses of args. */
export interface RecordPart {
  readonly source: Source;
  readonly base: number;
  readonly cellsOf: (record: Uint8Array) => RecordCells;
}

const PLAIN_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;
/** With more digits a number may not come back as it was. */
const MOST_EXACT_LENGTH = 16;

/** A cell's text, as a number where that keeps every digit. */
export function cellValue(text: string): string | number {
  const isNumber = PLAIN_NUMBER.test(text) && (text.length < MOST_EXACT_LENGTH || `${Number(text)}` === text);
  return isNumber ? Number(text) : text;
}

/** Args made of the records of files, when somebody asks. */
export class RecordArgs implements ArgsStore {
  readonly #parts: readonly RecordPart[];
  readonly #records: SourceArgs;

  constructor(parts: readonly RecordPart[]) {
    this.#parts = parts;
    this.#records = new SourceArgs(parts);
  }

  placeOf(address: number): Place | undefined {
    return this.#records.placeOf(address);
  }

  async block(
    columns: Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>,
    rows: ArrayLike<number>,
    spare?: Uint8Array,
  ): Promise<ArgsBlock> {
    const records = await this.#records.block(columns, rows);
    const encoder = new TextEncoder();
    const from = new Uint32Array(rows.length + 1);
    const texts: Uint8Array[] = [];
    for (let i = 0; i < rows.length; i++) {
      const record = records.bytes.subarray(records.from[i], records.from[i + 1]);
      const part = this.#parts.findLast(({ base }) => base <= columns.argsFrom[rows[i]]);
      const json = record.length === 0 || part === undefined ? '' : JSON.stringify(part.cellsOf(record));
      texts.push(encoder.encode(json));
      from[i + 1] = from[i] + texts[i].length;
    }
    const size = from[rows.length];
    const bytes = spare !== undefined && spare.length >= size ? spare : new Uint8Array(size);
    texts.forEach((text, i) => bytes.set(text, from[i]));
    return { bytes, from };
  }
}
