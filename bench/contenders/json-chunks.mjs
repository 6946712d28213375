import { isAscii } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';

const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * The strongest simple way through an array of events: read a chunk, cut it behind the last `}` that a `,` and a `{`
 * follow, and give the piece to JSON.parse. Where that cut lies inside an event, JSON.parse says so and an earlier one
 * is tried. The root may also be an object with `traceEvents`. Yields an array of events per chunk.
 */
export function* eventsInChunks(path, chunkBytes) {
  const file = openSync(path);
  let buffer = Buffer.allocUnsafe(chunkBytes * 2);
  let length = 0;
  let isInArray = false;
  for (;;) {
    if (buffer.length - length < chunkBytes) buffer = Buffer.concat([buffer], buffer.length * 2);
    const readBytes = readSync(file, buffer, length, chunkBytes, null);
    length += readBytes;
    const from = isInArray ? 0 : arrayStart(buffer.subarray(0, length));
    isInArray = true;
    const { events, end } = readBytes === 0 ? lastEvents(buffer, from, length) : wholeEvents(buffer, from, length);
    if (events.length > 0) yield events;
    if (readBytes === 0) break;
    buffer.copyWithin(0, end, length);
    length -= end;
  }
  closeSync(file);
}

function arrayStart(buffer) {
  const from = buffer[0] === OPEN ? buffer.indexOf('"traceEvents":[') : 0;
  return buffer.indexOf('[', Math.max(from, 0)) + 1;
}

/** `end` is where the next event begins; equal to `from` where no event is complete. */
function wholeEvents(buffer, from, length) {
  for (let cut = lastCut(buffer, length); cut > from; cut = lastCut(buffer, cut - 1)) {
    try {
      return { events: parse(buffer, from, cut), end: buffer.indexOf(OPEN, cut) };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return { events: [], end: from };
}

function lastEvents(buffer, from, length) {
  const end = buffer.subarray(0, length).lastIndexOf(']');
  return { events: parse(buffer, from, end), end };
}

/** Behind the last `}` before `length` that is followed by `,` and `{`, with or without space between them. */
function lastCut(buffer, length) {
  for (let open = length - 1; open > 0; open--) {
    if (buffer[open] !== OPEN) continue;
    const comma = lastNonSpace(buffer, open - 1);
    if (buffer[comma] !== COMMA) continue;
    const close = lastNonSpace(buffer, comma - 1);
    if (buffer[close] === CLOSE) return close + 1;
  }
  return -1;
}

function lastNonSpace(buffer, at) {
  while (at >= 0 && buffer[at] <= 0x20) at--;
  return at;
}

/** ASCII goes the short way into a JavaScript string. */
function parse(buffer, from, to) {
  const piece = buffer.subarray(from, to);
  return JSON.parse(`[${isAscii(piece) ? piece.latin1Slice() : piece.utf8Slice()}]`);
}
