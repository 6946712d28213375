/** Perfetto's trace format as far as it is written here, stated a second time and read by protobufjs's reflection. */
export const SCHEMA = `
syntax = "proto2";
message Trace { repeated TracePacket packet = 1; }
message TracePacket {
  optional ClockSnapshot clock_snapshot = 6;
  optional uint64 timestamp = 8;
  optional uint32 trusted_packet_sequence_id = 10;
  optional TrackEvent track_event = 11;
  optional InternedData interned_data = 12;
  optional uint32 sequence_flags = 13;
  optional TracePacketDefaults trace_packet_defaults = 59;
  optional TrackDescriptor track_descriptor = 60;
  optional bool first_packet_on_sequence = 87;
  optional TraceAttributes trace_attributes = 126;
}
message ClockSnapshot {
  message Clock { optional uint32 clock_id = 1; optional uint64 timestamp = 2; optional bool is_incremental = 3; }
  repeated Clock clocks = 1;
  optional uint32 primary_trace_clock = 2;
}
message TracePacketDefaults {
  optional TrackEventDefaults track_event_defaults = 11;
  optional uint32 timestamp_clock_id = 58;
}
message TrackEventDefaults { optional uint64 track_uuid = 11; }
message TrackDescriptor {
  optional uint64 uuid = 1;
  optional string name = 2;
  optional ProcessDescriptor process = 3;
  optional uint64 parent_uuid = 5;
  optional CounterDescriptor counter = 8;
  optional uint32 child_ordering = 11;
  optional int32 sibling_order_rank = 12;
  optional string description = 14;
  optional uint32 sibling_merge_behavior = 15;
  optional uint64 sibling_merge_key_int = 17;
  optional uint32 process_ordering = 19;
}
message ProcessDescriptor { optional int32 pid = 1; optional string process_name = 6; }
message CounterDescriptor { optional string unit_name = 6; }
message TrackEvent {
  enum Type { TYPE_SLICE_BEGIN = 1; TYPE_SLICE_END = 2; TYPE_INSTANT = 3; TYPE_COUNTER = 4; }
  repeated uint64 category_iids = 3;
  repeated DebugAnnotation debug_annotations = 4;
  optional Type type = 9;
  optional uint64 name_iid = 10;
  optional int64 counter_value = 30;
  optional double double_counter_value = 44;
  repeated fixed64 flow_ids = 47;
}
message DebugAnnotation {
  optional uint64 name_iid = 1;
  optional string name = 10;
  optional bool bool_value = 2;
  optional uint64 uint_value = 3;
  optional int64 int_value = 4;
  optional double double_value = 5;
  optional string string_value = 6;
  optional uint64 string_value_iid = 17;
  repeated DebugAnnotation dict_entries = 11;
  repeated DebugAnnotation array_values = 12;
}
message InternedData {
  message Name { optional uint64 iid = 1; optional string name = 2; }
  message Text { optional uint64 iid = 1; optional bytes str = 2; }
  repeated Name event_categories = 1;
  repeated Name event_names = 2;
  repeated Name debug_annotation_names = 3;
  repeated Text debug_annotation_string_values = 29;
}
message TraceAttributes {
  message Attribute { optional string key = 1; optional string string_value = 3; }
  repeated Attribute attribute = 1;
}`;

export interface Annotation {
  readonly name_iid?: string;
  readonly name?: string;
  readonly bool_value?: boolean;
  readonly uint_value?: string;
  readonly int_value?: string;
  readonly double_value?: number;
  readonly string_value?: string;
  readonly string_value_iid?: string;
  readonly dict_entries?: readonly Annotation[];
  readonly array_values?: readonly Annotation[];
}

export interface Descriptor {
  readonly uuid: string;
  readonly name?: string;
  readonly process?: { readonly pid: number; readonly process_name: string };
  readonly parent_uuid?: string;
  readonly counter?: { readonly unit_name?: string };
  readonly child_ordering?: number;
  readonly sibling_order_rank?: number;
  readonly sibling_merge_behavior?: number;
}

interface InternedString {
  readonly iid: string;
  readonly name?: string;
  readonly str?: Uint8Array;
}

export interface Packet {
  readonly trusted_packet_sequence_id: number;
  readonly sequence_flags?: number;
  readonly timestamp?: string;
  readonly clock_snapshot?: {
    readonly clocks?: readonly {
      readonly clock_id: number;
      readonly timestamp: string;
      readonly is_incremental?: boolean;
    }[];
  };
  readonly trace_packet_defaults?: { readonly track_event_defaults: { readonly track_uuid: string } };
  readonly track_descriptor?: Descriptor;
  readonly trace_attributes?: {
    readonly attribute: readonly { readonly key: string; readonly string_value: string }[];
  };
  readonly interned_data?: Readonly<Record<string, readonly InternedString[]>>;
  readonly track_event?: {
    readonly type: string;
    readonly name_iid?: string;
    readonly category_iids?: readonly string[];
    readonly debug_annotations?: readonly Annotation[];
    readonly flow_ids?: readonly string[];
    readonly counter_value?: string;
    readonly double_counter_value?: number;
  };
}
