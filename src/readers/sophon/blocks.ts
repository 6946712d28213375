/**
 * The container of all .profile files but global.profile: `u32 type, u32 size`, then so many bytes, again and again, with
 * nothing around it.
 */
import type { Diagnostics, Source } from '../../base/index.ts';
import type { PieceReader } from './piece-reader.ts';

/** What stands in a block, by its type. */
export const BLOCK = {
  summary: 1,
  compilerLog: 2,
  monitorTiu: 3,
  monitorGdma: 4,
  mcu: 5,
  mcuExtra: 6,
  firmwareLog: 7,
  commandPlaces: 8,
  host: 9,
  hostExtra: 10,
  monitorSdma: 11,
  monitorCdma: 12,
  commandsTiu: 13,
  commandsGdma: 14,
  commandsSdma: 15,
  commandsCdma: 16,
  commandsTold: 17,
} as const;

const LAST_TYPE = BLOCK.commandsTold;
const HEAD_BYTES = 8;

export interface Block {
  readonly type: number;
  /** Of what is in it, in the file. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** The file ends within it. */
  readonly isCut: boolean;
}

/** All blocks of a file that begin in it, as they are walked. What the file does not hold to its end is said. */
export async function* blocksOf(
  source: Source,
  pieces: PieceReader,
  diagnostics: Diagnostics,
): AsyncGenerator<Block, void, undefined> {
  const { path, sizeBytes } = source;
  for (let at = 0; at < sizeBytes;) {
    const offset = at + HEAD_BYTES;
    if (offset > sizeBytes) {
      diagnostics.add(
        'block_truncated',
        { path, offset: at },
        `${sizeBytes - at} bytes where the head of a block belongs`,
      );
      return;
    }
    const head = await pieces.read(source, at, offset);
    const view = new DataView(head.buffer, head.byteOffset, HEAD_BYTES);
    const [type, size] = [view.getUint32(0, true), view.getUint32(4, true)];
    const isKnown = type > 0 && type <= LAST_TYPE;
    const isCut = offset + size > sizeBytes;
    if (isCut) {
      const found = `type ${type} of ${size} bytes, of which ${sizeBytes - offset} are there`;
      diagnostics.add('block_truncated', { path, offset: at }, found);
    } else if (!isKnown) diagnostics.add('block_unknown', { path, offset: at }, `type ${type}, ${size} bytes`);
    if (isKnown) yield { type, offset, sizeBytes: isCut ? sizeBytes - offset : size, isCut };
    at = offset + size;
  }
}
