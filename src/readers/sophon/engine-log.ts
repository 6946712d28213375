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
  /** All words of the records, in the same order. */
  readonly words: Uint32Array;
  readonly layout: RecordLayout;
  readonly place: { readonly path: string; readonly offset: number };
}

const WRAP_CYCLES = 2 ** 32;
/** Clocks that go back by more went on: records that stand out of order in the file are closer together. */
const OUT_OF_ORDER_CYCLES = 2 ** 28;
const UNUSED = 0xffffffff;

/** Decodes the records of one block. What is behind the last record that was used, is left out. */
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
    ...{ engine, core, length, words, layout, place },
    startCycle: new Float64Array(length),
    endCycle: new Float64Array(length),
    id: new Float64Array(length),
    movedBytes: new Float64Array(length),
    isActive: new Uint8Array(length),
  };
  fillIds(log);
  fillTimes(log);
  log.words = putInOrder(log);
  if (layout.movedBytes.length > 0) fillBytes(log);
  if (layout.activeWords.length === 0) log.isActive.fill(1);
  else fillActive(log);
  return log;
}

/** Monitors write some neighbours down the other way round: earlier and of a lower number. Gives the words in order. */
function putInOrder({ length, words, layout: { wordCount }, startCycle, endCycle, id }: EngineLog): Uint32Array {
  let ordered = words;
  for (let i = 1; i < length; i++) {
    if (id[i] >= id[i - 1] || startCycle[i] >= startCycle[i - 1]) continue;
    for (const column of [startCycle, endCycle, id]) [column[i - 1], column[i]] = [column[i], column[i - 1]];
    // They are those of the file, which are not to be changed.
    if (ordered === words) ordered = words.slice();
    const at = i * wordCount;
    const later = ordered.slice(at - wordCount, at);
    ordered.copyWithin(at - wordCount, at, at + wordCount);
    ordered.set(later, at);
  }
  return ordered;
}

/** Counters have 32 bits. Pauses may be nearly as long as a counter counts. */
function fillTimes({ length, words, layout, startCycle, endCycle, id }: EngineLog): void {
  const { wordCount, startWord, endWord } = layout;
  // Only a record that stands behind a later one goes back to before an overflow.
  const isBehind = (i: number): boolean => id[i] < id[i - 1];
  let wrapped = 0;
  let before = 0;
  for (let i = 0, at = 0; i < length; i++, at += wordCount) {
    const start = words[at + startWord];
    const end = words[at + endWord];
    if (start < before - OUT_OF_ORDER_CYCLES) wrapped += WRAP_CYCLES;
    else if (start > before + WRAP_CYCLES - OUT_OF_ORDER_CYCLES && isBehind(i)) wrapped -= WRAP_CYCLES;
    before = start;
    startCycle[i] = start + wrapped;
    endCycle[i] = end + wrapped + (start - end > OUT_OF_ORDER_CYCLES ? WRAP_CYCLES : 0);
  }
}

/** Ids go back to their first one when their bits are used up, or where a new section begins. */
function fillIds({ length, words, layout, id }: EngineLog): void {
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

function fillBytes({ length, words, layout, movedBytes }: EngineLog): void {
  for (const sum of layout.movedBytes) {
    for (let i = 0, at = 0; i < length; i++, at += layout.wordCount) {
      let bytes = 0;
      for (const word of sum) bytes += words[at + word];
      if (bytes > movedBytes[i]) movedBytes[i] = bytes;
    }
  }
}

function fillActive({ length, words, layout, isActive }: EngineLog): void {
  for (let i = 0, at = 0; i < length; i++, at += layout.wordCount) {
    isActive[i] = Number(layout.activeWords.some((word) => words[at + word] !== 0));
  }
}

/** Buffers are filled with ones or zeros before they are used. */
function usedCount(words: Uint32Array, { wordCount, startWord, endWord, idWord }: RecordLayout): number {
  const most = Math.floor(words.length / wordCount);
  for (let i = 0, at = 0; i < most; i++, at += wordCount) {
    const [start, end, id] = [words[at + startWord], words[at + endWord], words[at + idWord]];
    if ((start === 0 && end === 0 && id === 0) || (start === UNUSED && end === UNUSED)) return i;
  }
  return most;
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const wordCount = bytes.length >> 2;
  const isAligned = bytes.byteOffset % 4 === 0;
  const own = isAligned ? bytes : bytes.slice();
  return new Uint32Array(own.buffer, own.byteOffset, wordCount);
}
