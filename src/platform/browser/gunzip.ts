import { InputError } from '../../base/index.ts';

/** What is read of a stream before it is cancelled. */
export async function firstBytesOf(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const head = new Uint8Array(maxBytes);
  const reader = stream.getReader();
  let filled = 0;
  try {
    while (filled < maxBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      const taken = value.subarray(0, maxBytes - filled);
      head.set(taken, filled);
      filled += taken.length;
    }
  } catch (error) {
    // Damage after the first bytes is left to whoever reads the whole file.
    if (filled === 0) throw error;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return head.subarray(0, filled);
}

export async function isGzip(blob: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

export function unpacked(blob: Blob): ReadableStream<Uint8Array> {
  return blob.stream().pipeThrough(new DecompressionStream('gzip'));
}

/** As a blob again, which can be read at random and which the browser may keep on the disk. */
export async function gunzip(blob: Blob, path: string): Promise<Blob> {
  try {
    return await new Response(unpacked(blob)).blob();
  } catch (error) {
    throw new InputError('gzip_damaged', {
      at: { path },
      expected: 'a gzip stream of one member',
      found: `damaged data, or its end too early (${error instanceof Error ? error.message : String(error)})`,
      hint: 'fetch the file again, or unpack it (gunzip) and drop what comes out',
    });
  }
}
