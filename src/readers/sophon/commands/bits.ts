/** A field of a command: where it begins, counted from the lowest bit of its first byte, and how many bits it has. */
export type Field = readonly [offset: number, width: number];

/** The value of a field of a command that begins at a byte. Of what is behind the last byte, all bits are 0. */
export function bitsAt(bytes: Uint8Array, from: number, field: Field): number {
  const offset = field[0];
  const width = field[1];
  let at = from + (offset >> 3);
  let skipped = offset & 7;
  // Most fields lie in four bytes.
  if (skipped + width < 32 && at + 4 <= bytes.length) {
    const word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    return (word >>> skipped) & ((1 << width) - 1);
  }
  let value = 0;
  for (let read = 0; read < width; at++) {
    const taken = Math.min(8 - skipped, width - read);
    const part = ((bytes[at] ?? 0) >> skipped) & ((1 << taken) - 1);
    value += part * 2 ** read;
    read += taken;
    skipped = 0;
  }
  return value;
}
