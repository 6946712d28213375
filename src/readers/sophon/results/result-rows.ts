/** Rows of what the vendor's tools wrote, on the tracks that a raw folder decoded here has. */
import type { ByteInterner } from '../../../bytes/index.ts';
import { type EventRows, NONE, TimelineBuilder, type TrackNaming } from '../../../timeline/index.ts';
import type { Engine } from '../chips.ts';
import { RAW_COLUMNS, TASK_TYPES } from '../raw-columns.ts';
import { rawNaming } from '../raw-naming.ts';

/** What an engine ran, times in ns. */
export interface ResultOp {
  readonly engine: Engine;
  /** The core, or the port of a CDMA. */
  readonly unit: number;
  readonly startNs: number;
  readonly endNs: number;
  /** Texts of the builder. UNKNOWN_NAME: the record of no command. */
  readonly name: number;
  /** Of the function, in the vendor's spelling. */
  readonly type: number;
  /** 0 where it moved nothing. */
  readonly gbPerSecond: number;
  readonly argsFrom: number;
  readonly argsBytes: number;
}

/** Slices that no engine ran. */
export interface OtherSlice extends Pick<ResultOp, 'startNs' | 'endNs' | 'name' | 'argsFrom' | 'argsBytes'> {
  readonly track: keyof typeof OTHER_TRACKS | 'host';
  readonly core: number;
}

/** What the records are that stand before the first command and behind the last one of an engine. */
export interface EdgeNames {
  readonly before: string;
  readonly after: string;
  readonly isSystem: boolean;
}

/** With two records each the engines of a session are brought into step. */
const SYNC: EdgeNames = { before: 'sync', after: 'sync', isSystem: true };
/** On chips whose runtime copies with the same engine. */
export const COPIES: EdgeNames = { before: 'input copy', after: 'output copy', isSystem: false };

const UNKNOWN = 'unknown';
const OTHER_TRACKS = { layers: 'Layers', groups: 'Layer groups', mcu: 'MCU' } as const;
/** Offsets from the first time have to be exact to the ns. */
const LATEST_NS = 4.5e15;

interface EngineTrack {
  readonly track: number;
  readonly bandwidth: number;
  readonly unnamed: number;
  readonly taskType: number;
  readonly edges: EdgeNames;
  hasCommand: boolean;
  /** Records of no command since the last command, or since the beginning. */
  unknown: number[];
}

export class ResultRows {
  readonly builder: TimelineBuilder;
  edges = SYNC;
  readonly #rows: EventRows;
  readonly #tracks = new Map<string, EngineTrack>();
  readonly #types = new Map<number, { readonly type: number; readonly isSystem: boolean }>();
  readonly #unknown: number;
  readonly #system: number;

  constructor(strings: ByteInterner | undefined) {
    this.builder = new TimelineBuilder(RAW_COLUMNS, strings);
    this.#rows = this.builder.rowsAt(0, 0);
    this.#unknown = this.builder.strings.addText(UNKNOWN);
    this.#system = this.builder.strings.addText(TASK_TYPES.system);
  }

  get length(): number {
    return this.#rows.slices.length;
  }

  /** False where its times are none. */
  addOp(op: ResultOp): boolean {
    if (!isSpan(op.startNs, op.endNs)) return false;
    const on = this.#trackOf(op.engine, op.unit);
    const isUnknown = op.name === this.#unknown || op.name === NONE;
    const { type, isSystem } = isUnknown ? { type: NONE, isSystem: false } : this.#typeOf(op.type);
    const row = this.#addSlice(on.track, op, isUnknown ? on.unnamed : op.name, type);
    this.#rows.typed.set(0, row, isSystem ? this.#system : on.taskType);
    if (type !== NONE) this.#rows.typed.set(1, row, type);
    if (isUnknown) on.unknown.push(row);
    else this.#noteCommand(on);
    if (op.gbPerSecond > 0) {
      this.#addSample(on.bandwidth, op.startNs, op.gbPerSecond);
      this.#addSample(on.bandwidth, op.endNs, 0);
    }
    return true;
  }

  /** False where its times are none. */
  addOther(slice: OtherSlice): boolean {
    if (!isSpan(slice.startNs, slice.endNs)) return false;
    const { keys, tracks } = this.builder;
    const isHost = slice.track === 'host';
    const process = keys.addText(isHost ? 'host' : `core${slice.core}`);
    this.#addSlice(tracks.thread(process, keys.addText(isHost ? 'runtime' : slice.track)), slice, slice.name, NONE);
    return true;
  }

  /** All rows are there. */
  finish(): void {
    for (const on of this.#tracks.values()) if (on.hasCommand) this.#nameEdge(on, on.edges.after);
  }

  #addSlice(track: number, slice: Omit<OtherSlice, 'track' | 'core'>, name: number, category: number): number {
    const { slices } = this.#rows;
    const at = slices.next();
    const { columns } = slices;
    columns.track[at] = track;
    columns.startNs[at] = Math.round(slice.startNs);
    columns.durNs[at] = Math.round(slice.endNs) - Math.round(slice.startNs);
    columns.name[at] = name;
    columns.category[at] = category;
    columns.argsFrom[at] = slice.argsFrom;
    columns.argsBytes[at] = slice.argsBytes;
    columns.argsStrict[at] = 1;
    return at;
  }

  #addSample(track: number, timeNs: number, value: number): void {
    const { counters } = this.#rows;
    const at = counters.next();
    counters.columns.track[at] = track;
    counters.columns.timeNs[at] = Math.round(timeNs);
    counters.columns.value[at] = value;
  }

  #noteCommand(on: EngineTrack): void {
    if (!on.hasCommand) this.#nameEdge(on, on.edges.before);
    on.hasCommand = true;
    on.unknown.length = 0;
  }

  #nameEdge({ unknown, edges }: EngineTrack, text: string): void {
    const name = this.builder.strings.addText(text);
    for (const row of unknown) {
      this.#rows.slices.columns.name[row] = name;
      if (edges.isSystem) this.#rows.typed.set(0, row, this.#system);
    }
  }

  /** The types of commands begin with a small s in listings alone: sCONV, sTRANS&sBC. */
  #typeOf(id: number): { readonly type: number; readonly isSystem: boolean } {
    let known = this.#types.get(id);
    if (known === undefined) {
      const text = id === NONE ? '' : this.#textOf(id).replace(/\bs(?=[A-Z])/g, '');
      const type = text === '' || text === UNKNOWN ? NONE : this.builder.strings.addText(text);
      this.#types.set(id, (known = { type, isSystem: /^(DMA_|CDMA_)?sys$/i.test(text) }));
    }
    return known;
  }

  #textOf(id: number): string {
    return new TextDecoder().decode(this.builder.strings.bytesOf(id));
  }

  #trackOf(engine: Engine, unit: number): EngineTrack {
    const key = `${engine} ${unit}`;
    let on = this.#tracks.get(key);
    if (on === undefined) {
      const { keys, tracks, strings } = this.builder;
      const isPort = engine === 'cdma';
      const process = keys.addText(isPort ? engine : `core${unit}`);
      const label = engine.toUpperCase();
      const bandwidth = `${isPort ? `${label} ${unit}` : label} bandwidth`;
      on = {
        track: tracks.thread(process, keys.addText(isPort ? `${engine}${unit}` : engine)),
        bandwidth: engine === 'tiu' ? NONE : tracks.counter(process, bandwidth, 'GB/s'),
        unnamed: strings.addText(label),
        taskType: strings.addText(TASK_TYPES[engine]),
        edges: engine === 'tiu' ? SYNC : this.edges,
        ...{ hasCommand: false, unknown: [] },
      };
      this.#tracks.set(key, on);
    }
    return on;
  }
}

function isSpan(startNs: number, endNs: number): boolean {
  return startNs >= 0 && endNs >= startNs && endNs < LATEST_NS;
}

export function resultNaming(rank: number, device: number): TrackNaming {
  const naming = rawNaming({ rank, device });
  return {
    ...naming,
    track(draft, process) {
      const other = Object.entries(OTHER_TRACKS).find(([key]) => key === draft.key);
      if (other === undefined || draft.kind !== 'thread') return naming.track(draft, process);
      return { kind: 'other', name: other[1], stream: NONE, unit: '' };
    },
  };
}
