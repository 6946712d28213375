import { createGunzip } from 'node:zlib';
import { gzipDamaged } from '../../base/index.ts';
import { explainFailure, systemCode } from './failure.ts';

export function isGzip(head: Uint8Array): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;
}

/** Told after how many bytes a gzip file breaks off. */
export type OnCut = (cutAtBytes: number) => void;

/**
 * What a gzip file of one or several members unpacks to, zeros behind them left aside. One that breaks off gives all that its
 * bytes hold. Offsets in errors count compressed bytes.
 */
export async function* gunzip(
  compressed: AsyncIterable<Uint8Array>,
  path: string,
  onCut: OnCut,
): AsyncGenerator<Uint8Array> {
  const unpacker = createGunzip({ chunkSize: 1 << 18 });
  const unpacked: Uint8Array[] = [];
  unpacker.on('data', (chunk: Uint8Array) => unpacked.push(chunk)).on('error', () => undefined);
  const done = (start: (onDone: () => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      unpacker.once('error', reject);
      start(() => {
        unpacker.off('error', reject);
        resolve();
      });
    });
  let takenBytes = 0;
  try {
    for await (const piece of compressed) {
      takenBytes += piece.length;
      // Its stream ends where zeros begin, and takes nothing more.
      if (!unpacker.readableEnded) await done((onDone) => unpacker.write(piece, onDone));
      const left = takenBytes - unpacker.bytesWritten;
      if (left > 0 && piece.subarray(-left).some((byte) => byte !== 0)) {
        throw gzipDamaged(path, takenBytes - left, 'something else behind the end of the gzip stream');
      }
      yield* unpacked.splice(0);
    }
    // By now all is unpacked, so nothing is lost where this fails.
    if (!unpacker.readableEnded) await done((onDone) => unpacker.once('end', onDone).end());
    yield* unpacked.splice(0);
  } catch (error) {
    yield* unpacked.splice(0);
    if (systemCode(error) !== 'Z_BUF_ERROR') throw explainGunzip(error, path, unpacker.bytesWritten);
    onCut(takenBytes);
  } finally {
    unpacker.destroy();
  }
}

function explainGunzip(error: unknown, path: string, offset: number): unknown {
  const code = systemCode(error);
  if (code?.startsWith('Z_') !== true) return explainFailure(error, path, 'read');
  // zlib counts what it has taken in whole pieces of the file, so the place itself lies up to a piece later.
  const found = `damaged data here or in the 64 kB after it (${error instanceof Error ? error.message : code})`;
  return gzipDamaged(path, offset, found);
}
