/**
 * Raw folders of Sophon chips: `bmprofile_data*` of libsophon's runtime (BM1684, BM1684X, BM1688, CV184X) and
 * `cdm_profile_data_dev*` of the runtimes of the SG2260 (BM1690), as they lie on disk, without the vendor's tool. Real
 * captures of the BM1684X, the BM1688 and the BM1690 are from Nov 2025.
 * Read: records of all engines with names, shapes, directions and bytes of their commands; the host's time of each iteration.
 * Odd rules: what chip it is stands in global.profile and nowhere else; ids of records count from 0, of commands from 1.
 */
import type { Reader } from '../reader.ts';
import { BLOCK } from './blocks.ts';
import { rawFileRole } from './capture-files.ts';
import { sophonTool } from './vendor-tool.ts';

const FIRST_BLOCKS: readonly number[] = [BLOCK.summary, BLOCK.monitorTiu, BLOCK.monitorGdma, BLOCK.monitorCdma];

export const sophonRaw: Reader = {
  id: 'sophon-raw',
  vendor: 'Sophon',
  label: 'Sophon raw capture (bmprofile_data, cdm_profile_data)',
  role: 'timeline',
  isWholeFolder: true,
  sniff(path, head) {
    const role = rawFileRole(path);
    if (role === undefined) return { confidence: 0, why: 'no name of a file in a raw capture' };
    switch (role.is) {
      case 'global':
        return isGlobalProfile(head)
          ? { confidence: 3, why: 'a global.profile that names its chip' }
          : { confidence: 1, why: 'the name of a global.profile' };
      case 'iteration':
      case 'core':
      case 'cdma':
        return FIRST_BLOCKS.includes(head[0]) && head[1] === 0 && head[2] === 0 && head[3] === 0
          ? { confidence: 3, why: 'blocks of records' }
          : { confidence: 1, why: 'the name of a file of records' };
      case 'commands':
      case 'simulation':
      case 'locations':
        return { confidence: 2, why: 'a file beside the records of a raw capture' };
    }
  },
  load: async () => (await import('./load.ts')).loadRaw,
  vendorTool: sophonTool,
};

function isGlobalProfile(head: Uint8Array): boolean {
  return /^(\[bmprofile\] )?arch=/m.test(new TextDecoder().decode(head));
}
