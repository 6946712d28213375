import { type Diagnostics, InputError, type Source } from '../../base/index.ts';
import { ProtoError } from '../../bytes/index.ts';
import { type Timeline, TimelineBuilder } from '../../timeline/index.ts';
import type { ReadOptions } from '../reader.ts';
import { ArgTexts } from './arg-texts.ts';
import { TraceClocks } from './clocks.ts';
import { FlowEnds } from './flow-ends.ts';
import { OpenSlices } from './open-slices.ts';
import { PacketArgs } from './packet-args.ts';
import { PacketStream } from './packet-stream.ts';
import { Packets } from './packets.ts';
import { SourceTracks } from './source-tracks.ts';
import { finishTrace } from './finish-trace.ts';
import type { TrackEventTarget } from './track-events.ts';
import { PERFETTO_KEYS } from './typed-keys.ts';
import { unpack, UnpackedSource, UnpackError } from './unpacking.ts';

/** Reads Perfetto traces, one file or several with one clock, into one timeline. */
export async function loadPerfetto(
  sources: readonly Source[],
  diagnostics: Diagnostics,
  options: ReadOptions,
): Promise<Timeline> {
  const builder = new TimelineBuilder(PERFETTO_KEYS, options.strings);
  const texts = new ArgTexts(PERFETTO_KEYS, builder.strings);
  const noName = builder.strings.addText('');
  const target: TrackEventTarget = {
    builder,
    clocks: new TraceClocks(),
    tracks: new SourceTracks(),
    texts,
    args: new PacketArgs(texts),
    flows: new FlowEnds(noName),
    slices: new OpenSlices(diagnostics),
    noName,
    diagnostics,
  };
  const loading = new Loading(target, sources, options);
  for (const source of sources) await loading.read(source);
  return finishTrace(target, loading.packets.attributes, sources[0], options);
}

class Loading {
  readonly packets: Packets;
  readonly #target: TrackEventTarget;
  readonly #options: ReadOptions;
  readonly #totalBytes: number;
  #readBytes = 0;

  constructor(target: TrackEventTarget, sources: readonly Source[], options: ReadOptions) {
    this.packets = new Packets(target);
    this.#target = target;
    this.#options = options;
    this.#totalBytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  async read(source: Source): Promise<void> {
    const { builder, args, diagnostics } = this.#target;
    const part = builder.openPart(source);
    args.addFile(part);
    this.packets.startFile(source.path);
    const stream = new PacketStream(source.sizeBytes);
    let packetCount = 0;
    for await (const chunk of source.stream()) {
      stream.feed(chunk);
      while (stream.next()) {
        packetCount++;
        const packed = this.#add(stream, part.base + stream.offset, stream.offset, source.path);
        if (packed !== undefined) await this.#unpack(source, stream, packed);
      }
      this.#readBytes += chunk.length;
      builder.read.share = this.#readBytes / this.#totalBytes;
      this.#options.onProgress?.(this.#readBytes);
      if (stream.end !== undefined) break;
    }
    stream.finish();
    if (packetCount === 0) throw noPackets(source);
    this.#sayEnd(stream, source.path);
    this.packets.finishFile();
    const repaired = builder.strings.repairedCount;
    if (repaired > 0) diagnostics.add('text_repaired', { path: source.path }, undefined, repaired);
    builder.strings.repairedCount = 0;
  }

  #add(stream: PacketStream, address: number, offset: number, path: string): [number, number] | undefined {
    try {
      return this.packets.add(stream.bytes, stream.from, stream.to, address, offset);
    } catch (error) {
      if (!(error instanceof ProtoError)) throw error;
      this.#target.diagnostics.add('packet_malformed', { path, offset }, error.message);
      return undefined;
    }
  }

  /** The packets in a packet. Those that are packed twice stay so. */
  async #unpack(source: Source, outer: PacketStream, [from, to]: [number, number]): Promise<void> {
    const { args, diagnostics } = this.#target;
    const place = { path: source.path, offset: outer.offset };
    let bytes: Uint8Array;
    try {
      bytes = await unpack(outer.bytes.subarray(from, to));
    } catch (error) {
      if (!(error instanceof UnpackError)) throw error;
      diagnostics.add('packet_malformed', place, error.message);
      return;
    }
    const fileFrom = outer.offset + (from - outer.from);
    const base = args.addUnpacked(new UnpackedSource(source, fileFrom, fileFrom + (to - from), bytes.length));
    const stream = new PacketStream(bytes.length);
    stream.feed(bytes);
    while (stream.next()) {
      const packed = this.#add(stream, base + stream.offset, outer.offset, source.path);
      if (packed !== undefined) diagnostics.add('packet_malformed', place, 'packed packets within packed packets');
    }
    stream.finish();
    this.#sayEnd(stream, source.path, outer.offset);
  }

  #sayEnd({ end, oversizeCount }: PacketStream, path: string, outerOffset?: number): void {
    const { diagnostics } = this.#target;
    if (oversizeCount > 0) diagnostics.add('packet_malformed', { path }, 'larger than 256 MB', oversizeCount);
    if (end === undefined) return;
    const place = { path, offset: outerOffset ?? end.offset };
    diagnostics.add(end.kind === 'truncated' ? 'packet_truncated' : 'packets_unreadable', place, end.found);
  }
}

function noPackets(source: Source): InputError {
  return new InputError('no_trace', {
    at: { path: source.path, offset: 0 },
    expected: 'packets of a Perfetto trace',
    found: source.sizeBytes === 0 ? 'an empty file' : 'none that is complete',
  });
}
