// The WebAssembly twin of the packets of one shard (plain-packets.ts): rows and samples in columns become packets.
import { makePowers } from '../../../../bytes/wasm/assembly/number';
import { allocate, startHeap } from '../../../../bytes/wasm/assembly/table';
import { startJoints } from './flat-args';
import { startFlows } from './flows';
import { addEntry, nameIid, startStrings, textIid } from './interned';
import { laneCount, openLanes, sequenceAt, startTracks } from './lanes';
import {
  HEAP,
  NO_DEPTH,
  RECENT,
  RECENT_SLOTS,
  ROW_DEPTH,
  ROW_DUR,
  ROW_LANE,
  ROW_TIME,
  ROW_TRACK,
  SAMPLE_VALUE,
  STATE,
  STATE_BYTES,
} from './layout';
import { isFull, startOutput } from './output';
import { BEGIN, INSTANT, putEnd, putNamed, putSample } from './packets';
import { innermostEnd, openCount, popEnd, pushEnd } from './sequences';

export * from './layout';
export { flowsFor } from './flows';
export { growOutput, outBytes, outFrom, outLength, setOutLength } from './output';
export { newSequence } from './sequences';

let scratch: usize = 0;
let scratchBytes: usize = 0;
/** The sequence of the row being written. */
let current: usize = 0;

/** Begins a shard of so many tracks: nothing of the one before is left. */
export function start(trackCount: u32): void {
  const missing = <i32>((HEAP + 0xffff) >> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  startHeap(HEAP);
  memory.fill(STATE, 0, STATE_BYTES);
  memory.fill(RECENT, 0, <usize>RECENT_SLOTS * 4);
  scratch = 0;
  scratchBytes = 0;
  makePowers();
  startOutput();
  startStrings();
  startJoints();
  startFlows();
  startTracks(trackCount);
}

/** Writes rows [from, to) until the output is full; returns the first that is still to be written. */
export function writeRows(from: u32, to: u32, shiftNs: f64): u32 {
  let row = from;
  for (; row < to && !isFull(); row++) writeRow(row, shiftNs);
  return row;
}

function writeRow(row: u32, shiftNs: f64): void {
  const column = <usize>row << 2;
  const track = load<u32>(ROW_TRACK + column);
  const lane = load<u32>(ROW_LANE + column);
  if (lane >= laneCount(track)) openLanes(track, lane);
  const sequence = sequenceAt(track, lane);
  current = sequence;
  const timeNs = <i64>(load<f64>(ROW_TIME + (column << 1)) + shiftNs);
  const depth = <u32>load<u16>(ROW_DEPTH + (column >> 1));
  if (depth == NO_DEPTH) {
    // Ends stand before what begins at the same time.
    while (openCount(sequence) > 0 && innermostEnd(sequence) <= timeNs) endInnermost(sequence);
    putNamed(INSTANT, sequence, timeNs, row);
    return;
  }
  // Only a zero-length slice may lie in another that ends as it begins.
  while (openCount(sequence) > depth || (openCount(sequence) > 0 && innermostEnd(sequence) < timeNs))
    endInnermost(sequence);
  putNamed(BEGIN, sequence, timeNs, row);
  pushEnd(sequence, timeNs + <i64>load<f64>(ROW_DUR + (column << 1)));
}

@inline
function endInnermost(sequence: usize): void {
  putEnd(sequence, innermostEnd(sequence));
  popEnd(sequence);
}

/** Ends the slices of a track that are still open. */
export function endTrack(track: u32): void {
  for (let lane: u32 = 0; lane < laneCount(track); lane++) {
    const sequence = sequenceAt(track, lane);
    while (openCount(sequence) > 0) endInnermost(sequence);
  }
}

/** Of the last writeSamples: how many were passed over for not being numbers. */
export let skippedCount: u32 = 0;

/** Writes samples [from, to) until the output is full; returns the first that is still to be written. */
export function writeSamples(sequence: usize, from: u32, to: u32, shiftNs: f64): u32 {
  skippedCount = 0;
  let sample = from;
  for (; sample < to && !isFull(); sample++) {
    const column = <usize>sample << 3;
    const value = load<f64>(SAMPLE_VALUE + column);
    if (isFinite(value)) putSample(sequence, <i64>(load<f64>(ROW_TIME + column) + shiftNs), value);
    else skippedCount++;
  }
  return sample;
}

/** Where the caller puts a string for the functions below. */
export function scratchFor(bytes: usize): usize {
  if (bytes + 16 > scratchBytes) {
    scratchBytes = max(bytes + 4096, scratchBytes * 2);
    scratch = allocate(scratchBytes);
  }
  return scratch;
}

/** Tells the sequence of the row being written a string. */
export function introduceScratch(field: u32, iid: u32, size: u32): void {
  addEntry(field, iid, scratch, size);
}

export function nameIidOfScratch(size: u32): u32 {
  return nameIid(current, scratch, size);
}

export function textIidOfScratch(size: u32): u32 {
  return textIid(current, scratch, size);
}
