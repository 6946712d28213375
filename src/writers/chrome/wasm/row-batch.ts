import type { StringId, StringTable } from '../../../timeline/index.ts';
import { OutputBuffer } from '../../output-buffer.ts';
import type { Output } from '../../writer.ts';
import type { RowText } from '../row-text.ts';
import { PlacedTexts } from './placed-texts.ts';
import { newRowsInstance, type RowsInstance } from './rows-module.ts';

/** Of one row, and of all rows of a batch before its last. */
const LARGEST_ARGS_BYTES = 1 << 18;
const MOST_ARGS_BYTES = 1 << 19;
/** The twin counts in 64 bits. */
const TIME_LIMIT_NS = 1n << 63n;

/**
 * Rows of the usual kind, gathered for the WebAssembly twin (assembly/index.ts), which puts them into the output many
 * at a time. What adds a row answers false where it cannot; the caller then calls `run` and writes the row itself.
 */
export class RowBatch {
  readonly buffer: OutputBuffer;
  /** Where args stand that can be added. */
  readonly argsMemory: Uint8Array;
  readonly #instance: RowsInstance;
  readonly #output: Uint8Array;
  readonly #texts: PlacedTexts;
  readonly #kind: Uint8Array;
  readonly #head: Uint32Array;
  readonly #place: Uint32Array;
  readonly #name: Uint32Array;
  readonly #category: Uint32Array;
  readonly #argsFrom: Uint32Array;
  readonly #argsSize: Uint32Array;
  readonly #time: Float64Array;
  readonly #number: Float64Array;
  #length = 0;
  #argsBytes = 0;

  /** Undefined where WebAssembly is missing, or for a clock that counts from before its zero. */
  static create(output: Output, zeroNs: bigint): RowBatch | undefined {
    if (zeroNs < 0n || zeroNs >= TIME_LIMIT_NS) return undefined;
    const instance = newRowsInstance(zeroNs);
    return instance === undefined ? undefined : new RowBatch(instance, output);
  }

  private constructor(instance: RowsInstance, output: Output) {
    const { memory, places } = instance;
    const u32 = (at: number): Uint32Array => new Uint32Array(memory, at, places.ROWS);
    const f64 = (at: number): Float64Array => new Float64Array(memory, at, places.ROWS);
    this.#instance = instance;
    this.#output = new Uint8Array(memory, places.OUTPUT, places.OUTPUT_BYTES);
    this.buffer = new OutputBuffer(output, () => this.#output);
    this.argsMemory = new Uint8Array(memory, places.ARGS, places.ARGS_BYTES);
    this.#texts = new PlacedTexts(instance);
    this.#kind = new Uint8Array(memory, places.KIND, places.ROWS);
    this.#head = u32(places.HEAD);
    this.#place = u32(places.PLACE);
    this.#name = u32(places.NAME);
    this.#category = u32(places.CATEGORY);
    this.#argsFrom = u32(places.ARGS_FROM);
    this.#argsSize = u32(places.ARGS_SIZE);
    this.#time = f64(places.TIME);
    this.#number = f64(places.NUMBER);
  }

  /** The strings of the rows that follow. */
  useStrings(strings: StringTable): void {
    this.run();
    this.#texts.restart(strings);
  }

  /** `argsFrom`: within argsMemory. */
  addSlice(
    head: RowText,
    timeNs: number,
    durNs: number,
    name: StringId,
    category: StringId,
    argsFrom: number,
    argsBytes: number,
  ): boolean {
    if (timeNs < 0 || argsBytes > LARGEST_ARGS_BYTES) return false;
    this.#makeRoom();
    const headAt = this.#texts.ofText(head);
    const nameAt = this.#texts.ofString(name);
    const categoryAt = this.#texts.ofString(category);
    if ((headAt | nameAt | categoryAt) < 0) return false;
    const { SLICE, ARGS } = this.#instance.places;
    const row = this.#length++;
    this.#kind[row] = SLICE;
    this.#head[row] = headAt;
    this.#time[row] = timeNs;
    this.#number[row] = durNs;
    this.#name[row] = nameAt;
    this.#category[row] = categoryAt;
    this.#argsFrom[row] = ARGS + argsFrom;
    this.#argsSize[row] = argsBytes;
    this.#argsBytes += argsBytes;
    return true;
  }

  addFlowEnd(head: RowText, id: number, place: RowText, timeNs: number, name: StringId, category: StringId): boolean {
    if (timeNs < 0) return false;
    this.#makeRoom();
    const headAt = this.#texts.ofText(head);
    const placeAt = this.#texts.ofText(place);
    const nameAt = this.#texts.ofString(name);
    const categoryAt = this.#texts.ofString(category);
    if ((headAt | placeAt | nameAt | categoryAt) < 0) return false;
    const row = this.#length++;
    this.#kind[row] = this.#instance.places.FLOW_END;
    this.#head[row] = headAt;
    this.#number[row] = id;
    this.#place[row] = placeAt;
    this.#time[row] = timeNs;
    this.#name[row] = nameAt;
    this.#category[row] = categoryAt;
    return true;
  }

  /** `value`: finite. */
  addSample(head: RowText, timeNs: number, beforeValue: RowText, value: number): boolean {
    if (timeNs < 0) return false;
    this.#makeRoom();
    const headAt = this.#texts.ofText(head);
    const beforeAt = this.#texts.ofText(beforeValue);
    if ((headAt | beforeAt) < 0) return false;
    const row = this.#length++;
    this.#kind[row] = this.#instance.places.SAMPLE;
    this.#head[row] = headAt;
    this.#time[row] = timeNs;
    this.#place[row] = beforeAt;
    this.#number[row] = value;
    this.#name[row] = value >= 0 && Number.isSafeInteger(value) ? 0 : this.#texts.ofNumber(value);
    return true;
  }

  /** Puts the rows added so far behind what stands in the buffer. */
  run(): void {
    if (this.#length === 0) return;
    const { places, writeRows } = this.#instance;
    const buffer = this.buffer;
    const isHome = buffer.bytes === this.#output;
    const from = isHome ? buffer.length : 0;
    const to = writeRows(this.#length, places.OUTPUT + from) - places.OUTPUT;
    this.#length = 0;
    this.#argsBytes = 0;
    if (isHome) buffer.length = to;
    else buffer.append(this.#output, 0, to);
  }

  #makeRoom(): void {
    if (this.#length === this.#instance.places.ROWS || this.#argsBytes >= MOST_ARGS_BYTES) this.run();
    if (this.#texts.isFull) {
      this.run();
      this.#texts.restart();
    }
  }
}
