import { type Diagnostics, UsageError } from '../../base/index.ts';
import type { Run, Shard } from '../../timeline/index.ts';
import { boundArrows } from '../flow-binding.ts';
import { OutputBuffer, RowProgress } from '../output-buffer.ts';
import { runFacts, tracksOfShard } from '../run-order.ts';
import { isWorthTwin } from '../twin.ts';
import { loadedWindows } from '../windows.ts';
import type { Output, WriteOptions } from '../writer.ts';
import { FlowNames, type FlowEnds, flowEnds } from './flow-ends.ts';
import { PerfettoLayout } from './layout.ts';
import { encodeField } from './message.ts';
import { PlainPackets } from './plain-packets.ts';
import { CLOCK_ID, STATE_CLEARED, TRACE_PACKET, type TracePacket } from './schema.ts';
import type { ShardPackets, ShardPacketsOptions } from './shard-packets.ts';
import { FastWriter } from './wasm/fast-writer.ts';

/** The sequence of the packets that describe the run. */
const DESCRIPTION_SEQUENCE = 1;
const PACKET_FIELD = 1;
/** Origins from September 2001 on are taken for times of the Unix epoch. */
const EARLIEST_EPOCH_NS = 10n ** 18n;
const LATEST_NS = 2n ** 63n - 1n;
/**
 * A Perfetto trace of TrackEvent packets. Each lane of a track is a packet sequence: its defaults carry the track, its
 * own clock counts from packet to packet, and strings are introduced once. Times are from the run's origin.
 */
export async function writePerfetto(
  run: Run,
  output: Output,
  diagnostics: Diagnostics,
  options: WriteOptions,
): Promise<void> {
  const writer = new PerfettoWriter(run, output, diagnostics, options);
  await writer.write();
}

class PerfettoWriter {
  readonly #run: Run;
  readonly #fast: FastWriter | undefined;
  readonly #buffer: OutputBuffer;
  readonly #diagnostics: Diagnostics;
  readonly #layout: PerfettoLayout;
  readonly #progress: RowProgress;
  /** By shard; the last knows all. */
  readonly #flowNames: FlowNames[] = [];
  /** The run's origin on the trace's clock. */
  readonly #zeroNs: bigint;
  #nextSequence = DESCRIPTION_SEQUENCE + 1;
  #nextFlowId = 1;

  constructor(run: Run, output: Output, diagnostics: Diagnostics, options: WriteOptions) {
    if (options.absoluteTime && (run.originNs < 0n || run.originNs > LATEST_NS)) {
      const hint = 'leave out --absolute-time, or write Chrome JSON';
      throw new UsageError('absolute_time_range', `a Perfetto trace cannot hold the time ${run.originNs} ns`, hint);
    }
    this.#run = run;
    this.#fast = isWorthTwin(run, options) ? FastWriter.create(output) : undefined;
    this.#buffer = this.#fast?.buffer ?? new OutputBuffer(output);
    this.#diagnostics = diagnostics;
    this.#layout = new PerfettoLayout(run);
    for (const { timeline } of run.shards) this.#flowNames.push(new FlowNames(timeline, this.#flowNames.at(-1)));
    this.#zeroNs = options.absoluteTime ? run.originNs : 0n;
    this.#progress = new RowProgress(run, options);
  }

  async write(): Promise<void> {
    await this.#writeDescription();
    for (const [index, shard] of this.#run.shards.entries()) {
      await this.#buffer.flush();
      const packets = this.#packetsOf(index, shard);
      await this.#writeRows(index, shard, packets);
      await this.#writeCounters(index, shard, packets);
    }
    await this.#buffer.flush();
  }

  async #writeDescription(): Promise<void> {
    const clocks: { clock_id: number; timestamp: bigint }[] = [
      { clock_id: CLOCK_ID.boottime, timestamp: this.#zeroNs },
    ];
    const { originNs } = this.#run;
    if (originNs >= EARLIEST_EPOCH_NS && originNs <= LATEST_NS) {
      clocks.push({ clock_id: CLOCK_ID.realtime, timestamp: originNs });
    }
    const sequence = { trusted_packet_sequence_id: DESCRIPTION_SEQUENCE };
    this.#packet({
      ...sequence,
      sequence_flags: STATE_CLEARED,
      first_packet_on_sequence: true,
      clock_snapshot: { clocks, primary_trace_clock: CLOCK_ID.boottime },
    });
    const facts = runFacts(this.#run);
    const names = this.#flowNames.at(-1)?.all ?? [];
    if (names.length > 1) facts.push(['flowNames', JSON.stringify(names)]);
    const attribute = facts.map(([key, value]) => ({ key, string_value: value }));
    this.#packet({ trace_attributes: { attribute } });
    for (const track_descriptor of this.#layout.descriptors) {
      this.#packet({ ...sequence, track_descriptor });
      if (this.#buffer.isFull) await this.#buffer.flush();
    }
  }

  #packetsOf(index: number, shard: Shard): ShardPackets {
    const options: ShardPacketsOptions = {
      shard,
      flows: this.#flowEnds(index, shard),
      diagnostics: this.#diagnostics,
      startLane: (track, lane) => this.#startSequence(this.#layout.lanes[index][track][lane]),
      startCounter: (track) => this.#startSequence(this.#layout.counters[index][track]),
    };
    return this.#fast?.packetsOf(options) ?? new PlainPackets(this.#buffer, options);
  }

  async #writeRows(index: number, shard: Shard, packets: ShardPackets): Promise<void> {
    const { timeline } = shard;
    const memory = this.#fast?.argsMemory(timeline.args);
    for await (const window of loadedWindows(timeline, tracksOfShard(this.#layout.processes, index), memory)) {
      while (window.at < window.order.length) {
        packets.write(window);
        if (this.#buffer.isFull) await this.#buffer.flush();
      }
      this.#progress.advance(window.order.length);
    }
    while (packets.endNextTrack()) if (this.#buffer.isFull) await this.#buffer.flush();
  }

  async #writeCounters(index: number, { timeline }: Shard, packets: ShardPackets): Promise<void> {
    for (const [track, uuid] of this.#layout.counters[index].entries()) {
      if (uuid === 0) continue;
      const [from, to] = [timeline.counterRange[track], timeline.counterRange[track + 1]];
      for (let at = from; at < to;) {
        at = packets.writeSamples(track, at, to);
        if (this.#buffer.isFull) await this.#buffer.flush();
      }
      this.#progress.advance(to - from);
    }
  }

  #flowEnds(index: number, { timeline }: Shard): FlowEnds | undefined {
    const arrows = boundArrows(timeline, this.#diagnostics);
    if (arrows.length === 0) return undefined;
    const firstId = this.#nextFlowId;
    this.#nextFlowId += arrows.length;
    return flowEnds(timeline, arrows, this.#flowNames[index], this.#layout.lanes[index], firstId);
  }

  #startSequence(trackUuid: number): number {
    const id = this.#nextSequence++;
    const zero = { timestamp: this.#zeroNs };
    this.#packet({
      trusted_packet_sequence_id: id,
      sequence_flags: STATE_CLEARED,
      first_packet_on_sequence: true,
      clock_snapshot: {
        clocks: [
          { clock_id: CLOCK_ID.boottime, ...zero },
          { clock_id: CLOCK_ID.incremental, ...zero, is_incremental: true },
        ],
        primary_trace_clock: CLOCK_ID.boottime,
      },
      trace_packet_defaults: {
        timestamp_clock_id: CLOCK_ID.incremental,
        track_event_defaults: { track_uuid: trackUuid },
      },
    });
    return id;
  }

  #packet(packet: TracePacket): void {
    this.#buffer.append(encodeField(PACKET_FIELD, TRACE_PACKET, packet));
  }
}
