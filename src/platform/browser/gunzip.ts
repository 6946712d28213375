import { InputError } from '../../base/index.ts';
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

/** What one member unpacks to, or where and why it cannot be. */
export type Unpacked = Blob | { readonly failed: 'damaged' | 'truncated'; readonly offset: number };

/**
 * As a blob again, which can be read at random and which the browser may keep on the disk. Browsers unpack one member and
 * refuse what is behind it, without saying where that begins: the members of a file that has several are found by trying.
 */
export async function gunzip(blob: Blob, path: string, unpackMember = unpackOne): Promise<Blob> {
  const whole = await unpackMember(blob, path);
  if (whole instanceof Blob) return whole;
  const starts = await memberStarts(blob, path);
  if (starts.length < 2) throw explain(whole, path);
  const ends = [...starts.slice(1), blob.size];
  const members: Blob[] = [];
  let [from, tries] = [0, 0];
  for (const to of ends) {
    const member = await unpackMember(blob.slice(from, to), path);
    // Data that happens to look like the start of a member splits one in two; the rest of it comes with the next try.
    const isLast = to === blob.size || ++tries === MOST_TRIES;
    if (!(member instanceof Blob)) {
      if (isLast) throw explain({ ...member, offset: from + member.offset }, path);
      continue;
    }
    members.push(member);
    [from, tries] = [to, 0];
  }
  return new Blob(members);
}

const MOST_TRIES = 64;
const PIECE_BYTES = 64 << 10;

/** What is wrong shows when it is written, what is missing when it is closed. */
async function unpackOne(blob: Blob, path: string): Promise<Unpacked> {
  const { readable, writable } = new DecompressionStream('gzip');
  const unpacking = new Response(readable).blob().catch(() => undefined);
  const writer = writable.getWriter();
  writer.closed.catch(() => undefined);
  const isTaken = (taking: Promise<void>): Promise<boolean> =>
    taking.then(
      () => true,
      () => false,
    );
  for (let offset = 0; offset < blob.size; offset += PIECE_BYTES) {
    const piece = await readBlob(blob.slice(offset, offset + PIECE_BYTES), path);
    if (!(await isTaken(writer.write(piece)))) return { failed: 'damaged', offset };
  }
  if (!(await isTaken(writer.close()))) return { failed: 'truncated', offset: blob.size };
  return (await unpacking) ?? { failed: 'damaged', offset: 0 };
}

const HEAD_BYTES = 10;
const SCAN_BYTES = 4 << 20;

/** Where members may begin: the first bytes of one say gzip, deflate, and flags and a system that exist. */
async function memberStarts(blob: Blob, path: string): Promise<number[]> {
  const starts: number[] = [];
  for (let at = 0; at < blob.size; at += SCAN_BYTES) {
    const bytes = await readBlob(blob.slice(at, at + SCAN_BYTES + HEAD_BYTES - 1), path);
    const end = Math.min(SCAN_BYTES, bytes.length - HEAD_BYTES + 1);
    for (let i = bytes.indexOf(0x1f); i >= 0 && i < end; i = bytes.indexOf(0x1f, i + 1)) {
      if (isMemberHead(bytes, i)) starts.push(at + i);
    }
  }
  return starts;
}

function isMemberHead(bytes: Uint8Array, at: number): boolean {
  const [deflate, reservedFlags, knownSystem, unknownSystem] = [8, 0xe0, 13, 255];
  if (bytes[at + 1] !== 0x8b || bytes[at + 2] !== deflate || (bytes[at + 3] & reservedFlags) !== 0) return false;
  const [effort, system] = [bytes[at + 8], bytes[at + 9]];
  return (effort === 0 || effort === 2 || effort === 4) && (system <= knownSystem || system === unknownSystem);
}

function explain({ failed, offset }: Exclude<Unpacked, Blob>, path: string): InputError {
  if (failed === 'truncated') {
    return new InputError('gzip_truncated', {
      at: { path, offset },
      expected: 'the rest of the gzip stream',
      found: 'the end of the file',
      hint: 'the copy is incomplete: fetch the file again',
    });
  }
  return new InputError('gzip_damaged', {
    at: { path, offset },
    expected: 'a gzip stream',
    found: 'damaged data here or in the 64 kB after it, or something else behind its end',
    hint: 'fetch the file again, or unpack it (gunzip) and drop what comes out',
  });
}
