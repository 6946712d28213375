/**
 * The container of all .profile files but global.profile: `u32 type, u32 size`, then so many bytes, again and again, with
 * nothing around it.
 */
import type { Diagnostics, Source } from '../../base/index.ts';

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
/** Heads are read in pieces of the file, as there may be many small blocks. */
const PIECE_BYTES = 64 * 1024;

export interface Block {
  readonly type: number;
  /** Of what is in it, in the file. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** The file ends within it. */
  readonly isCut: boolean;
}

/** All whole blocks of a file. One that the file does not hold to its end is left out, and said. */
export async function blocksOf(source: Source, diagnostics: Diagnostics): Promise<Block[]> {
  const { path, sizeBytes } = source;
  const blocks: Block[] = [];
  let piece: { readonly from: number; readonly view: DataView } = { from: 0, view: new DataView(new ArrayBuffer(0)) };
  for (let at = 0; at < sizeBytes;) {
    if (at + HEAD_BYTES > sizeBytes) {
      diagnostics.add(
        'block_truncated',
        { path, offset: at },
        `${sizeBytes - at} bytes where the head of a block belongs`,
      );
      break;
    }
    if (at < piece.from || at + HEAD_BYTES > piece.from + piece.view.byteLength) {
      const bytes = await source.slice(at, Math.min(at + PIECE_BYTES, sizeBytes));
      piece = { from: at, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
    }
    const type = piece.view.getUint32(at - piece.from, true);
    const size = piece.view.getUint32(at - piece.from + 4, true);
    const offset = at + HEAD_BYTES;
    if (offset + size > sizeBytes) {
      const found = `type ${type} of ${size} bytes, of which ${sizeBytes - offset} are there`;
      diagnostics.add('block_truncated', { path, offset: at }, found);
      if (type === 0 || type > LAST_TYPE) break;
      blocks.push({ type, offset, sizeBytes: sizeBytes - offset, isCut: true });
      break;
    }
    if (type === 0 || type > LAST_TYPE)
      diagnostics.add('block_unknown', { path, offset: at }, `type ${type}, ${size} bytes`);
    else blocks.push({ type, offset, sizeBytes: size, isCut: false });
    at = offset + size;
  }
  return blocks;
}
