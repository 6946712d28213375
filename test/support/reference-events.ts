/**
 * The events of a Chrome Trace Event document as an independent parser (stream-json) finds them. Numbers keep the
 * text they have in the file, since 64-bit ids and epoch times do not survive a JavaScript number.
 */
import { getManyValues, none } from 'stream-chain/core';
import { jsonParser, type Token } from 'stream-json/core/parser.js';

export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type ReferenceValue = null | boolean | string | NumberText | ReferenceValue[] | ReferenceObject;
export interface ReferenceObject {
  [key: string]: ReferenceValue;
}

const CHUNK_CHARACTERS = 1 << 20;

export function referenceEvents(bytes: Uint8Array): ReferenceObject[] {
  const root = parseDocument(new TextDecoder().decode(bytes));
  const events = Array.isArray(root) ? root : isObject(root) ? root.traceEvents : undefined;
  if (!Array.isArray(events)) throw new Error('no event array in the document');
  return events.filter(isObject);
}

export function isObject(value: ReferenceValue | undefined): value is ReferenceObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}

/** One JSON document; the parser's tokens are put together here, so that numbers stay text. */
export function parseDocument(text: string): ReferenceValue {
  const parse = jsonParser({ streamValues: false });
  const assembler = new TokenAssembler();
  const take = (tokens: ReturnType<typeof parse>): void => {
    if (typeof tokens === 'symbol') return;
    for (const token of getManyValues(tokens)) assembler.add(token);
  };
  for (let at = 0; at < text.length; at += CHUNK_CHARACTERS) take(parse(text.slice(at, at + CHUNK_CHARACTERS)));
  take(parse(none as never)); // its way to say that the text is over
  return assembler.result();
}

class TokenAssembler {
  readonly #open: { readonly container: ReferenceValue[] | ReferenceObject; key: string }[] = [];
  #root: ReferenceValue | undefined;

  add(token: Token): void {
    switch (token.name) {
      case 'startObject':
        this.#begin(Object.create(null));
        return;
      case 'startArray':
        this.#begin([]);
        return;
      case 'endObject':
      case 'endArray':
        this.#open.pop();
        return;
      case 'keyValue':
        this.#open[this.#open.length - 1].key = token.value;
        return;
      case 'numberValue':
        this.#put(new NumberText(token.value));
        return;
      case 'stringValue':
      case 'nullValue':
      case 'trueValue':
      case 'falseValue':
        this.#put(token.value);
        return;
      default:
        throw new Error(`the parser gave a token ${token.name}`);
    }
  }

  result(): ReferenceValue {
    if (this.#root === undefined || this.#open.length > 0) throw new Error('the document has no end');
    return this.#root;
  }

  #begin(container: ReferenceValue[] | ReferenceObject): void {
    this.#put(container);
    this.#open.push({ container, key: '' });
  }

  #put(value: ReferenceValue): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = value;
    else if (Array.isArray(parent.container)) parent.container.push(value);
    else parent.container[parent.key] = value;
  }
}
