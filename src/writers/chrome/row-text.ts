export const NOT_YET = 0;

/** A text that stands in many rows, and where the WebAssembly twin was last given it (see wasm/placed-texts.ts). */
export class RowText {
  readonly bytes: Uint8Array;
  address = NOT_YET;
  round = 0;

  constructor(text: string) {
    this.bytes = new TextEncoder().encode(text);
  }
}
