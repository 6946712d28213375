/**
 * AI cores that run slower than they can, as the counter "AI Core Freq" says: a limit of power or temperature.
 *
 * A sample holds until the next one. Only time in which the device computes counts: an idle device lowers its clock.
 * Stake: time * (1 - f / f max), f max being the highest sample of the device itself.
 */
import { type Shard } from '../../timeline/index.ts';
import type { DeviceAnalysis } from '../analyse-run.ts';
import { Coverage } from '../coverage.ts';
import { type DeviceId, deviceIdOf, deviceKey } from '../device-id.ts';
import type { TimeWindow } from '../extent.ts';
import type { FindingRule } from './finding.ts';
import { type DeviceStake, overDevices, sumOf, WORTH_TELLING } from './over-devices.ts';

const COUNTER = 'AI Core Freq';

/** The vendor's advisor does not look at smaller drops either. */
const LEAST_DROP = 0.05;

/** Ops that wait for memory lose less than the clock says. */
const CONFIDENCE = 0.8;

interface Drop extends DeviceStake {
  readonly lowNs: number;
  readonly computeNs: number;
  readonly lowestMhz: number;
  readonly highestMhz: number;
}

export const frequencyDrop: FindingRule<{
  lowNs: number;
  computeShare: number;
  lowestMhz: number;
  highestMhz: number;
}> = ({ run, devices }) =>
  overDevices(
    devices,
    WORTH_TELLING,
    (device) => dropOf(device, run.shards),
    (seen) => ({
      confidence: CONFIDENCE,
      evidence: {
        lowNs: sumOf(seen, ({ lowNs }) => lowNs),
        computeShare: sumOf(seen, ({ lowNs }) => lowNs) / sumOf(seen, ({ computeNs }) => computeNs),
        lowestMhz: Math.min(...seen.map(({ lowestMhz }) => lowestMhz)),
        highestMhz: Math.max(...seen.map(({ highestMhz }) => highestMhz)),
      },
    }),
  );

function dropOf({ tasks, overlap }: DeviceAnalysis, shards: readonly Shard[]): Drop | undefined {
  const samples = samplesOf(tasks, shards);
  if (samples.length === 0) return undefined;
  const highestMhz = samples.reduce((highest, { mhz }) => Math.max(highest, mhz), 0);
  let [stakeNs, lowNs, lowestMhz] = [0, 0, highestMhz];
  const compute = new Coverage(overlap.compute);
  let worst: { window: TimeWindow; lostNs: number } | undefined;
  for (const [i, { timeNs, mhz }] of samples.entries()) {
    if (mhz > (1 - LEAST_DROP) * highestMhz) continue;
    const endNs = samples[i + 1]?.timeNs ?? overlap.window.endNs;
    const atWork = compute.withinNs(timeNs, endNs);
    if (atWork === 0) continue;
    const lostNs = atWork * (1 - mhz / highestMhz);
    stakeNs += lostNs;
    lowNs += atWork;
    lowestMhz = Math.min(lowestMhz, mhz);
    if (worst === undefined || lostNs > worst.lostNs) worst = { window: { startNs: timeNs, endNs }, lostNs };
  }
  stakeNs = Math.round(stakeNs);
  return { stakeNs, window: worst?.window, lowNs, computeNs: overlap.totals.computeNs, lowestMhz, highestMhz };
}

interface Sample {
  readonly timeNs: number;
  readonly mhz: number;
}

/** Of all dies of the device, in the order of time; there are some hundred a second at most. */
function samplesOf(id: DeviceId, shards: readonly Shard[]): Sample[] {
  const samples: Sample[] = [];
  for (const shard of shards) {
    const { tracks, processes, counters, counterRange } = shard.timeline;
    for (const [number, track] of tracks.entries()) {
      const process = processes[track.process];
      if (track.kind !== 'counter' || !track.name.startsWith(COUNTER)) continue;
      if (deviceKey(deviceIdOf(shard, process)) !== deviceKey(id)) continue;
      for (let row = counterRange[number]; row < counterRange[number + 1]; row++) {
        const [timeNs, mhz] = [counters.timeNs[row] + shard.shiftNs, counters.value[row]];
        if (mhz > 0) samples.push({ timeNs, mhz });
      }
    }
  }
  return samples.sort((a, b) => a.timeNs - b.timeNs);
}
