import { ByteBuffer } from '../../bytes/byte-buffer.ts';
import type { Place } from '../../base/index.ts';
import type { ArgsBlock, ArgsColumns, ArgsStore } from '../../timeline/index.ts';
import type { Anonymiser } from './anonymiser.ts';
import { anonymousJson } from './json-texts.ts';

type ArgsPlaces = Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>;

const BATCH_ROWS = 1 << 14;
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Args whose texts are replaced when they are read. They stand nowhere as they are, so there is no `raw`. */
export class AnonymousArgs implements ArgsStore {
  readonly #store: ArgsStore;
  readonly #anonymiser: Anonymiser;

  constructor(store: ArgsStore, anonymiser: Anonymiser) {
    this.#store = store;
    this.#anonymiser = anonymiser;
  }

  async block(columns: ArgsPlaces, rows: ArrayLike<number>, spare?: Uint8Array): Promise<ArgsBlock> {
    const { bytes, from } = await this.#store.block(columns, rows);
    const out = new ByteBuffer(spare === undefined ? from[rows.length] : 0);
    if (spare !== undefined) out.bytes = spare;
    const replacedFrom = new Uint32Array(rows.length + 1);
    for (let i = 0; i < rows.length; i++) {
      const text = UTF8.decode(bytes.subarray(from[i], from[i + 1]));
      const replaced = anonymousJson(text, this.#anonymiser);
      if (replaced === text) out.append(bytes, from[i], from[i + 1]);
      else out.text(replaced);
      replacedFrom[i + 1] = out.length;
    }
    return { bytes: out.bytes, from: replacedFrom };
  }

  placeOf(address: number): Place | undefined {
    const place = this.#store.placeOf?.(address);
    return place && { ...place, path: this.#anonymiser.path(place.path) };
  }
}

/** Originals stand in args, too, and nobody may have been told of them before. */
export async function learnFromArgs(
  store: ArgsStore,
  columns: ArgsPlaces & { readonly length: number },
  anonymiser: Anonymiser,
): Promise<void> {
  for (let from = 0; from < columns.length; from += BATCH_ROWS) {
    const length = Math.min(BATCH_ROWS, columns.length - from);
    const rows = Uint32Array.from({ length }, (_, i) => from + i).filter((row) => columns.argsBytes[row] > 0);
    const { bytes, from: ends } = await store.block(columns, rows);
    // Objects stand one behind the other, so nothing is found across two of them. "\/" is how some writers say a slash.
    anonymiser.learn(UTF8.decode(bytes.subarray(0, ends[rows.length])).replaceAll('\\/', '/'));
  }
}
