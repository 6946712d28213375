import { argv } from 'node:process';
import { Diagnostics, NodeHost, openRun } from '../../dist/index.js';
import { inputPath } from './measure.mjs';

/** Our reader as the command line uses it. */
export async function openInput() {
  const host = new NodeHost();
  if (argv[4] === 'one-thread') Object.defineProperty(host, 'pool', { value: undefined });
  const { run } = await openRun([inputPath], host, {}, new Diagnostics());
  return run;
}

/** A start with several ends is several arrows, an end is always one. */
export function countRun(run) {
  const counts = { slices: 0, counters: 0, flowStarts: 0, flowEnds: 0 };
  for (const { timeline } of run.shards) {
    const { slices, counters, flows } = timeline;
    counts.slices += slices.length;
    counts.counters += counters.length;
    const starts = new Set();
    for (let row = 0; row < flows.length; row++) {
      if (flows.fromTrack[row] >= 0) starts.add(`${flows.category[row]} ${flows.fromTrack[row]} ${flows.fromNs[row]}`);
      if (flows.toTrack[row] >= 0) counts.flowEnds++;
    }
    counts.flowStarts += starts.size;
  }
  return counts;
}
