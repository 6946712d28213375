import type { Source } from '../../base/index.ts';

const PIECE_BYTES = 1 << 20;

/**
 * Reads what stands in files one after the other, often in small parts: each is read with those behind it. All go through
 * one buffer, as fresh memory costs more than reading does.
 */
export class PieceReader {
  #source: Source | undefined;
  #from = 0;
  #piece: Uint8Array = new Uint8Array();
  #buffer = new Uint8Array();

  /** The bytes [from, to), which are valid until others are asked for. */
  async read(source: Source, from: number, to: number): Promise<Uint8Array> {
    const isHere = source === this.#source && from >= this.#from && to <= this.#from + this.#piece.length;
    if (!isHere) {
      const sizeBytes = Math.max(to, Math.min(source.sizeBytes, from + PIECE_BYTES)) - from;
      if (this.#buffer.length < sizeBytes) this.#buffer = new Uint8Array(sizeBytes);
      this.#source = undefined;
      this.#piece = await source.slice(from, from + sizeBytes, this.#buffer.subarray(0, sizeBytes));
      [this.#source, this.#from] = [source, from];
    }
    return this.#piece.subarray(from - this.#from, to - this.#from);
  }
}
