import { type Diagnostics, InputError, type Source } from '../../base/index.ts';
import { type JsonObject, type JsonPrefix, type JsonValue, parseJsonPrefix } from '../../bytes/index.ts';

/**
 * Documents are small beside the capture they are about, but their values and tables take some eight times their text: 500
 * MB took 3.8 GB. So much takes about 1 GB, which is left beside a timeline, in a browser too.
 */
const MOST_BYTES = 2 ** 27;
const BOM = [0xef, 0xbb, 0xbf];
/** So much of what was found is shown. */
const FOUND_BYTES = 20;

/**
 * Reads a whole document with the JSON parser of src/bytes: it keeps the digits of every number, goes on as far as the text
 * is sound, and knows the byte where it is not.
 */
export async function readDocument(source: Source): Promise<JsonDocument> {
  const { path, sizeBytes } = source;
  if (sizeBytes > MOST_BYTES) {
    throw new InputError('too_big', {
      at: { path, offset: MOST_BYTES },
      expected: `a document of at most ${MOST_BYTES} bytes (${MOST_BYTES >> 20} MiB)`,
      found: `${sizeBytes} bytes`,
      hint: 'the documents of the single ranks hold the same figures, and so does analysis.db',
    });
  }
  const bytes = await source.slice(0, sizeBytes);
  return new JsonDocument(
    path,
    bytes,
    parseJsonPrefix(bytes, BOM.every((byte, i) => bytes[i] === byte) ? BOM.length : 0),
  );
}

/** A document as far as it could be read. */
class JsonDocument {
  readonly path: string;
  readonly root: JsonObject;
  readonly #bytes: Uint8Array;
  readonly #prefix: JsonPrefix;

  constructor(path: string, bytes: Uint8Array, prefix: JsonPrefix) {
    this.path = path;
    this.#bytes = bytes;
    this.#prefix = prefix;
    this.root = isObject(prefix.value) ? prefix.value : new Map();
  }

  /** Tells what is wrong with the document. It is refused where that left nothing to read. */
  check(hasRows: boolean, expected: string, diagnostics: Diagnostics): void {
    const { error, isComplete, value } = this.#prefix;
    if (!isObject(value) || (error !== undefined && !hasRows)) throw this.#refusal(expected);
    if (error === undefined) return;
    const isEarlyEnd = error.offset >= this.#bytes.length;
    const kind = isComplete ? 'text_after_end' : isEarlyEnd ? 'document_not_closed' : 'document_malformed';
    diagnostics.add(kind, { path: this.path, offset: error.offset }, `expected ${error.expected}`);
  }

  #refusal(expected: string): InputError {
    const { error, isComplete } = this.#prefix;
    const offset = error?.offset ?? 0;
    const found = new TextDecoder().decode(this.#bytes.subarray(offset, offset + FOUND_BYTES));
    return new InputError(this.#bytes.length === 0 ? 'empty_file' : 'not_a_trace', {
      at: { path: this.path, offset },
      expected: error === undefined || isComplete ? expected : error.expected,
      found: found === '' ? 'the end of the file' : JSON.stringify(found),
    });
  }
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}
