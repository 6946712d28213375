import { ByteBuffer } from '../bytes/byte-buffer.ts';
import type { Run } from '../timeline/index.ts';
import type { Output, WriteOptions } from './writer.ts';

const FLUSH_BYTES = 1 << 20;

/** Gathers small pieces and hands them on a megabyte at a time. */
export class OutputBuffer extends ByteBuffer {
  readonly #output: Output;
  readonly #home: () => Uint8Array;

  /** `home`: where the bytes are gathered; what is too long for it goes elsewhere until the next flush. */
  constructor(output: Output, home = memoryOf(FLUSH_BYTES + (FLUSH_BYTES >> 2))) {
    super(0);
    this.#output = output;
    this.#home = home;
    this.bytes = home();
  }

  /** Asked in hot loops: `if (buffer.isFull) await buffer.flush()`. */
  get isFull(): boolean {
    return this.length >= FLUSH_BYTES;
  }

  async flush(): Promise<void> {
    if (this.length === 0) return;
    await this.#output.write(this.view());
    this.length = 0;
    this.bytes = this.#home();
  }
}

function memoryOf(sizeBytes: number): () => Uint8Array {
  const memory = new Uint8Array(sizeBytes);
  return () => memory;
}

/** Slices, instants and samples. */
export function rowCount({ shards }: Run): number {
  return shards.reduce((sum, { timeline: t }) => sum + t.slices.length + t.instants.length + t.counters.length, 0);
}

/** Turns rows written into the fraction that WriteOptions.onProgress is told. */
export class RowProgress {
  readonly #totalRows: number;
  readonly #tell: WriteOptions['onProgress'];
  #doneRows = 0;

  constructor(run: Run, options: WriteOptions) {
    this.#totalRows = rowCount(run) || 1;
    this.#tell = options.onProgress;
  }

  advance(rows: number): void {
    this.#doneRows += rows;
    this.#tell?.(Math.min(this.#doneRows / this.#totalRows, 1));
  }
}
