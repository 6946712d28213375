import type { Diagnostics, Source } from '../base/index.ts';
import { ByteInterner } from '../bytes/index.ts';
import { SourceArgs } from './args-store.ts';
import { type EventRows, TimeGroups } from './event-rows.ts';
import { finishTimeline } from './finish.ts';
import type { ArgsStore, Timeline } from './model.ts';
import type { Table } from './table.ts';
import { type TrackNaming, TrackRegister } from './tracks.ts';
import type { TypedKeySpec } from './typed-args.ts';

/** A file being read: where its bytes begin in the address space of the args. */
export interface OpenPart {
  readonly source: Source;
  readonly base: number;
}

/**
 * Collects the rows of one capture, from one file or several, and finishes them into a Timeline. Strict: whatever is
 * no time or no track is the reader's bug; readers sort out bad rows before they get here.
 */
export class TimelineBuilder {
  readonly strings: ByteInterner;
  /** pids, tids and other keys that never become text of the timeline. */
  readonly keys = new ByteInterner();
  readonly typedKeys: readonly TypedKeySpec[];
  readonly tracks: TrackRegister;
  readonly metadata = new Map<string, string>();
  readonly tables: Table[] = [];
  readonly parts: OpenPart[] = [];
  /** How much of all files has been read, as far as the reader says so: it saves memory. */
  readonly read = { share: 0 };
  readonly #times: TimeGroups;
  flowKeyCount = 0;

  /** `strings`: those of another timeline, where the two are to be joined. */
  constructor(typedKeys: readonly TypedKeySpec[], strings = new ByteInterner()) {
    this.strings = strings;
    this.typedKeys = typedKeys;
    this.#times = new TimeGroups(typedKeys, this.read);
    this.tracks = new TrackRegister((id) => new TextDecoder().decode(this.keys.bytesOf(id)));
  }

  /** All rows added from here on stand in this file. */
  openPart(source: Source): OpenPart {
    const last = this.parts.at(-1);
    const part = { source, base: last === undefined ? 0 : last.base + last.source.sizeBytes };
    this.parts.push(part);
    this.#times.startPart(source.path);
    return part;
  }

  /** The rows that a time of so many whole microseconds goes to. */
  rowsAt(micros: number, fileOffset: number): EventRows {
    if (!Number.isFinite(micros)) throw new RangeError(`a reader passed ${micros} as a time`);
    return this.#times.rowsFor(micros, this.#path, fileOffset);
  }

  /** The rows of the time at hand, for whoever adds many rows within their reach; undefined near the beginning. */
  get settledRows(): EventRows | undefined {
    return this.#times.settled;
  }

  /** All rows so far, of each world of times: for readers that know only in the end what their tracks are. */
  get groups(): readonly EventRows[] {
    return this.#times.groups;
  }

  get #path(): string {
    return this.parts.at(-1)?.source.path ?? '';
  }

  /** `args`: where args come from that do not stand in the files as they are. */
  async finish(naming: TrackNaming, diagnostics: Diagnostics, args?: ArgsStore): Promise<Timeline> {
    const { main, others } = this.#times.settle();
    for (const group of others) {
      group.firstPlaces.forEach((place) => {
        diagnostics.add('time_far_away', place);
      });
      const rest = group.rowCount - group.firstPlaces.length;
      if (rest > 0) diagnostics.add('time_far_away', undefined, undefined, rest);
    }
    const finished = { builder: this, rows: main, naming, diagnostics, args: args ?? new SourceArgs(this.parts) };
    return finishTimeline(finished);
  }
}
