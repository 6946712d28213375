import type { Source } from '../../../base/index.ts';
import { type CsvRow, CsvScanner } from '../../../bytes/index.ts';
import type { ArgsBlock, ArgsColumns, ArgsStore } from '../../../timeline/index.ts';
import { SourceArgs } from '../../../timeline/args-store.ts';
import { isNothing, type OpHeader } from './columns.ts';
import { OpCells } from './op-row.ts';

/** A file of rows: where its bytes begin among the addresses of args. */
export interface OpPart {
  readonly source: Source;
  readonly base: number;
  readonly header: OpHeader;
}

/** Longer integers would not come back as they are, so they stay text. */
const PLAIN_NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d+)?$/;

/** Rows of op tables as JSON args: a member for each cell that says something, but for the name and the times. */
export class OpArgs implements ArgsStore {
  readonly #parts: readonly OpPart[];
  readonly #rows: SourceArgs;

  constructor(parts: readonly OpPart[]) {
    this.#parts = parts;
    this.#rows = new SourceArgs(parts);
  }

  async block(
    columns: Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>,
    rows: ArrayLike<number>,
    spare?: Uint8Array,
  ): Promise<ArgsBlock> {
    const { bytes: csv, from: csvFrom } = await this.#rows.block(columns, rows);
    const texts: string[] = [];
    for (let i = 0; i < rows.length; i++) {
      const part = this.#partAt(columns.argsFrom[rows[i]]);
      texts.push(csvFrom[i] === csvFrom[i + 1] ? '' : argsText(csv.subarray(csvFrom[i], csvFrom[i + 1]), part.header));
    }
    return packed(texts, spare);
  }

  #partAt(address: number): OpPart {
    return this.#parts.findLast(({ base }) => base <= address) ?? this.#parts[0];
  }
}

function argsText(csv: Uint8Array, header: OpHeader): string {
  let text = '';
  const cells = new OpCells();
  const scanner = new CsvScanner({
    row: (row: CsvRow) => {
      if (text !== '') return;
      cells.look(row, header);
      text = rowText(cells, header);
    },
    quoteNotClosed: () => undefined,
  });
  scanner.feed(csv);
  scanner.end();
  return text;
}

function rowText(cells: OpCells, { names, name, start, duration }: OpHeader): string {
  const members: string[] = [];
  for (const [cell, key] of names.entries()) {
    if (cell === name || cell === start || cell === duration || !cells.has(cell)) continue;
    if (isNothing(cells.row.buffer, cells.from(cell), cells.to(cell))) continue;
    const value = cells.text(cell);
    members.push(`${JSON.stringify(key)}:${PLAIN_NUMBER.test(value) ? value : JSON.stringify(value)}`);
  }
  return `{${members.join(',')}}`;
}

function packed(texts: readonly string[], spare: Uint8Array | undefined): ArgsBlock {
  const encoder = new TextEncoder();
  const from = new Uint32Array(texts.length + 1);
  const encoded = texts.map((text, i) => {
    const bytes = encoder.encode(text);
    from[i + 1] = from[i] + bytes.length;
    return bytes;
  });
  const size = from[texts.length];
  const bytes = spare !== undefined && spare.length >= size ? spare : new Uint8Array(size);
  encoded.forEach((each, i) => {
    bytes.set(each, from[i]);
  });
  return { bytes, from };
}
