/**
 * Register listings of Sophon's tools: `tiuRegInfo_<core>.txt`, `tdmaRegInfo_<core>.txt`, `cdmaRegInfo_<port>.txt` (TPU-MLIR's
 * tpu_profile, bigTpuProfile with --enable_doc). Seen: what TPU-MLIR of Nov 2025 makes of a BM1690; older spellings are known
 * from its source.
 * Read: every record as a slice, its bandwidth as a counter, all of its keys as args; the head as metadata. Ignored:
 * src_shape, dst_shape and index_shape, which are the same in every record.
 * Odd rules: cycles of the TIU and of DMA have each a frequency of their own; the end is the last cycle that ran.
 */
import type { Reader } from '../../reader.ts';
import { headText } from '../../trace-events/sniff.ts';

export const sophonRegInfo: Reader = {
  id: 'sophon-reg-info',
  vendor: 'Sophon',
  label: 'Sophon RegInfo text',
  role: 'timeline',
  isWholeFolder: true,
  sniff(path, head) {
    const text = headText(head);
    if (/^__(CHIP_ARCH_ARGS|(TIU|TDMA|CDMA)_REG_INFO)__\r?$/m.test(text.slice(0, 4096))) {
      return { confidence: 3, why: 'a listing of registers' };
    }
    return /(tiu|tdma|cdma)RegInfo_\d+\.txt$/.test(path)
      ? { confidence: 1, why: 'the name of a listing of registers' }
      : { confidence: 0, why: 'no listing of registers' };
  },
  load: async () => (await import('./reg-info-load.ts')).loadRegInfo,
};
