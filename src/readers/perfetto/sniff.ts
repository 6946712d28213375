import { ProtoCursor, ProtoError } from '../../bytes/index.ts';
import type { Sniffed } from '../reader.ts';
import { PacketStream } from './packet-stream.ts';

/** Fields of TracePacket that say that a packet is one. */
const TELLING = new Set([6, 8, 10, 11, 12, 13, 33, 36, 50, 58, 59, 60, 87]);
/** More of what stands at the beginning need not be looked at. */
const ENOUGH_PACKETS = 8;
const HIGHEST_FIELD = 1000;

/** Whether the bytes begin with packets, every field of which is plausible. */
export function sniffPackets(path: string, head: Uint8Array): Sniffed {
  const isNamed = /\.(pftrace|perfetto-trace)(\.gz)?$/i.test(path);
  const none: Sniffed = isNamed
    ? { confidence: 1, why: 'called like a Perfetto trace' }
    : { confidence: 0, why: 'no packets' };
  if (head[0] !== 0x0a) return none;
  const stream = new PacketStream(Number.POSITIVE_INFINITY);
  stream.feed(head);
  let count = 0;
  let telling = 0;
  while (count < ENOUGH_PACKETS && stream.next()) {
    const found = tellingFields(stream);
    if (found === undefined) return none;
    count++;
    telling += found;
  }
  if (telling === 0) return none;
  return { confidence: telling > 1 ? 3 : 2, why: 'packets of a Perfetto trace' };
}

/** undefined where the packet is none. */
function tellingFields({ bytes, from, to }: PacketStream): number | undefined {
  const cursor = new ProtoCursor().start(bytes, from, to);
  let telling = 0;
  try {
    while (cursor.next()) {
      if (cursor.field > HIGHEST_FIELD) return undefined;
      if (TELLING.has(cursor.field)) telling++;
    }
  } catch (error) {
    if (error instanceof ProtoError) return undefined;
    throw error;
  }
  return telling;
}
