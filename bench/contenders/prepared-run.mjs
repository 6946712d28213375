// What the rivals of our writers start from: a run in memory, its arrows sorted out and its args parsed beforehand.
import { argv } from 'node:process';
import { openInput } from './open-input.mjs';

/** Our writers get args as bytes; asked for with this option a rival's time holds what turns them into values, too. */
const countsParsing = argv[4] === 'with-args';

const BLOCK_ROWS = 1 << 15;

export const { timeline } = (await openInput()).shards[0];
globalThis.gc();

/**
 * Calls `write(first, args)` for blocks of slices in the order of the timeline and returns how long these calls took.
 * Parsing the args beforehand is not counted, nor is clearing away what it left.
 */
export async function timeSlices(write) {
  const { slices, args } = timeline;
  let tookMs = 0;
  for (let first = 0; first < slices.length; first += BLOCK_ROWS) {
    const rows = Uint32Array.from({ length: Math.min(BLOCK_ROWS, slices.length - first) }, (_, i) => first + i);
    const { bytes, from } = await args.block(slices, rows);
    const parse = () => Array.from(rows, (_, i) => parsed(bytes, from[i], from[i + 1]));
    if (countsParsing) {
      tookMs += timed(() => write(first, parse()));
      continue;
    }
    const values = parse();
    globalThis.gc();
    tookMs += timed(() => write(first, values));
  }
  return tookMs;
}

export function timed(work) {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}

/** The arrows with a slice at both ends. */
export function boundFlows() {
  const { length, fromSlice, toSlice } = timeline.flows;
  return Uint32Array.from({ length }, (_, row) => row).filter((row) => fromSlice[row] >= 0 && toSlice[row] >= 0);
}

function parsed(bytes, from, to) {
  if (from === to) return undefined;
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString());
}
