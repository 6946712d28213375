/**
 * The part of Perfetto's trace schema that is written, as field numbers: enough to encode the rare packets without
 * reflection. The frequent ones (track events) are written by hand in track-events.ts.
 */
import type { Message, Schema } from './message.ts';

const CLOCK = {
  clock_id: [1, 'uint32'],
  timestamp: [2, 'uint64'],
  is_incremental: [3, 'bool'],
} as const satisfies Schema;

const CLOCK_SNAPSHOT = {
  clocks: [1, CLOCK, 'repeated'],
  primary_trace_clock: [2, 'uint32'],
} as const satisfies Schema;

const PROCESS_DESCRIPTOR = {
  pid: [1, 'int32'],
  process_name: [6, 'string'],
  process_labels: [8, 'string', 'repeated'],
} as const satisfies Schema;

const COUNTER_DESCRIPTOR = {
  unit_name: [6, 'string'],
} as const satisfies Schema;

const TRACK_DESCRIPTOR = {
  uuid: [1, 'uint64'],
  name: [2, 'string'],
  process: [3, PROCESS_DESCRIPTOR],
  parent_uuid: [5, 'uint64'],
  counter: [8, COUNTER_DESCRIPTOR],
  child_ordering: [11, 'uint32'],
  sibling_order_rank: [12, 'int32'],
  description: [14, 'string'],
  sibling_merge_behavior: [15, 'uint32'],
  sibling_merge_key_int: [17, 'uint64'],
  process_ordering: [19, 'uint32'],
  /** Ours, and unknown to Perfetto: what it has no place for, as JSON (facts.ts). */
  traceconv_facts: [40_000, 'string'],
} as const satisfies Schema;

const TRACK_EVENT_DEFAULTS = {
  track_uuid: [11, 'uint64'],
} as const satisfies Schema;

const TRACE_PACKET_DEFAULTS = {
  track_event_defaults: [11, TRACK_EVENT_DEFAULTS],
  timestamp_clock_id: [58, 'uint32'],
} as const satisfies Schema;

const TRACE_ATTRIBUTE = {
  key: [1, 'string'],
  string_value: [3, 'string'],
} as const satisfies Schema;

const TRACE_ATTRIBUTES = {
  attribute: [1, TRACE_ATTRIBUTE, 'repeated'],
} as const satisfies Schema;

export const TRACE_PACKET = {
  clock_snapshot: [6, CLOCK_SNAPSHOT],
  timestamp: [8, 'uint64'],
  trusted_packet_sequence_id: [10, 'uint32'],
  sequence_flags: [13, 'uint32'],
  trace_packet_defaults: [59, TRACE_PACKET_DEFAULTS],
  track_descriptor: [60, TRACK_DESCRIPTOR],
  first_packet_on_sequence: [87, 'bool'],
  trace_attributes: [126, TRACE_ATTRIBUTES],
} as const satisfies Schema;

export type TracePacket = Message<typeof TRACE_PACKET>;
export type TrackDescriptor = Message<typeof TRACK_DESCRIPTOR>;

/** Perfetto's numbers for the clocks used. 64 is the first that belongs to one sequence alone. */
export const CLOCK_ID = { realtime: 1, boottime: 6, incremental: 64 } as const;
/** SEQ_INCREMENTAL_STATE_CLEARED. */
export const STATE_CLEARED = 1;
export const EXPLICIT_ORDER = 3;
export const EXPLICIT_PROCESS_ORDER = 1;
export const MERGE_BY_KEY = 3;
