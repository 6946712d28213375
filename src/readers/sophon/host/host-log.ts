/**
 * What the host did, as libsophon's bmlib wrote it down in a block of its own: u64 begin, u64 end; then lists, each a u32
 * count and its entries. Times are microseconds since the epoch. Lists at the end may be missing.
 */
import { noteText, notesOf } from '../notes.ts';

/** What an entry is of, in the order of the lists. */
const LISTS: readonly HostList[] = [
  { name: 'api', entryBytes: 12, read: (view, at) => ({ name: `api ${view.getUint32(at, true)}`, times: [at + 4] }) },
  { name: 'sync', entryBytes: 16, read: (_, at) => ({ name: 'sync', times: [at, at + 8] }) },
  {
    ...{ name: 'mark', entryBytes: 24 },
    read: (view, at) => ({ name: `mark ${view.getBigUint64(at, true)}`, times: [at + 8, at + 16] }),
  },
  {
    ...{ name: 'copy', entryBytes: 40 },
    read: (view, at) => ({
      name: `copy ${DIRECTIONS[view.getUint32(at + 16, true)] ?? view.getUint32(at + 16, true)}`,
      times: [at + 24, at + 32],
      args: { From: hex(view, at), To: hex(view, at + 8), 'size(B)': view.getUint32(at + 20, true) },
    }),
  },
  {
    ...{ name: 'memory', entryBytes: 32 },
    read: (view, at) => ({
      name: `memory ${OPERATIONS[view.getUint32(at + 12, true)] ?? view.getUint32(at + 12, true)}`,
      times: [at + 16, at + 24],
      args: { Address: hex(view, at), 'size(B)': view.getUint32(at + 8, true) },
    }),
  },
];
const DIRECTIONS = ['host to device', 'device to host', 'device to device'];
const OPERATIONS = ['allocate', 'free', 'invalidate', 'flush'];

interface HostList {
  readonly name: string;
  readonly entryBytes: number;
  read(
    view: DataView,
    at: number,
  ): {
    readonly name: string;
    /** Where its begin and its end stand; no end: a point in time. */
    readonly times: readonly [begin: number, end?: number];
    readonly args?: Readonly<Record<string, string | number>>;
  };
}

export interface HostEvent {
  readonly list: string;
  readonly name: string;
  readonly beginMicros: bigint;
  /** undefined: a point in time. */
  readonly endMicros: bigint | undefined;
  readonly args: Readonly<Record<string, string | number>>;
}

const HEAD_BYTES = 16;

/** All events of a block; `isCut`: it ends within a list. */
export function hostEvents(bytes: Uint8Array): { events: HostEvent[]; isCut: boolean } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const events: HostEvent[] = [];
  let at = HEAD_BYTES;
  for (const { name: list, entryBytes, read } of LISTS) {
    if (at + 4 > bytes.length) return { events, isCut: at < bytes.length };
    const count = view.getUint32(at, true);
    at += 4;
    const room = Math.floor((bytes.length - at) / entryBytes);
    for (let i = 0; i < Math.min(count, room); i++, at += entryBytes) {
      const { name, times, args = {} } = read(view, at);
      const [begin, end] = times;
      const beginMicros = view.getBigUint64(begin, true);
      const endMicros = end === undefined ? undefined : view.getBigUint64(end, true);
      events.push({ list, name, beginMicros, endMicros, args });
    }
    if (count > room) return { events, isCut: true };
  }
  return { events, isCut: false };
}

/** Texts of a block of their own, by the numbers of a list and of an entry in it, counted from 0. */
export function withNotes(events: readonly HostEvent[], bytes: Uint8Array): HostEvent[] {
  const noted = [...events];
  const positions = LISTS.map(({ name }) => events.flatMap(({ list }, at) => (list === name ? [at] : [])));
  for (const note of notesOf(bytes)) {
    const [list, index] = note.numbers;
    const at = positions[list]?.[index];
    if (at !== undefined) noted[at] = { ...noted[at], args: { ...noted[at].args, Note: noteText(note) } };
  }
  return noted;
}

function hex(view: DataView, at: number): string {
  return `0x${view.getBigUint64(at, true).toString(16)}`;
}
