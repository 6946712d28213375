import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '../../base/index.ts';
import { explainFailure, systemCode } from './failure.ts';

export function isGzip(head: Uint8Array): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;
}

/** What a gzip stream of one or several members unpacks to. Offsets in errors count compressed bytes. */
export async function* gunzip(compressed: Readable, path: string): AsyncGenerator<Uint8Array> {
  const unpacker = createGunzip({ chunkSize: 1 << 18 });
  compressed.on('error', (error) => unpacker.destroy(error));
  compressed.pipe(unpacker);
  try {
    for await (const chunk of unpacker) yield chunk;
  } catch (error) {
    throw explainGunzip(error, path, unpacker.bytesWritten);
  } finally {
    compressed.destroy();
    unpacker.destroy();
  }
}

function explainGunzip(error: unknown, path: string, offset: number): unknown {
  const code = systemCode(error);
  if (code === 'Z_BUF_ERROR') {
    return new InputError('gzip_truncated', {
      at: { path, offset },
      expected: 'the rest of the gzip stream',
      found: 'the end of the file',
      hint: 'the copy is incomplete: fetch the file again',
    });
  }
  if (code?.startsWith('Z_')) {
    return new InputError('gzip_damaged', {
      at: { path, offset },
      expected: 'a gzip stream',
      // zlib counts what it has taken in whole pieces of the file, so the place itself lies up to a piece later.
      found: `damaged data here or in the 64 kB after it (${error instanceof Error ? error.message : code})`,
      hint: 'the copy is damaged: fetch the file again',
    });
  }
  return explainFailure(error, path, 'read');
}
