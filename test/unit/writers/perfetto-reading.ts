// What a consumer of a Perfetto trace sees, decoded by protobufjs from a schema of its own.

import protobuf from 'protobufjs';
import { expect } from 'vitest';
import type { Run } from '../../../src/timeline/index.ts';
import type { WriteOptions } from '../../../src/writers/index.ts';
import { writePerfetto } from '../../../src/writers/perfetto/write.ts';
import { type Annotation, type Packet, SCHEMA } from './perfetto-schema.ts';
import { runOf, type TrackSpec, written } from './run-of.ts';

export const Trace = protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType('Trace');

export function decode(bytes: Uint8Array): Packet[] {
  const message = Trace.toObject(Trace.decode(bytes), { longs: String, enums: String, arrays: false });
  return (message.packet ?? []) as Packet[];
}

export async function packetsOf(run: Run, options?: Partial<WriteOptions>): Promise<Packet[]> {
  return decode((await written(writePerfetto, run, options)).bytes);
}

/** A packet with its time, its track and its strings, as a consumer puts them together from sequence state. */
export interface Seen {
  readonly type: string;
  readonly timeNs: string;
  readonly track: string;
  readonly name: string | undefined;
  readonly category: string | undefined;
  readonly args: unknown;
  readonly flows: readonly string[];
  readonly value: number | undefined;
}

export function consume(packets: readonly Packet[]): Seen[] {
  interface State {
    timeNs: bigint;
    track: string;
    readonly strings: Map<string, string>;
  }
  const sequences = new Map<number, State>();
  const seen: Seen[] = [];
  for (const packet of packets) {
    const clocks = packet.clock_snapshot?.clocks ?? [];
    const incremental = clocks.find((clock) => clock.clock_id === 64);
    if (packet.trace_packet_defaults !== undefined && incremental !== undefined) {
      expect(packet).toMatchObject({ sequence_flags: 1, trace_packet_defaults: { timestamp_clock_id: 64 } });
      expect(incremental.is_incremental).toBe(true);
      const boottime = clocks.find((clock) => clock.clock_id === 6);
      expect(boottime?.timestamp).toBe(incremental.timestamp);
      const track = String(packet.trace_packet_defaults.track_event_defaults.track_uuid);
      sequences.set(packet.trusted_packet_sequence_id, {
        timeNs: BigInt(incremental.timestamp),
        track,
        strings: new Map(),
      });
    }
    const event = packet.track_event;
    if (event === undefined) continue;
    const state = sequences.get(packet.trusted_packet_sequence_id);
    if (state === undefined) throw new Error('an event before its sequence was started');
    expect(packet.sequence_flags).toBe(2);
    for (const [table, entries] of Object.entries(packet.interned_data ?? {})) {
      for (const { iid, name, str } of entries) {
        expect(state.strings.has(`${table} ${iid}`)).toBe(false);
        state.strings.set(`${table} ${iid}`, name ?? Buffer.from(str ?? '').toString('utf8'));
      }
    }
    const text = (table: string, iid: string | undefined) => {
      if (iid === undefined) return undefined;
      const found = state.strings.get(`${table} ${iid}`);
      if (found === undefined) throw new Error(`no ${table} ${iid} in its sequence`);
      return found;
    };
    state.timeNs += BigInt(packet.timestamp ?? 0);
    seen.push({
      type: event.type,
      timeNs: String(state.timeNs),
      track: state.track,
      name: text('event_names', event.name_iid),
      category: text('event_categories', event.category_iids?.[0]),
      args: event.debug_annotations && annotations(event.debug_annotations, text),
      // What stands above the lowest 40 bits says how the arrow is called.
      flows: (event.flow_ids ?? []).map((id) => String(BigInt.asUintN(40, BigInt(id)))),
      value:
        event.double_counter_value ?? (event.counter_value === undefined ? undefined : Number(event.counter_value)),
    });
  }
  return seen;
}

export type Text = (table: string, iid: string | undefined) => string | undefined;

/** Every leaf with its type, so that 1 and 1.0 and "1" differ. */
export function annotations(entries: readonly Annotation[], text: Text): Record<string, unknown> {
  const plain = (entry: Annotation): unknown => {
    if (entry.dict_entries !== undefined) return annotations(entry.dict_entries, text);
    if (entry.array_values !== undefined) return entry.array_values.map(plain);
    const string = entry.string_value ?? text('debug_annotation_string_values', entry.string_value_iid);
    if (string !== undefined) return string;
    if (entry.bool_value !== undefined) return entry.bool_value;
    if (entry.int_value !== undefined) return `int ${entry.int_value}`;
    if (entry.uint_value !== undefined) return `uint ${entry.uint_value}`;
    if (entry.double_value !== undefined) return `double ${entry.double_value}`;
    throw new Error('an annotation without a value');
  };
  const named = (entry: Annotation) => entry.name ?? text('debug_annotation_names', entry.name_iid) ?? 'nameless';
  return Object.fromEntries(entries.map((entry) => [named(entry), plain(entry)]));
}

export const oneTrack = (track: TrackSpec): Run => runOf({ processes: [{ tracks: [track] }] });
export const eventsOf = async (run: Run, options?: Partial<WriteOptions>): Promise<Seen[]> =>
  consume(await packetsOf(run, options));
export const story = (events: readonly Seen[]): string[] =>
  events.map(({ type, timeNs, name }) => [timeNs, type.replace('TYPE_', ''), name].filter(Boolean).join(' '));
