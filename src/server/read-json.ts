import type { IncomingMessage } from 'node:http';
import { RequestError } from '../session/requests/failure.ts';

/** A window over 60,000 tracks is asked for with less. */
const MOST_BYTES = 1 << 20;

/** The body of a request. What it must look like is for handlers to say. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  // Forms of other pages cannot send this type without being asked first.
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new RequestError({ code: 'not_json', what: 'the body has the wrong type', ...wanted(type || 'none') });
  }
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MOST_BYTES) {
      throw new RequestError({ code: 'too_long', what: `the body is longer than ${MOST_BYTES} bytes` });
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestError({
      code: 'bad_json',
      what: 'the body is no JSON',
      expected: 'JSON',
      found: text.slice(0, 40),
    });
  }
}

function wanted(found: string): { expected: string; found: string } {
  return { expected: 'application/json', found };
}
