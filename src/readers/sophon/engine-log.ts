import type { Engine, RecordLayout } from './chips.ts';

/**
 * What ran on one engine of one core, as its monitor wrote it down, in the order of the file. Columns, because there may be
 * millions. Cycles are those of the engine's clock, wraps undone; `endCycle` is the last cycle in which it ran.
 */
export interface EngineLog {
  readonly engine: Engine;
  /** Of CDMA: the port. */
  readonly core: number;
  readonly length: number;
  readonly startCycle: Float64Array;
  readonly endCycle: Float64Array;
  /** Number of the command, counted from 1 as commands are; wraps undone. */
  readonly id: Float64Array;
  /** 0 for engines that compute. */
  readonly movedBytes: Float64Array;
  /** 1 where the engine moved something, or computes. */
  readonly isActive: Uint8Array;
  readonly layout: RecordLayout;
  readonly place: { readonly path: string; readonly offset: number };
}

const WRAP_CYCLES = 2 ** 32;
/** Clocks that go back by more went on: records that stand out of order in the file are closer together. */
const OUT_OF_ORDER_CYCLES = 2 ** 28;
const UNUSED = 0xffffffff;

/** Decodes the records of one block, of whose bytes nothing is kept. What is behind the last record that was used, is left out. */
export function engineLog(
  engine: Engine,
  core: number,
  bytes: Uint8Array,
  layout: RecordLayout,
  place: EngineLog['place'],
): EngineLog {
  const words = wordsOf(bytes);
  const length = usedCount(words, layout);
  const log = {
    ...{ engine, core, length, layout, place },
    startCycle: new Float64Array(length),
    endCycle: new Float64Array(length),
    id: new Float64Array(length),
    movedBytes: new Float64Array(length),
    isActive: new Uint8Array(length),
  };
  fillIds(log, words);
  fillTimes(log, words);
  fillBytes(log, words);
  fillActive(log, words);
  putInOrder(log);
  return log;
}

/** Monitors write some neighbours down the other way round: earlier and of a lower number. */
function putInOrder({ length, startCycle, endCycle, id, movedBytes, isActive }: EngineLog): void {
  for (let i = 1; i < length; i++) {
    if (id[i] >= id[i - 1] || startCycle[i] >= startCycle[i - 1]) continue;
    for (const column of [startCycle, endCycle, id, movedBytes, isActive]) {
      [column[i - 1], column[i]] = [column[i], column[i - 1]];
    }
  }
}

/** Counters have 32 bits. Pauses may be nearly as long as a counter counts. */
function fillTimes({ length, layout, startCycle, endCycle, id }: EngineLog, words: Uint32Array): void {
  const { wordCount, startWord, endWord } = layout;
  let wrapped = 0;
  let before = 0;
  for (let i = 0, at = 0; i < length; i++, at += wordCount) {
    const start = words[at + startWord];
    const end = words[at + endWord];
    if (start < before - OUT_OF_ORDER_CYCLES) wrapped += WRAP_CYCLES;
    // Only a record that stands behind a later one goes back to before an overflow.
    else if (start > before + WRAP_CYCLES - OUT_OF_ORDER_CYCLES && id[i] < id[i - 1]) wrapped -= WRAP_CYCLES;
    before = start;
    startCycle[i] = start + wrapped;
    endCycle[i] = end + wrapped + (start - end > OUT_OF_ORDER_CYCLES ? WRAP_CYCLES : 0);
  }
}

/** Ids go back to their first one when their bits are used up, or where a new section begins. */
function fillIds({ length, layout, id }: EngineLog, words: Uint32Array): void {
  const { wordCount, idWord, idBits, firstId } = layout;
  const mask = 2 ** idBits - 1;
  const [high, low] = [mask - 535, 1000];
  let wrapped = 0;
  let before = 0;
  for (let i = 0, at = idWord; i < length; i++, at += wordCount) {
    const own = idBits === 32 ? words[at] : words[at] & mask;
    if (before > high && own < low) wrapped += mask + 1;
    else if (wrapped > 0 && before < low && own > high) wrapped -= mask + 1;
    before = own;
    id[i] = own + wrapped + 1 - firstId;
  }
}

function fillBytes({ length, layout, movedBytes }: EngineLog, words: Uint32Array): void {
  for (const sum of layout.movedBytes) {
    for (let i = 0, at = 0; i < length; i++, at += layout.wordCount) {
      let bytes = 0;
      for (let k = 0; k < sum.length; k++) bytes += words[at + sum[k]];
      if (bytes > movedBytes[i]) movedBytes[i] = bytes;
    }
  }
}

function fillActive({ length, layout, isActive }: EngineLog, words: Uint32Array): void {
  if (layout.activeWords.length === 0) isActive.fill(1);
  for (const word of layout.activeWords) {
    for (let i = 0, at = word; i < length; i++, at += layout.wordCount) if (words[at] !== 0) isActive[i] = 1;
  }
}

/** Buffers are filled with ones or zeros before they are used. */
function usedCount(words: Uint32Array, { wordCount, startWord, endWord, idWord }: RecordLayout): number {
  const most = Math.floor(words.length / wordCount);
  for (let i = 0, at = 0; i < most; i++, at += wordCount) {
    const start = words[at + startWord];
    if (start !== words[at + endWord]) continue;
    if ((start === 0 && words[at + idWord] === 0) || start === UNUSED) return i;
  }
  return most;
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const wordCount = bytes.length >> 2;
  const isAligned = bytes.byteOffset % 4 === 0;
  const own = isAligned ? bytes : bytes.slice();
  return new Uint32Array(own.buffer, own.byteOffset, wordCount);
}
