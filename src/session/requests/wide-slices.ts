import type { Shard, SliceId } from '../../timeline/index.ts';

/** Slices that are wide enough for a label, as columns; the same name stands once. */
export class WideSlices {
  readonly names: string[] = [];
  readonly #positions = new Map<string, number>();
  readonly #row: number[] = [];
  readonly #slice: number[] = [];
  readonly #startNs: number[] = [];
  readonly #durNs: number[] = [];
  readonly #name: number[] = [];

  add({ timeline: { slices, strings }, shiftNs }: Shard, row: number, slice: SliceId): void {
    this.#row.push(row);
    this.#slice.push(slice);
    this.#startNs.push(slices.startNs[slice] + shiftNs);
    this.#durNs.push(slices.durNs[slice]);
    this.#name.push(this.#positionOf(strings.get(slices.name[slice])));
  }

  columns(): Readonly<
    Record<'wideRow' | 'wideSlice' | 'wideName', Int32Array> & Record<'wideStartNs' | 'wideDurNs', Float64Array>
  > {
    return {
      wideRow: Int32Array.from(this.#row),
      wideSlice: Int32Array.from(this.#slice),
      wideStartNs: Float64Array.from(this.#startNs),
      wideDurNs: Float64Array.from(this.#durNs),
      wideName: Int32Array.from(this.#name),
    };
  }

  #positionOf(name: string): number {
    const known = this.#positions.get(name) ?? this.names.length;
    if (known === this.names.length) {
      this.names.push(name);
      this.#positions.set(name, known);
    }
    return known;
  }
}
