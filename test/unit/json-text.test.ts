import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteBuffer } from '../../src/bytes/byte-buffer.ts';
import { hashBytes } from '../../src/bytes/interner.ts';
import { appendUnescaped, isJsonNumber, writeJsonString } from '../../src/bytes/json-text.ts';
import { type JsonVisitor, JsonWalker, MAX_JSON_DEPTH } from '../../src/bytes/json-walk.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
const anyText = fc.string({ unit: 'binary' });

describe('writeJsonString', () => {
  test('writes what JSON.parse reads back', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const buffer = new ByteBuffer(4);
        writeJsonString(buffer, encode(text));
        expect(JSON.parse(decode(buffer.view()))).toBe(text);
      }),
    );
  });

  test('escapes control characters, quotes and backslashes and nothing else', () => {
    const buffer = new ByteBuffer();
    writeJsonString(buffer, encode('a"b\\c\n\u0000\u001f\u007f/\u2028中'));
    expect(decode(buffer.view())).toBe('"a\\"b\\\\c\\n\\u0000\\u001f\u007f/\u2028中"');
  });

  test('takes texts longer than its chunks', () => {
    const text = '\u0001é'.repeat(10_000);
    const buffer = new ByteBuffer();
    writeJsonString(buffer, encode(text));
    expect(JSON.parse(decode(buffer.view()))).toBe(text);
  });
});

describe('appendUnescaped', () => {
  const unescaped = (body: string | Uint8Array): { text: string; sound: boolean } => {
    const bytes = typeof body === 'string' ? encode(body) : body;
    const buffer = new ByteBuffer(4);
    const sound = appendUnescaped(buffer, bytes, 0, bytes.length);
    return { text: decode(buffer.view()), sound };
  };

  test('undoes what JSON.stringify did', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(unescaped(JSON.stringify(text).slice(1, -1))).toEqual({ text, sound: true });
      }),
    );
  });

  test.each([
    ['\\u00e9\\u4e2d\\ud83d\\ude00\\/', 'é中😀/'],
    ['\\b\\f\\n\\r\\t\\"\\\\', '\b\f\n\r\t"\\'],
  ])('reads the escapes of %s', (body, text) => {
    expect(unescaped(body)).toEqual({ text, sound: true });
  });

  test.each([
    ['half a surrogate pair', 'a\\ud800b', 'a\ufffdb'],
    ['two first halves', '\\ud83d\\ud83d\\ude00', '\ufffd😀'],
    ['a second half alone', '\\ude00', '\ufffd'],
    ['an unknown escape', 'a\\x41', 'a\\x41'],
    ['an escape of too few digits', '\\u12', '\\u12'],
    ['a control byte', 'a\nb', 'a\nb'],
  ])('keeps going after %s', (_, body, text) => {
    expect(unescaped(body)).toEqual({ text, sound: false });
  });

  test('repairs invalid UTF-8', () => {
    expect(unescaped(Uint8Array.of(0x61, 0xff, 0xc3, 0x28))).toEqual({ text: 'a\ufffd\ufffd(', sound: false });
  });
});

test('isJsonNumber is the number of the JSON grammar', () => {
  const piece = fc.constantFrom('-', '+', '0', '1', '23', '.', 'e', 'E', 'x');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 7 }), (pieces) => {
      const text = pieces.join('');
      const bytes = encode(text);
      expect(isJsonNumber(bytes, 0, bytes.length)).toBe(/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(text));
    }),
  );
});

/** Puts the text together again from what a walk reports. */
class Rebuilt implements JsonVisitor {
  text_ = '';
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  key(from: number, to: number, plain: boolean, hash: number): void {
    this.text(from, to, plain, hash);
    this.text_ = `${this.text_.slice(0, -1)}:`;
  }

  text(from: number, to: number, plain: boolean, hash: number): void {
    const body = decode(this.#bytes.subarray(from, to));
    expect(plain).toBe(/^[ -~]*$/.test(body.replaceAll('\x7f', ' ')) && !body.includes('\\'));
    expect(hash).toBe(hashBytes(this.#bytes, from, to));
    this.text_ += `"${body}",`;
  }

  word(from: number, to: number): void {
    this.text_ += `${decode(this.#bytes.subarray(from, to))},`;
  }

  open(isArray: boolean): void {
    this.text_ += isArray ? '[' : '{';
  }

  close(isArray: boolean): void {
    this.text_ = `${this.text_.replace(/,$/, '')}${isArray ? ']' : '}'},`;
  }

  tooDeep(from: number, to: number): void {
    this.text_ += `"${to - from} bytes",`;
  }
}

function walked(text: string): string | undefined {
  const bytes = encode(text);
  const visitor = new Rebuilt(bytes);
  return new JsonWalker().walk(bytes, 0, bytes.length, visitor) ? visitor.text_.slice(0, -1) : undefined;
}

describe('JsonWalker', () => {
  test('reports every part of any JSON value, with or without white space', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        expect(walked(JSON.stringify(value, null, indent))).toBe(JSON.stringify(value));
      }),
    );
  });

  test.each(['', '{', '{"a"}', '{"a":}', '{"a":1,}', '[1,]', '[1 2]', '1 2', '{a:1}', '"open', '[}', '{"a":1]', '[[]'])(
    'refuses %s',
    (text) => {
      expect(walked(text)).toBeUndefined();
    },
  );

  test('hands over words that JSON does not know', () => {
    expect(walked('[NaN,-Infinity,01,undefined]')).toBe('[NaN,-Infinity,01,undefined]');
  });

  test('does not look into what is nested too deep, and needs no stack for it', () => {
    const depth = 1_000_000;
    const text = '['.repeat(depth) + ']'.repeat(depth);
    const inner = 2 * (depth - MAX_JSON_DEPTH);
    expect(walked(text)).toBe(`${'['.repeat(MAX_JSON_DEPTH)}"${inner} bytes"${']'.repeat(MAX_JSON_DEPTH)}`);
  });
});
