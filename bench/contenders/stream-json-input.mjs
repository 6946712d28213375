import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { getManyValues, none } from 'stream-chain/core';
import { jsonParser } from 'stream-json/core/parser.js';
import { inputPath } from './measure.mjs';

/** Tried from 16 kB to 4 MB: larger blocks make token arrays that outlive the young generation. */
const BLOCK_BYTES = 32 * 1024;

/**
 * stream-json at its fastest: the bare tokenizer without Node streams, packed values only, driven by hand with small
 * blocks. Yields the tokens of each block.
 */
export function* tokensInBlocks() {
  const parse = jsonParser({ packValues: true, streamValues: false });
  const decoder = new StringDecoder('utf8');
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  const file = openSync(inputPath);
  for (let length = readSync(file, block); length > 0; length = readSync(file, block)) {
    const tokens = parse(decoder.write(block.subarray(0, length)));
    if (tokens !== none) yield getManyValues(tokens);
  }
  closeSync(file);
  const tokens = parse(none);
  if (tokens !== none) yield getManyValues(tokens);
}
