import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError, MemorySource, type Source } from '../../base/index.ts';
import { explainFailure } from './failure.ts';
import { readChunks, readRange } from './file-source.ts';

const MEMORY_LIMIT_BYTES = 64 << 20;

export interface Spooled {
  readonly source: Source;
  close(): Promise<void>;
}

/** Makes a stream readable at random: kept in memory while it is small, else in a scratch file. */
export async function spool(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  memoryLimitBytes = MEMORY_LIMIT_BYTES,
): Promise<Spooled> {
  const kept: Uint8Array[] = [];
  let sizeBytes = 0;
  let scratch: FileHandle | undefined;
  try {
    for await (const chunk of chunks) {
      sizeBytes += chunk.length;
      kept.push(chunk);
      if (scratch === undefined && sizeBytes > memoryLimitBytes) scratch = await openScratch();
      if (scratch !== undefined) await writeAll(scratch, kept.splice(0));
    }
  } catch (error) {
    await scratch?.close();
    throw error;
  }
  if (scratch === undefined) return { source: new MemorySource(path, joined(kept, sizeBytes)), close: async () => {} };
  const file = scratch;
  return { source: new ScratchSource(path, file, sizeBytes), close: () => file.close() };
}

class ScratchSource implements Source {
  readonly path: string;
  readonly sizeBytes: number;
  readonly #file: FileHandle;

  constructor(path: string, file: FileHandle, sizeBytes: number) {
    this.path = path;
    this.sizeBytes = sizeBytes;
    this.#file = file;
  }

  stream(from = 0, to = this.sizeBytes, nextBuffer?: () => Uint8Array<ArrayBuffer>): AsyncIterable<Uint8Array> {
    return readChunks(this.#file, this.path, from, to, nextBuffer);
  }

  slice(from: number, to: number, target = new Uint8Array(to - from)): Promise<Uint8Array> {
    return readRange(this.#file, this.path, target, from);
  }
}

/** The file loses its name at once: the system frees it when the process ends, however it ends. */
async function openScratch(): Promise<FileHandle> {
  const path = join(tmpdir(), `traceconv-${randomUUID()}.scratch`);
  try {
    const file = await open(path, 'wx+', 0o600);
    await unlink(path);
    return file;
  } catch (error) {
    throw explainScratch(error);
  }
}

async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  try {
    for (const chunk of chunks) await file.appendFile(chunk);
  } catch (error) {
    throw explainScratch(error);
  }
}

function explainScratch(error: unknown): unknown {
  const explained = explainFailure(error, join(tmpdir(), 'traceconv-*.scratch'), 'write');
  if (!(explained instanceof EnvironmentError)) return explained;
  const hint = 'compressed and piped input over 64 MB is unpacked there; set TMPDIR to a folder with more space';
  return new EnvironmentError(explained.code, explained.path, explained.message, hint);
}

function joined(chunks: readonly Uint8Array[], sizeBytes: number): Uint8Array {
  if (chunks.length === 1) return chunks[0];
  const whole = new Uint8Array(sizeBytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
