import { gzipDamaged, gzipTruncated } from '../../base/index.ts';
import { readBlob } from './blob-source.ts';

/** What is read of a stream before it is cancelled. `isCutOff`: it broke off before that. */
export async function firstBytesOf(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<{ readonly head: Uint8Array; readonly isCutOff: boolean }> {
  const head = new Uint8Array(maxBytes);
  const reader = stream.getReader();
  let filled = 0;
  let isCutOff = false;
  try {
    while (filled < maxBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      const taken = value.subarray(0, maxBytes - filled);
      head.set(taken, filled);
      filled += taken.length;
    }
  } catch {
    isCutOff = true;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return { head: head.subarray(0, filled), isCutOff };
}

export async function isGzip(blob: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

/** As far as its first member. */
export function unpacked(blob: Blob): ReadableStream<Uint8Array> {
  return blob.stream().pipeThrough(new DecompressionStream('gzip'));
}

/** What a gzip file unpacks to; where it breaks off, all that its `cutAtBytes` hold. */
interface Content {
  readonly blob: Blob;
  readonly cutAtBytes?: number;
}

/**
 * As a blob again, which can be read at random and which the browser may keep on the disk. Browsers unpack one member and
 * refuse what is behind it, without saying where that begins: the members of a file that has several are found by trying.
 */
export async function gunzip(blob: Blob, path: string): Promise<Content> {
  const whole = await unpackMember(blob, path);
  if (whole.end === 'whole') return whole;
  const starts = await memberStarts(blob, path);
  if (starts.length < 2) return contentOf([], whole, path);
  const ends = [...starts.slice(1), blob.size];
  const members: Blob[] = [];
  let [from, tries] = [0, 0];
  for (const to of ends) {
    const member = await unpackMember(blob.slice(from, to), path);
    // Data that happens to look like the start of a member splits one in two; the rest of it comes with the next try.
    const isLast = to === blob.size;
    if (member.end !== 'whole') {
      if (!isLast && ++tries < MOST_TRIES) continue;
      return contentOf(
        members,
        { ...member, end: isLast ? member.end : 'damaged', offset: from + member.offset },
        path,
      );
    }
    members.push(member.blob);
    [from, tries] = [to, 0];
  }
  return { blob: new Blob(members) };
}

/** Of what is of no use without its end. */
export async function gunzipWhole(compressed: Blob, path: string): Promise<Blob> {
  const { blob, cutAtBytes } = await gunzip(compressed, path);
  if (cutAtBytes !== undefined) throw gzipTruncated(path, cutAtBytes);
  return blob;
}

/** Members, and what could be had of one more that is not whole. */
function contentOf(members: readonly Blob[], { end, blob, offset }: Member, path: string): Content {
  if (end === 'cut') return { blob: new Blob([...members, blob]), cutAtBytes: offset };
  throw gzipDamaged(path, offset, 'damaged data here or in the 64 kB after it, or something else behind its end');
}

const MOST_TRIES = 64;
const PIECE_BYTES = 64 << 10;

/** What one member unpacks to, and how it ends: `offset` is where it is cut or found to be damaged. */
interface Member {
  readonly blob: Blob;
  readonly end: 'whole' | 'cut' | 'damaged';
  readonly offset: number;
}

/** What is wrong shows when it is written, what is missing when it is closed. */
async function unpackMember(blob: Blob, path: string): Promise<Member> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  writer.closed.catch(() => undefined);
  const collecting = collected(readable);
  const isTaken = (taking: Promise<void>): Promise<boolean> =>
    taking.then(
      () => true,
      () => false,
    );
  for (let offset = 0; offset < blob.size; offset += PIECE_BYTES) {
    const piece = await readBlob(blob.slice(offset, offset + PIECE_BYTES), path);
    if (!(await isTaken(writer.write(piece)))) return { blob: await collecting, end: 'damaged', offset };
  }
  // Failing, a stream forgets what nobody has read of it yet. It takes one more piece only when all has been read.
  await isTaken(writer.write(new Uint8Array(0)));
  const isWhole = await isTaken(writer.close());
  return { blob: await collecting, end: isWhole ? 'whole' : 'cut', offset: blob.size };
}

const BLOB_BYTES = 16 << 20;

/** All that can be read of a stream until it ends or fails. */
async function collected(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Blob> {
  const blobs: Blob[] = [];
  let [chunks, chunkBytes]: [Uint8Array<ArrayBuffer>[], number] = [[], 0];
  const pack = (): void => {
    blobs.push(new Blob(chunks));
    [chunks, chunkBytes] = [[], 0];
  };
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value);
      chunkBytes += next.value.length;
      // Browsers move blobs to the disk.
      if (chunkBytes >= BLOB_BYTES) pack();
    }
  } catch {
    // Whoever writes to it is told.
  }
  pack();
  return new Blob(blobs);
}

const HEAD_BYTES = 10;
const SCAN_BYTES = 4 << 20;

/** Where members may begin: the first bytes of one say gzip, deflate, and flags and a system that exist. */
async function memberStarts(blob: Blob, path: string): Promise<number[]> {
  const starts: number[] = [];
  for (let at = 0; at < blob.size; at += SCAN_BYTES) {
    const bytes = await readBlob(blob.slice(at, at + SCAN_BYTES + HEAD_BYTES - 1), path);
    const end = Math.min(SCAN_BYTES, bytes.length);
    for (let i = bytes.indexOf(0x1f); i >= 0 && i < end; i = bytes.indexOf(0x1f, i + 1)) {
      if (isMemberHead(bytes, i)) starts.push(at + i);
    }
  }
  return starts;
}

/** As far as there are bytes: the file may break off in the head of a member. */
function isMemberHead(bytes: Uint8Array, at: number): boolean {
  const [deflate, reservedFlags, knownSystem, unknownSystem] = [8, 0xe0, 13, 255];
  const [, second = 0x8b, method = deflate, flags = 0, , , , , effort = 0, system = 0] = bytes.subarray(
    at,
    at + HEAD_BYTES,
  );
  if (second !== 0x8b || method !== deflate || (flags & reservedFlags) !== 0) return false;
  return (effort === 0 || effort === 2 || effort === 4) && (system <= knownSystem || system === unknownSystem);
}
