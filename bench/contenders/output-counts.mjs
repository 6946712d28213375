// Counts what stands in an output, piece by piece as it is written, with code that shares nothing with the writers.

export function outputCounter(writerId) {
  switch (writerId) {
    case 'perfetto':
      return new PerfettoCounts();
    case 'chrome-json':
      return new ChromeCounts();
    default:
      throw new Error(`nothing counts the output of ${writerId}`);
  }
}

const TRACK_EVENT_FIELD = 11;
const TYPE_FIELD = 9;
const EVENT_TYPES = ['unspecified', 'slices', 'sliceEnds', 'instants', 'counters'];

/** Packets of a Perfetto trace by the type of their track event. */
class PerfettoCounts {
  counts = { slices: 0, sliceEnds: 0, counters: 0 };
  #rest = new Uint8Array(0);

  write(bytes) {
    const all = Buffer.concat([this.#rest, bytes]);
    let at = 0;
    for (;;) {
      const length = at + 1 < all.length ? varint(all, at + 1) : undefined;
      if (length === undefined || length.next + length.value > all.length) break;
      this.#packet(all, length.next, length.next + length.value);
      at = length.next + length.value;
    }
    this.#rest = all.subarray(at);
  }

  #packet(bytes, from, to) {
    for (const { field, value, end } of fields(bytes, from, to)) {
      if (field !== TRACK_EVENT_FIELD) continue;
      for (const inner of fields(bytes, value, end)) {
        if (inner.field === TYPE_FIELD) this.counts[EVENT_TYPES[inner.value]]++;
      }
    }
  }
}

/** A varint field's `value` is its number; a length-delimited one stands in bytes[value, end). */
function* fields(bytes, from, to) {
  for (let at = from; at < to;) {
    const tag = varint(bytes, at);
    const field = tag.value >>> 3;
    switch (tag.value & 7) {
      case 0: {
        const { value, next } = varint(bytes, tag.next);
        yield { field, value, end: next };
        at = next;
        break;
      }
      case 1:
        at = tag.next + 8;
        break;
      case 2: {
        const { value, next } = varint(bytes, tag.next);
        yield { field, value: next, end: next + value };
        at = next + value;
        break;
      }
      default:
        throw new Error(`wire type ${tag.value & 7} at byte ${at} of the output`);
    }
  }
}

/** undefined where the bytes end too early. */
function varint(bytes, at) {
  let value = 0;
  for (let factor = 1; at < bytes.length; factor *= 128) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next: at };
  }
  return undefined;
}

/** Events of our Chrome JSON, one per line; each line is parsed. */
class ChromeCounts {
  counts = { slices: 0, counters: 0 };
  #rest = '';
  #isFirstLine = true;

  write(bytes) {
    const lines = (this.#rest + Buffer.from(bytes).toString('latin1')).split('\n');
    this.#rest = lines.pop();
    for (const line of lines) this.#line(line);
  }

  #line(line) {
    if (this.#isFirstLine || line === ']}') {
      this.#isFirstLine = false;
      return;
    }
    const { ph } = JSON.parse(line.endsWith(',') ? line.slice(0, -1) : line);
    if (ph === 'X') this.counts.slices++;
    if (ph === 'C') this.counts.counters++;
  }
}
