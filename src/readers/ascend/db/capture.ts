import type { Diagnostics } from '../../../base/index.ts';
import type { StringTable, TimelineBuilder } from '../../../timeline/index.ts';
import type { LayeredArgs } from './arg-layers.ts';
import type { Database } from './database.ts';
import type { EventWriter } from './event-writer.ts';
import type { Names } from './names.ts';
import type { Tracks } from './tracks.ts';

/** A database being read, and what is made of it. */
export interface Capture {
  readonly database: Database;
  readonly builder: TimelineBuilder;
  readonly strings: StringTable;
  readonly names: Names;
  readonly tracks: Tracks;
  readonly events: EventWriter;
  readonly args: LayeredArgs;
  readonly diagnostics: Diagnostics;
}
