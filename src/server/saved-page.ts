import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { UsageError } from '../base/index.ts';
import type { SavedRun } from '../session/requests/saved-run.ts';

export interface EmbeddedFile {
  readonly path: string;
  chunks(): AsyncIterable<Uint8Array>;
}

/** A browser holds no text that is longer, and a page is one. */
const MOST_BYTES = 400 * 2 ** 20;

/** A page of one file with a run in it, piece by piece: what of which files is read, then each file, gzip as base64. */
export async function* savedPage(
  viewer: string,
  saved: SavedRun,
  files: readonly EmbeddedFile[],
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const end = viewer.lastIndexOf('</body>');
  // Texts of captures stand in a script: nothing in them may look like its end.
  const json = JSON.stringify(saved).replaceAll('<', String.raw`\u003c`);
  yield encoder.encode(
    `${viewer.slice(0, end)}<script type="application/json" id="traceconv-saved">${json}</script>\n`,
  );
  let sizeBytes = 0;
  for (const file of files) {
    yield encoder.encode('<script type="text/plain" class="traceconv-file">');
    for await (const text of base64(compressed(file))) {
      sizeBytes += text.length;
      if (sizeBytes > MOST_BYTES) throw tooBig();
      yield encoder.encode(text);
    }
    yield encoder.encode('</script>\n');
  }
  yield encoder.encode(viewer.slice(end));
}

function compressed(file: EmbeddedFile): AsyncIterable<Uint8Array> {
  const gzip = createGzip();
  const read = Readable.from(file.chunks(), { objectMode: false });
  read.on('error', (error) => gzip.destroy(error));
  return read.pipe(gzip);
}

async function* base64(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % 3);
    yield bytes.toString('base64', 0, whole);
    rest = bytes.subarray(whole);
  }
  yield rest.toString('base64');
}

function tooBig(): UsageError {
  return new UsageError(
    'too_big_to_save',
    `--save: more than ${MOST_BYTES / 2 ** 20} MiB, compressed, is more than a browser opens as a page`,
    'save a part of it with --range, or serve it without --save',
  );
}
