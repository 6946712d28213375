const SIGNATURES: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['an SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a zstd archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['an xz archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
];

const SPREADSHEET = 'a spreadsheet (xlsx), which is not read: the .csv it was made of is, or the listings beside it';

/** A zip archive whose first file, named behind 30 bytes, is one that such documents begin with. */
const FIRST_OF_SPREADSHEET = /^PK.{28}(\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/)/s;

/** What a file that is no trace looks like, in a few words for the person who named it. */
export function describeHead(head: Uint8Array): string {
  if (head.length === 0) return 'an empty file';
  const signature = SIGNATURES.find(([, bytes]) => bytes.every((byte, i) => head[i] === byte));
  if (signature !== undefined)
    return FIRST_OF_SPREADSHEET.test(new TextDecoder('latin1').decode(head.subarray(0, 64)))
      ? SPREADSHEET
      : signature[0];
  if (isUtf16(head)) return 'text as UTF-16, which is not read: save it as UTF-8';
  if (looksBinary(head)) return `binary data (${hex(head.subarray(0, 8))})`;
  const text = new TextDecoder().decode(head.subarray(0, 4096)).trimStart();
  if (text === '') return 'only white space';
  if (text.startsWith('{')) return describeObject(text);
  if (text.startsWith('[')) return `a JSON array without trace events (${excerpt(text)})`;
  return `text (${excerpt(text)})`;
}

/** As some shells write what a program prints: a mark, and every other byte of plain text is 0. */
export function isUtf16(head: Uint8Array): boolean {
  const [first, second, third, fourth] = head;
  return (first === 0xff && second === 0xfe && fourth === 0) || (first === 0xfe && second === 0xff && third === 0);
}

/** The same without what the file says, for people who may not know it. */
export function withoutExcerpt(description: string): string {
  return description.replace(/ with .* and no trace events$/s, ' without trace events').replace(/ \(.*\)$/s, '');
}

function describeObject(text: string): string {
  const keys = Array.from(text.matchAll(/"([^"\\]{1,40})"\s*:/g), ([, key]) => key).slice(0, 3);
  return keys.length === 0
    ? 'a JSON object without trace events'
    : `a JSON object with ${keys.join(', ')} and no trace events`;
}

function excerpt(text: string): string {
  const line = text.slice(0, 40).split(/[\r\n]/, 1)[0];
  return line.length < text.length ? `${line}...` : line;
}

/** Text of any encoding we could meet has no control bytes but tab, line ends and escape. */
function looksBinary(head: Uint8Array): boolean {
  return head.subarray(0, 1024).some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0d, 0x1b].includes(byte));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
