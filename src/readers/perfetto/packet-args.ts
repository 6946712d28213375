import type { Place, Source } from '../../base/index.ts';
import { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { ProtoCursor } from '../../bytes/index.ts';
import type { ArgsBlock, ArgsColumns, ArgsStore } from '../../timeline/index.ts';
import { SourceArgs } from '../../timeline/args-store.ts';
import { AnnotationJson } from './annotation-json.ts';
import type { ArgTexts } from './arg-texts.ts';
import type { Sequence } from './sequence.ts';

type ArgsPlaces = Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>;

/** Packets that were packed stand behind all files. */
const UNPACKED_ADDRESS = 2 ** 50;
const SEQUENCE_ID = 10;
const TRACK_EVENT = 11;

interface Part {
  readonly source: Source;
  readonly base: number;
}

/**
 * Args as JSON made from packets whenever somebody asks: a packet is read again, and its ids mean what they meant then.
 * An address is where the packet around an event stands.
 */
export class PacketArgs implements ArgsStore {
  readonly #texts: ArgTexts;
  readonly #files: Part[] = [];
  readonly #unpacked: Part[] = [];
  /** By id: the sequences of each file, with where they begin. */
  readonly #sequences = new Map<number, { readonly from: number; readonly sequence: Sequence }[]>();
  /** By the address of a slice's packet: that of its end, where both have args. */
  readonly #ends = new Map<number, readonly [address: number, sizeBytes: number]>();
  #store: SourceArgs | undefined;
  #json: AnnotationJson;
  #nextUnpacked = UNPACKED_ADDRESS;

  constructor(texts: ArgTexts) {
    this.#texts = texts;
    this.#json = new AnnotationJson(texts, false);
  }

  addFile(part: Part): void {
    this.#files.push(part);
  }

  /** Where packets unpacked from one that was packed are to stand. */
  addUnpacked(source: Source): number {
    const base = this.#nextUnpacked;
    this.#unpacked.push({ source, base });
    this.#nextUnpacked += source.sizeBytes;
    return base;
  }

  addSequence(id: number, sequence: Sequence, from: number): void {
    const known = this.#sequences.get(id);
    if (known === undefined) this.#sequences.set(id, [{ from, sequence }]);
    else known.push({ from, sequence });
  }

  addEnd(beginAddress: number, address: number, sizeBytes: number): void {
    this.#ends.set(beginAddress, [address, sizeBytes]);
  }

  /** All has been read. */
  finish(isOwn: boolean): void {
    this.#store = new SourceArgs([...this.#files, ...this.#unpacked]);
    this.#json = new AnnotationJson(this.#texts, isOwn);
  }

  placeOf(address: number): Place | undefined {
    return address < UNPACKED_ADDRESS ? this.#store?.placeOf(address) : undefined;
  }

  async block(columns: ArgsPlaces, rows: ArrayLike<number>, spare?: Uint8Array): Promise<ArgsBlock> {
    const places = this.#placesOf(columns, rows);
    const packets = await this.#read(places.addresses, places.sizes);
    const from = new Uint32Array(rows.length + 1);
    const buffer = new ByteBuffer(Math.max(64, packets.bytes.length * 2));
    if (spare !== undefined) buffer.bytes = spare;
    let at = 0;
    for (let i = 0; i < rows.length; i++) {
      const start = buffer.length;
      for (; at < places.firstOfRow[i + 1]; at++) {
        this.#writeMembers(buffer, packets.bytes, packets.from[at], packets.from[at + 1], places.addresses[at]);
      }
      if (buffer.length > start) {
        // The comma in front of the first member makes room for the brace.
        buffer.bytes[start] = 0x7b;
        buffer.byte(0x7d);
      } else if (columns.argsBytes[rows[i]] > 0) {
        buffer.ascii('{}');
      }
      from[i + 1] = buffer.length;
    }
    return { bytes: buffer.bytes, from };
  }

  /** The packets of some rows, one or two for each. */
  #placesOf(
    { argsFrom, argsBytes }: ArgsPlaces,
    rows: ArrayLike<number>,
  ): { addresses: number[]; sizes: number[]; firstOfRow: Uint32Array } {
    const addresses: number[] = [];
    const sizes: number[] = [];
    const firstOfRow = new Uint32Array(rows.length + 1);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (argsBytes[row] > 0) {
        addresses.push(argsFrom[row]);
        sizes.push(argsBytes[row]);
        const end = this.#ends.get(argsFrom[row]);
        if (end !== undefined) {
          addresses.push(end[0]);
          sizes.push(end[1]);
        }
      }
      firstOfRow[i + 1] = addresses.length;
    }
    return { addresses, sizes, firstOfRow };
  }

  async #read(addresses: readonly number[], sizes: readonly number[]): Promise<ArgsBlock> {
    const columns = { argsFrom: Float64Array.from(addresses), argsBytes: Uint32Array.from(sizes) };
    if (this.#store === undefined) throw new Error('args are asked for before all is read');
    return this.#store.block(
      columns,
      columns.argsBytes.map((_, i) => i),
    );
  }

  #writeMembers(buffer: ByteBuffer, bytes: Uint8Array, from: number, to: number, address: number): void {
    const cursor = new ProtoCursor().start(bytes, from, to);
    let [id, eventFrom, eventTo] = [0, 0, 0];
    while (cursor.next()) {
      if (cursor.field === SEQUENCE_ID) id = cursor.low;
      else if (cursor.field === TRACK_EVENT && cursor.isBytes) [eventFrom, eventTo] = [cursor.from, cursor.to];
    }
    const sequence = this.#sequences.get(id)?.findLast((each) => each.from <= address)?.sequence;
    if (sequence === undefined) return;
    this.#json.writeMembers(buffer, bytes, eventFrom, eventTo, sequence.stateAt(address));
  }
}
