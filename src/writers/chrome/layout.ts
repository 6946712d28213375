import { placeLabel } from '../../base/index.ts';
import type { Run } from '../../timeline/index.ts';
import { processesInOrder, type RunProcess } from '../run-order.ts';
import { smallIds } from '../track-ids.ts';
import { RowText } from './row-text.ts';

/** Where the events of one lane go: a thread row of its own. */
export interface LaneRow {
  /** `"pid":1,"tid":2,"ts":`, as it stands in every event of the lane. */
  readonly place: RowText;
  /** All that stands before the start of a slice. */
  readonly sliceHead: RowText;
}

/** What stands before the time and before the value in every sample of a counter. */
export interface CounterRow {
  readonly head: RowText;
  readonly beforeValue: RowText;
}

/** Every process, lane and counter of a run at its place in the output. */
export class ChromeLayout {
  readonly processes: readonly RunProcess[];
  /** By shard, track and lane. */
  readonly lanes: LaneRow[][][];
  /** By shard and track; undefined for tracks without samples. */
  readonly counters: (CounterRow | undefined)[][];
  /** Events that name and order processes and threads: at least one for every process, and they stand first. */
  readonly metadata: object[] = [];

  constructor(run: Run) {
    this.processes = processesInOrder(run);
    this.lanes = run.shards.map(({ timeline }) => timeline.tracks.map(() => []));
    this.counters = run.shards.map(({ timeline }) => timeline.tracks.map(() => undefined));
    const pids = smallIds(this.processes.map(({ process }) => process.key));
    this.processes.forEach((each, index) => {
      const pid = pids[index];
      this.#nameProcess(each, pid, index);
      this.#placeLanes(run, each, pid);
      this.#placeCounters(run, each, pid);
    });
  }

  #nameProcess({ process, isPlaced, groupName, name }: RunProcess, pid: number, sortIndex: number): void {
    const fullName = placeLabel([isPlaced ? groupName : '', name]);
    this.metadata.push({ ph: 'M', name: 'process_name', pid, args: { name: fullName } });
    if (process.label !== '') {
      this.metadata.push({ ph: 'M', name: 'process_labels', pid, args: { labels: process.label } });
    }
    this.metadata.push({ ph: 'M', name: 'process_sort_index', pid, args: { sort_index: sortIndex } });
  }

  #placeLanes(run: Run, { shard, tracks }: RunProcess, pid: number): void {
    const { timeline } = run.shards[shard];
    const rows = tracks
      .filter((track) => timeline.tracks[track].kind !== 'counter')
      .flatMap((track) => Array.from({ length: timeline.tracks[track].laneCount }, (_, lane) => ({ track, lane })));
    // Only the first lane of a track may claim the track's own id.
    const tids = smallIds(rows.map(({ track, lane }) => (lane === 0 ? timeline.tracks[track].key : '')));
    rows.forEach(({ track, lane }, sortIndex) => {
      const { name, key } = timeline.tracks[track];
      const tid = tids[sortIndex];
      const place = `"pid":${pid},"tid":${tid},"ts":`;
      this.lanes[shard][track][lane] = {
        place: new RowText(place),
        sliceHead: new RowText(`,\n{"ph":"X",${place}`),
      };
      this.metadata.push({ ph: 'M', name: 'thread_name', pid, tid, args: { name: name || key } });
      this.metadata.push({ ph: 'M', name: 'thread_sort_index', pid, tid, args: { sort_index: sortIndex } });
    });
  }

  #placeCounters(run: Run, { shard, tracks }: RunProcess, pid: number): void {
    const { timeline } = run.shards[shard];
    const timesUsed = new Map<string, number>();
    for (const track of tracks) {
      if (timeline.counterRange[track] === timeline.counterRange[track + 1]) continue;
      const { name, series } = timeline.tracks[track];
      // Consumers join name and series with a space and know a counter by the result.
      const shown = `${name} ${series}`;
      const used = timesUsed.get(shown) ?? 0;
      timesUsed.set(shown, used + 1);
      this.counters[shard][track] = counterRow(pid, name, series || 'value', used);
    }
  }
}

/** `namesakes`: counters of equal name and series that came before; an id keeps them apart. */
function counterRow(pid: number, name: string, series: string, namesakes: number): CounterRow {
  const id = namesakes === 0 ? '' : `"id":"${namesakes + 1}",`;
  return {
    head: new RowText(`,\n{"ph":"C","pid":${pid},"name":${JSON.stringify(name)},${id}"ts":`),
    beforeValue: new RowText(`,"args":{${JSON.stringify(series)}:`),
  };
}
