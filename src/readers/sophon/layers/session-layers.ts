import { NONE } from '../../../timeline/index.ts';
import type { RawSession } from '../capture.ts';
import type { Engine } from '../chips.ts';
import type { CommandMatch } from '../match-commands.ts';
import type { LayerRun } from './layer-map.ts';

/** By log, by record: the position of its layer's run in `runs`, or NONE. */
export interface SessionLayers {
  readonly runs: readonly LayerRun[];
  readonly ofRecord: readonly Int32Array[];
}

/** SDMA is given no work by compiled models, and CDMA moves memory of many. */
const SPAN_OF_ENGINE: Readonly<Partial<Record<Engine, 'tiu' | 'dma'>>> = { tiu: 'tiu', gdma: 'dma' };

export function sessionLayers(
  { logs, commands, host }: RawSession,
  matches: readonly CommandMatch[],
  all: readonly LayerRun[],
): SessionLayers {
  const subnets = new Set(all.map(({ subnet }) => subnet));
  // Numbers begin anew with every subnet, so which one ran must be known.
  const runs = subnets.size <= 1 ? all : all.filter(({ subnet }) => subnet === host?.subnet);
  const ofRecord = logs.map(({ engine, core, length }, i) => {
    const layers = new Int32Array(length).fill(NONE);
    const span = SPAN_OF_ENGINE[engine];
    if (span === undefined || runs.length === 0) return layers;
    const runOf = runsById(runs, core, span);
    const { command, list } = matches[i];
    for (let record = 0; record < length; record++) {
      if (command[record] !== NONE) layers[record] = runOf(commands[list[record]].id[command[record]]);
    }
    return layers;
  });
  return { runs, ofRecord };
}

/** The run of a command's number, by search among spans, which do not overlap. */
function runsById(runs: readonly LayerRun[], core: number, span: 'tiu' | 'dma'): (id: number) => number {
  const own = runs.flatMap((run, number) => (run.core === core && run[span].upTo > run[span].after ? [number] : []));
  own.sort((a, b) => runs[a][span].upTo - runs[b][span].upTo);
  return (id) => {
    let [low, high] = [0, own.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (runs[own[middle]][span].upTo < id) low = middle + 1;
      else high = middle;
    }
    return low < own.length && runs[own[low]][span].after < id ? own[low] : NONE;
  };
}
