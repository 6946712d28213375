/**
 * What microcontrollers of the SG2260 wrote down of the commands that they gave, in three generations of firmware. Nothing
 * in them says which: sizes must divide, types must be known, and numbers of commands must go up.
 */

/** One command, or another event. `unit`: of the engine. `id`: its number on the engine. */
export type TakeNode = (type: number, engine: number, task: number, unit: number, extra: number, id: number) => void;

export interface Generation {
  readonly recordBytes: 12 | 8 | 4;
  readonly years: string;
  readonly types: readonly number[];
  /** Types that give a command to an engine. */
  readonly commandTypes: readonly number[];
  /** Of `extra`: where the port of CDMA begins. */
  readonly portShift: number;
  walk(words: DataView, take: TakeNode): void;
}

const OLD_TYPES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100];
const OLD_COMMANDS = [1, 8, 9];
export const SEND_MESSAGE = 8;
export const WAIT_MESSAGE = 9;

const FUNCTION = 0;
const NODE_SET = 1;
const [FIRST_DESCRIPTORS, LAST_DESCRIPTORS, ID_RESET, RVT_NODE_SET] = [8, 11, 12, 13];
const ENGINE_COUNT = 8;

const GENERATIONS: readonly Generation[] = [
  {
    ...{ recordBytes: 12, years: '2023', types: OLD_TYPES, commandTypes: OLD_COMMANDS, portShift: 7 },
    walk: (words, take) => walkFixed(words, 12, 0, take),
  },
  {
    ...{ recordBytes: 8, years: '2024', types: OLD_TYPES, commandTypes: OLD_COMMANDS, portShift: 7 },
    // The first record only says that recording begins.
    walk: (words, take) => walkFixed(words, 8, 8, take),
  },
  {
    ...{ recordBytes: 4, years: '2026', portShift: 8 },
    types: [...Array.from({ length: 16 }, (_, type) => type), 100],
    commandTypes: [NODE_SET, RVT_NODE_SET],
    walk: walkCounted,
  },
];

/** `type:8, engine:3, task:5, unit:5, extra`; then the number. */
function walkFixed(words: DataView, recordBytes: number, from: number, take: TakeNode): void {
  for (let at = from; at + recordBytes <= words.byteLength; at += recordBytes) {
    const word = words.getUint32(at, true);
    take(
      word & 0xff,
      (word >>> 8) & 7,
      (word >>> 11) & 31,
      (word >>> 16) & 31,
      word >>> 21,
      words.getUint32(at + 4, true),
    );
  }
}

/** `type:7, engine:3, task:5, unit:5, extra:12`; numbers are counted, engine by engine. */
function walkCounted(words: DataView, take: TakeNode): void {
  const ids = new Float64Array(ENGINE_COUNT);
  for (let at = 0; at + 4 <= words.byteLength; at += 4) {
    const word = words.getUint32(at, true);
    const [type, engine] = [word & 0x7f, (word >>> 7) & 7];
    const isCommand = type === NODE_SET || type === RVT_NODE_SET;
    const isDescriptors = type >= FIRST_DESCRIPTORS && type <= LAST_DESCRIPTORS;
    if (type === ID_RESET || isDescriptors) ids.fill(0);
    take(type, engine, (word >>> 10) & 31, (word >>> 15) & 31, word >>> 20, isCommand ? ++ids[engine] : 0);
    // A name follows, or how many descriptors there are.
    if (type === FUNCTION) at += 4 * Math.ceil((word >>> 7) / 4);
    else if (isDescriptors) at += 4;
  }
}

/** Most of them must look right: firmware may write what is not known. */
const LEAST_SHARE = 0.98;
/** Numbers leap over the commands that were not written down. */
const LONGEST_LEAP = 4096;

/**
 * Which generation the bytes are of: the one that makes commands of most of them. undefined where none fits. Of as good ones
 * the longest counts: that numbers go up is seldom chance, while known types alone may be anything.
 */
export function generationOf(bytes: Uint8Array, engines: readonly (string | undefined)[]): Generation | undefined {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let best: { readonly generation: Generation; readonly explained: number } | undefined;
  for (const generation of GENERATIONS) {
    if (bytes.length % generation.recordBytes !== 0) continue;
    const explained = commandsIfFit(generation, words, engines) * generation.recordBytes;
    if (explained > (best?.explained ?? 0)) best = { generation, explained };
  }
  return best?.generation;
}

/** How many commands the bytes hold, read so; 0 where they cannot be read so. */
function commandsIfFit(
  { types, commandTypes, walk }: Generation,
  words: DataView,
  engines: readonly (string | undefined)[],
): number {
  let [count, rightCount, commandCount, risingCount] = [0, 0, 0, 0];
  const before = new Float64Array(ENGINE_COUNT).fill(Number.NaN);
  walk(words, (type, engine, _task, _unit, _extra, id) => {
    count++;
    const isCommand = commandTypes.includes(type);
    if (types.includes(type) && (!isCommand || engine < engines.length)) rightCount++;
    if (!isCommand) return;
    commandCount++;
    const leap = id - before[engine];
    const isFirst = Number.isNaN(leap) && id <= LONGEST_LEAP;
    if (isFirst || (leap > 0 && leap <= LONGEST_LEAP) || id <= 1) risingCount++;
    before[engine] = id;
  });
  const fits = rightCount >= LEAST_SHARE * count && risingCount >= LEAST_SHARE * commandCount;
  return fits ? commandCount : 0;
}
