/**
 * A run as JSON and columns of numbers beside it, and back: all that analyses and writers may ask of it, so that it can be
 * taken elsewhere without the files it was read from. Texts that nothing in it is called by stay behind. No file format: who
 * unpacks is of the same version as who packed.
 */
import { MemorySource } from '../base/index.ts';
import { SourceArgs } from './args-store.ts';
import type { Alignment } from './alignment.ts';
import type {
  ArgsColumns,
  CounterColumns,
  FlowColumns,
  InstantColumns,
  Process,
  Run,
  Shard,
  SliceColumns,
  Timeline,
  Track,
} from './model.ts';

import { PackedColumns, type PackedTexts, StringPacker, unpackStrings } from './packed-columns.ts';
import type { StringTable } from './strings.ts';
import type { Table, TableColumn, TableKind } from './table.ts';
import { BLOCK_ROWS, TypedColumn } from './typed-column.ts';

/** What goes into columns stands under the name of where it is: `0.slices.startNs`. */
export interface PackedRun {
  readonly originNs: string;
  readonly endNs: number;
  readonly shards: readonly PackedShard[];
  readonly alignment: PackedAlignment | undefined;
  readonly texts: readonly PackedTexts[];
}

type PackedShard = Omit<Shard, 'timeline'> & { readonly timeline: PackedTimeline };

interface PackedTimeline {
  readonly originNs: string;
  readonly endNs: number;
  /** Position in the packed texts; of tables, too. */
  readonly texts: number;
  readonly processes: readonly Process[];
  readonly tracks: readonly Track[];
  readonly typed: readonly { readonly name: string; readonly kind: TypedColumn['kind'] }[];
  readonly metadata: readonly (readonly [string, string])[];
  readonly tables: readonly PackedTable[];
}

interface PackedTable {
  readonly kind: TableKind;
  readonly path: string;
  readonly device: number | undefined;
  readonly originNs: string;
  readonly rowCount: number;
  readonly texts: number;
  readonly columns: readonly Pick<TableColumn, 'name' | 'kind'>[];
}

type PackedAlignment = Omit<Alignment, 'shifts'> & {
  readonly shifts: readonly (Omit<Alignment['shifts'][number], 'shiftNs'> & { readonly shiftNs: string })[];
};

const TEXT_COLUMNS: ReadonlySet<string> = new Set(['name', 'category']);

export async function packRun(run: Run): Promise<{ packed: PackedRun; columns: PackedColumns }> {
  const columns = new PackedColumns();
  const strings = new StringPacker();
  const shards: PackedShard[] = [];
  for (const [number, { timeline, ...shard }] of run.shards.entries()) {
    shards.push({ ...shard, timeline: await packTimeline(timeline, `${number}`, columns, strings) });
  }
  const { originNs, endNs, alignment } = run;
  return {
    packed: {
      originNs: `${originNs}`,
      endNs,
      shards,
      alignment: alignment && {
        ...alignment,
        shifts: alignment.shifts.map((shift) => ({ ...shift, shiftNs: `${shift.shiftNs}` })),
      },
      texts: strings.pack(columns),
    },
    columns,
  };
}

async function packTimeline(
  timeline: Timeline,
  at: string,
  columns: PackedColumns,
  strings: StringPacker,
): Promise<PackedTimeline> {
  const texts = strings.of(timeline.strings);
  const add = (part: string, group: object): void => {
    for (const [name, column] of Object.entries(group)) {
      if (!ArrayBuffer.isView(column) || name === 'argsFrom') continue;
      const isText = TEXT_COLUMNS.has(name) && column instanceof Int32Array;
      columns.add(`${at}.${part}.${name}`, isText ? texts.renumbered(column) : column);
    }
  };
  const { slices, instants, counters, flows, sliceRange, counterRange } = timeline;
  const sliceArgs = await readArgs(timeline, slices);
  const instantArgs = await readArgs(timeline, instants);
  add('slices', { ...slices, argsBytes: sliceArgs.sizes });
  add('instants', { ...instants, argsBytes: instantArgs.sizes });
  add('counters', counters);
  add('flows', flows);
  add('', { sliceRange, counterRange });
  columns.add(`${at}.args`, joined(sliceArgs.bytes, instantArgs.bytes));
  for (const [name, column] of slices.typed) {
    const values = column.kind === 'number' ? new Float64Array(slices.length) : new Int32Array(slices.length);
    for (let slice = 0; slice < slices.length; slice++) values[slice] = column.at(slice);
    columns.add(`${at}.typed.${name}`, values instanceof Int32Array ? texts.renumbered(values) : values);
  }
  return {
    originNs: `${timeline.originNs}`,
    endNs: timeline.endNs,
    texts: texts.number,
    processes: timeline.processes,
    tracks: timeline.tracks,
    typed: [...slices.typed].map(([name, { kind }]) => ({ name, kind })),
    metadata: [...timeline.metadata],
    tables: timeline.tables.map((table, number) => packTable(table, `${at}.table${number}`, columns, strings)),
  };
}

function packTable(table: Table, at: string, columns: PackedColumns, strings: StringPacker): PackedTable {
  const texts = strings.of(table.strings);
  for (const [number, { kind, values }] of table.columns.entries()) {
    columns.add(`${at}.${number}`, kind === 'text' ? texts.renumbered(values) : values);
  }
  const { kind, path, device, originNs, rowCount } = table;
  return {
    ...{ kind, path, device, rowCount, originNs: `${originNs}`, texts: texts.number },
    columns: table.columns.map(({ name, kind: of }) => ({ name, kind: of })),
  };
}

/** The args of all rows, one behind the other. How long those are that are put together is known only then. */
async function readArgs(
  { args }: Timeline,
  rows: ArgsColumns & { readonly length: number },
): Promise<{ readonly bytes: Uint8Array; readonly sizes: Uint32Array }> {
  const all = Uint32Array.from({ length: rows.length }, (_, row) => row);
  const { bytes, from } = await args.block(rows, all);
  return { bytes: bytes.subarray(0, from[rows.length]), sizes: all.map((row) => from[row + 1] - from[row]) };
}

/** Where they then stand. */
function argsFrom(argsBytes: Uint32Array, start: number): Float64Array {
  let at = start;
  return Float64Array.from(argsBytes, (bytes) => (at += bytes) - bytes);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

export function unpackRun({ originNs, endNs, shards, alignment, texts }: PackedRun, columns: PackedColumns): Run {
  const strings = texts.map((each, number) => unpackStrings(each, number, columns));
  return {
    originNs: BigInt(originNs),
    endNs,
    shards: shards.map(({ timeline, ...shard }, number) => ({
      ...shard,
      timeline: unpackTimeline(timeline, `${number}`, columns, strings),
    })),
    alignment: alignment && {
      ...alignment,
      shifts: alignment.shifts.map((shift) => ({ ...shift, shiftNs: BigInt(shift.shiftNs) })),
    },
  };
}

function unpackTimeline(
  { originNs, endNs, texts, processes, tracks, typed, metadata, tables }: PackedTimeline,
  at: string,
  columns: PackedColumns,
  strings: readonly StringTable[],
): Timeline {
  // Packed above from columns of these types.
  const group = <Columns>(part: string): Columns => columns.under(`${at}.${part}.`) as Columns;
  const slices = group<Omit<SliceColumns, 'length' | 'typed' | 'argsFrom'>>('slices');
  const instants = group<Omit<InstantColumns, 'length' | 'argsFrom'>>('instants');
  const counters = group<Omit<CounterColumns, 'length'>>('counters');
  const flows = group<Omit<FlowColumns, 'length'>>('flows');
  const args = columns.get<Uint8Array>(`${at}.args`);
  return {
    originNs: BigInt(originNs),
    endNs,
    strings: strings[texts],
    processes,
    tracks,
    slices: {
      ...slices,
      length: slices.startNs.length,
      argsFrom: argsFrom(slices.argsBytes, 0),
      typed: new Map(typed.map(({ name, kind }) => [name, unpackTyped(kind, columns.get(`${at}.typed.${name}`))])),
    },
    instants: {
      ...instants,
      length: instants.timeNs.length,
      argsFrom: argsFrom(instants.argsBytes, args.length - sum(instants.argsBytes)),
    },
    counters: { ...counters, length: counters.timeNs.length },
    flows: { ...flows, length: flows.fromNs.length },
    ...group<Pick<Timeline, 'sliceRange' | 'counterRange'>>(''),
    args: new SourceArgs([{ source: new MemorySource('args', args), base: 0 }]),
    metadata: new Map(metadata),
    tables: tables.map((table, number) => unpackTable(table, `${at}.table${number}`, columns, strings)),
  };
}

function sum(numbers: Uint32Array): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function unpackTyped(kind: TypedColumn['kind'], values: Float64Array | Int32Array): TypedColumn {
  const blocks = Array.from({ length: Math.ceil(values.length / BLOCK_ROWS) }, (_, block) =>
    values.subarray(block * BLOCK_ROWS, (block + 1) * BLOCK_ROWS),
  );
  return new TypedColumn(
    kind,
    blocks,
    Uint32Array.from(values, (_, slice) => slice),
  );
}

function unpackTable(
  { columns: named, originNs, texts, ...table }: PackedTable,
  at: string,
  columns: PackedColumns,
  strings: readonly StringTable[],
): Table {
  return {
    ...table,
    originNs: BigInt(originNs),
    strings: strings[texts],
    columns: named.map(({ name, kind }, number): TableColumn =>
      kind === 'text'
        ? { name, kind, values: columns.get(`${at}.${number}`) }
        : { name, kind, values: columns.get(`${at}.${number}`) },
    ),
  };
}
