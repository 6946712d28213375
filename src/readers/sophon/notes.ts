/** What is noted beside records: two numbers that tell of which, `u32 size`, and so many bytes. */
export interface Note {
  readonly numbers: readonly [first: number, second: number];
  readonly bytes: Uint8Array;
}

const HEAD_BYTES = 12;

/** All notes of a block; one that is cut off is left out. */
export function notesOf(bytes: Uint8Array): Note[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const notes: Note[] = [];
  for (let at = 0; at + HEAD_BYTES <= bytes.length;) {
    const [first, second, size] = [0, 4, 8].map((from) => view.getUint32(at + from, true));
    at += HEAD_BYTES + size;
    if (at <= bytes.length) notes.push({ numbers: [first, second], bytes: bytes.subarray(at - size, at) });
  }
  return notes;
}

/** C's texts end in zeros. */
export function noteText({ bytes }: Note): string {
  return new TextDecoder().decode(bytes).replace(/\0+$/, '');
}
