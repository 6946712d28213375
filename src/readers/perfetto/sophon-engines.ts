import { NONE } from '../../timeline/index.ts';
import type { Placement, TrackPath } from './track-tree.ts';

/** bigTpuProfile 0.3: a track for each core, `CDMA` with a track for each port, and below them the engines. */
const CORE = /^Core (\d+)$/;
const ENGINES = new Set(['TIU', 'GDMA', 'SDMA']);
const CDMA_PORT = /^CDMA port ?(\d+)$/;
const DERIVED = /Kernel Function$/;

/** The tracks of Sophon's chips, whose engines are device streams; undefined for all others. */
export function engineOf({ tracks, owner, isCounter }: TrackPath): Placement | undefined {
  if (owner !== undefined || tracks.length !== 2) return undefined;
  const [top, { name, counter, uuid }] = tracks;
  const isPort = top.name === 'CDMA' && name.startsWith('CDMA port');
  const isOfCore = CORE.test(top.name) && /^(TIU|GDMA|SDMA|Kernel Function)/.test(name);
  if (!isPort && !isOfCore) return undefined;
  const isEngine = ENGINES.has(name) || CDMA_PORT.test(name);
  return {
    process: { name: top.name, key: top.uuid, label: '', side: 'device', osPid: undefined, rank: NONE, device: 0 },
    track: {
      kind: isCounter ? 'counter' : isEngine && !DERIVED.test(name) ? 'stream' : 'other',
      name,
      key: uuid,
      stream: NONE,
      series: '',
      unit: counter?.unit ?? '',
      taskType: isCounter || !isEngine ? '' : isPort ? 'CDMA' : name,
    },
  };
}
