import { ENGINES_LABEL, NONE } from '../../timeline/index.ts';
import type { Placement, TrackPath } from './track-tree.ts';

/** bigTpuProfile 0.3: a track for each core, `CDMA` with a track for each port, and below them the engines. */
const CORE = /^Core (\d+)$/;
const ENGINES = new Set(['TIU', 'GDMA', 'SDMA']);
const CDMA_PORT = /^CDMA port ?(\d+)$/;

/** The task type of all that an engine does; empty for tracks that are none. */
export function engineType(trackName: string): string {
  if (CDMA_PORT.test(trackName)) return 'CDMA';
  return ENGINES.has(trackName) ? trackName : '';
}

/** The tracks of Sophon's chips, whose engines are device streams; undefined for all others. */
export function engineOf({ tracks, owner, isCounter }: TrackPath): Placement | undefined {
  if (owner !== undefined || tracks.length !== 2) return undefined;
  const [top, { name, counter, uuid }] = tracks;
  const isPort = top.name === 'CDMA' && name.startsWith('CDMA port');
  const isOfCore = CORE.test(top.name) && /^(TIU|GDMA|SDMA|Kernel Function)/.test(name);
  if (!isPort && !isOfCore) return undefined;
  const taskType = isCounter ? '' : engineType(name);
  return {
    process: {
      ...{ name: top.name, key: top.uuid, label: ENGINES_LABEL },
      ...{ side: 'device', osPid: undefined, rank: NONE, device: 0 },
    },
    track: {
      kind: isCounter ? 'counter' : taskType === '' ? 'other' : 'stream',
      name,
      key: uuid,
      stream: NONE,
      series: '',
      unit: counter?.unit ?? '',
      taskType,
    },
  };
}
