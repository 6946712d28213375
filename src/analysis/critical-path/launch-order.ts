import type { Launches } from '../launches.ts';
import { firstAbove } from '../sorted.ts';
import type { DeviceContext, DeviceNodes } from './device-nodes.ts';
import type { StreamUntil } from './sync-records.ts';

interface OfStream {
  readonly launchNs: Float64Array;
  /** Positions among the nodes of the device. */
  readonly at: Uint32Array;
}

/** Nodes of a device by when they were launched, which is the order in which a stream runs them. */
export class LaunchOrder {
  /** By shard and the device's number of the stream. */
  readonly #streams = new Map<string, OfStream>();

  constructor({ tasks: { streams, stream, slice } }: DeviceContext, { task }: DeviceNodes, launches: Launches) {
    const found = new Map<string, { launchNs: number; at: number }[]>();
    for (let at = 0; at < task.length; at++) {
      const { shard, stream: number } = streams[stream[task[at]]];
      const launchNs = launches.ofShard(shard).startNs(slice[task[at]]);
      if (Number.isNaN(launchNs)) continue;
      const key = `${shard} ${number}`;
      const own = found.get(key) ?? [];
      found.set(key, own);
      own.push({ launchNs, at });
    }
    for (const [key, rows] of found) {
      rows.sort((a, b) => a.launchNs - b.launchNs);
      this.#streams.set(key, {
        launchNs: Float64Array.from(rows, ({ launchNs }) => launchNs),
        at: Uint32Array.from(rows, ({ at }) => at),
      });
    }
  }

  lastBefore(shard: number, { stream, launchedBeforeNs }: StreamUntil): number | undefined {
    const own = this.#streams.get(`${shard} ${stream}`);
    return own?.at[firstAbove(own.launchNs, launchedBeforeNs) - 1];
  }

  firstAfter(shard: number, stream: number, ns: number): number | undefined {
    const own = this.#streams.get(`${shard} ${stream}`);
    return own?.at[firstAbove(own.launchNs, ns)];
  }
}
