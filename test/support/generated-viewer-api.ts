/** A run made up in memory, so that the page can be looked at without a server. It answers what the timeline asks. */
import { BUBBLE_CAUSES } from '../../src/analysis/bubbles/bubble.ts';
import type { Ask, Place, RunInfo, TrackInfo, ViewerApi } from '../../src/session/requests/protocol.ts';
import { seededRandom } from './seeded-random.ts';

interface MadeSlice extends Place {
  readonly row: number;
  readonly colour: number;
}

export interface GeneratedRun {
  readonly ranks: number;
  readonly tracksPerRank: number;
  readonly slicesPerTrack: number;
  readonly name: string;
  readonly originLateNs?: number;
}

const OPS = ['MatMulV3', 'FlashAttentionScore', 'LayerNormV4', 'Add', 'Mul', 'Cast', 'aclnnSoftmax', 'TransData'];
const HOST = 12;
const COMMUNICATION = 6;
const WIDE_COLUMNS = 12;

class MadeRun {
  readonly info: RunInfo;
  readonly slices: readonly (readonly MadeSlice[])[];

  constructor({ ranks, tracksPerRank, slicesPerTrack, name, originLateNs = 0 }: GeneratedRun) {
    const { share: random } = seededRandom(7);
    const tracks: TrackInfo[] = [];
    const slices: MadeSlice[][] = [];
    let endNs = 0;
    for (let rank = 0; rank < ranks; rank++) {
      for (let at = 0; at < tracksPerRank; at++) {
        const isHost = at === 0;
        const isCounter = at === tracksPerRank - 1 && at > 2;
        const isCommunication = at === 2;
        const made: MadeSlice[] = [];
        let timeNs = originLateNs + Math.floor(random() * 20_000);
        for (let each = 0; each < (isCounter ? 0 : slicesPerTrack); each++) {
          const op = Math.floor(random() * OPS.length);
          const durNs = Math.floor(1000 + random() ** 6 * 400_000);
          const name = isCommunication ? `hcom_allReduce__${each}` : `${isHost ? 'aten::' : ''}${OPS[op]}_${each % 40}`;
          const colour = isHost ? HOST : isCommunication ? COMMUNICATION : [0, 2, 1, 1, 4, 1, 3, 7][op];
          const slice = each * (isHost ? 2 : 1);
          made.push({ ...{ track: tracks.length, slice, startNs: timeNs, durNs, name }, row: 0, colour });
          if (isHost) {
            made.push({
              track: tracks.length,
              slice: slice + 1,
              startNs: timeNs + 200,
              durNs: Math.floor(durNs * 0.6),
              name: `aclnn${OPS[op]}`,
              row: 1,
              colour,
            });
          }
          timeNs += durNs + (random() < 0.08 ? Math.floor(random() * 900_000) : Math.floor(random() * 800));
          if (isCommunication) timeNs += Math.floor(random() * 1_500_000);
        }
        endNs = Math.max(endNs, timeNs);
        slices.push(made);
        tracks.push({
          group: rank * 2 + (isHost ? 0 : 1),
          process: isHost ? 'Python' : isCounter ? 'HBM' : isCommunication ? 'HCCL' : 'Ascend Hardware',
          name: isHost
            ? 'Thread 7'
            : isCounter
              ? 'HBM 0/Read'
              : isCommunication
                ? 'Group 0 Communication'
                : `Stream ${at}`,
          kind: isHost ? 'thread' : isCounter ? 'counter' : isCommunication ? 'communication' : 'stream',
          rowCount: isHost ? 2 : 1,
          sliceCount: made.length,
          series: isCounter ? 'Read(MB/s)' : '',
          unit: isCounter ? 'MB/s' : '',
          sampleCount: isCounter ? 5000 : 0,
          instantCount: 0,
        });
      }
    }
    const devices = Array.from({ length: ranks }, (_, rank) => ({
      label: `rank ${rank} · NPU ${rank}`,
      rank,
      device: rank,
    }));
    const stepNs = Math.floor(endNs / 8);
    this.slices = slices;
    this.info = {
      ...{
        name,
        originNs: '1716000000000000000',
        endNs,
        sliceCount: slices.reduce((sum, { length }) => sum + length, 0),
      },
      groups: devices.flatMap(({ label, rank }) => [
        { label: `rank ${rank} · host`, rank, device: -1 },
        { label, rank, device: rank },
      ]),
      ...{ tracks, devices, diagnostics: [], bubbleThresholdNs: 10_000, work: null, hasMetrics: false },
      steps: devices.flatMap((_, device) =>
        Array.from({ length: 8 }, (__, step) => ({
          ...{ device, id: String(step), phase: step === 0 ? ('prefill' as const) : ('decode' as const) },
          ...{ startNs: step * stepNs, endNs: (step + 1) * stepNs, isOutlier: step === 5 },
        })),
      ),
    };
  }

  window({ startNs, endNs, columnCount, tracks, colourBy }: Ask<'window'>) {
    const rowCounts = tracks.map((track) => this.info.tracks[track].rowCount);
    const cells = rowCounts.reduce((sum, count) => sum + count, 0) * columnCount;
    const busy = new Float64Array(cells);
    const longest = new Float64Array(cells);
    const slice = new Int32Array(cells).fill(-1);
    const colour = new Uint8Array(cells);
    const wide: { row: number; made: MadeSlice }[] = [];
    const columnNs = (endNs - startNs) / columnCount;
    let firstRow = 0;
    tracks.forEach((track, at) => {
      for (const made of this.slices[track]) {
        const [from, to] = [(made.startNs - startNs) / columnNs, (made.startNs + made.durNs - startNs) / columnNs];
        if (to < 0 || from >= columnCount) continue;
        if (to - from >= WIDE_COLUMNS) wide.push({ row: firstRow + made.row, made });
        for (
          let column = Math.max(0, Math.floor(from));
          column < Math.min(columnCount, Math.max(to, from + 1e-9));
          column++
        ) {
          const cell = (firstRow + made.row) * columnCount + column;
          busy[cell] += Math.max(0, Math.min(to, column + 1) - Math.max(from, column));
          if (made.durNs < longest[cell]) continue;
          longest[cell] = made.durNs;
          slice[cell] = made.slice;
          colour[cell] = colourBy === 'kind' ? made.colour : made.name.length % 32;
        }
      }
      firstRow += rowCounts[at];
    });
    const names = [...new Set(wide.map(({ made }) => made.name))];
    const numbers = new Map(names.map((name, number) => [name, number]));
    return {
      json: { rowCounts, names },
      columns: {
        coverage: Uint8Array.from(busy, (share) => Math.round(Math.min(1, share) * 255)),
        ...{ slice, colour },
        wideRow: Uint32Array.from(wide, ({ row }) => row),
        wideSlice: Int32Array.from(wide, ({ made }) => made.slice),
        wideStartNs: Float64Array.from(wide, ({ made }) => made.startNs),
        wideDurNs: Float64Array.from(wide, ({ made }) => made.durNs),
        wideName: Uint32Array.from(wide, ({ made }) => numbers.get(made.name)!),
      },
    };
  }

  devices({ startNs, endNs, columnCount }: Ask<'devices'>) {
    const { devices, tracks } = this.info;
    const cells = devices.length * columnCount;
    const [computing, exposed, idle] = [new Uint8Array(cells), new Uint8Array(cells), new Uint8Array(cells)];
    const bubbles: { device: number; row: number; startNs: number; durNs: number }[] = [];
    devices.forEach((_, device) => {
      // One stream computes, the next row communicates.
      const first = tracks.findIndex(({ group }) => group === device * 2 + 1);
      const owned = [first, first + 1];
      const { columns } = this.window({ startNs, endNs, columnCount, tracks: owned, colourBy: 'kind' });
      for (let column = 0; column < columnCount; column++) {
        const at = device * columnCount + column;
        const busy = (row: number): number => columns.coverage[row * columnCount + column] ?? 0;
        computing[at] = busy(0);
        exposed[at] = Math.min(255 - computing[at], Math.max(0, busy(1) - busy(0)));
        idle[at] = 255 - computing[at] - exposed[at];
      }
      let previous = 0;
      this.slices[owned[0]].forEach((made, row) => {
        const durNs = made.startNs - previous;
        if (durNs > 100_000 && durNs > (endNs - startNs) / columnCount)
          bubbles.push({ device, row, startNs: previous, durNs });
        previous = made.startNs + made.durNs;
      });
    });
    return {
      json: { causes: BUBBLE_CAUSES },
      columns: {
        ...{ computing, exposed, idle },
        bubbleDevice: Uint32Array.from(bubbles, ({ device }) => device),
        bubbleRow: Uint32Array.from(bubbles, ({ row }) => row),
        bubbleStartNs: Float64Array.from(bubbles, (bubble) => bubble.startNs),
        bubbleDurNs: Float64Array.from(bubbles, ({ durNs }) => durNs),
        bubbleCause: Uint8Array.from(bubbles, ({ row }) => row % BUBBLE_CAUSES.length),
      },
    };
  }

  counters({ startNs, endNs, columnCount, tracks }: Ask<'counters'>) {
    const cells = tracks.length * columnCount;
    const [least, most, last] = [new Float64Array(cells), new Float64Array(cells), new Float64Array(cells)];
    const range = new Float64Array(tracks.length * 2);
    tracks.forEach((track, at) => {
      for (let column = 0; column < columnCount; column++) {
        const timeNs = startNs + ((column + 0.5) * (endNs - startNs)) / columnCount;
        const value = 9000 + 7000 * Math.sin(timeNs / 2e6 + track) + 2000 * Math.sin(timeNs / 1.3e5);
        const cell = at * columnCount + column;
        last[cell] = timeNs < 0 || timeNs > this.info.endNs ? NaN : value;
        [least[cell], most[cell]] = [last[cell] - 600, last[cell] + 600];
      }
      range.set([0, 18_600], at * 2);
    });
    return { json: {}, columns: { least, most, last, range } };
  }

  slice({ track, slice }: Ask<'slice'>) {
    const made = this.slices[track].find((each) => each.slice === slice) ?? this.slices[track][0];
    const { name, process } = this.info.tracks[track];
    const other = this.slices[track === 0 ? 1 : 0].find(({ startNs }) => startNs >= made.startNs) ?? made;
    return {
      json: {
        ...{ ...made, process, trackName: name, category: '', args: '', facts: [], step: null, chain: [] },
        arrows: [{ name: 'HostToDevice', isTo: track === 0, place: other }],
        counterparts: [],
        similar: {
          by: 'name',
          key: '',
          count: 1,
          leastNs: made.durNs,
          medianNs: made.durNs,
          mostNs: made.durNs,
          bins: [1],
        },
      },
      columns: {},
    };
  }

  instances({ key }: Ask<'instances'>) {
    const found = this.slices
      .flat()
      .filter(({ name }) => name.includes(key))
      .sort((a, b) => a.startNs - b.startNs);
    return {
      json: { total: found.length },
      columns: {
        track: Uint32Array.from(found, ({ track }) => track),
        slice: Uint32Array.from(found, ({ slice }) => slice),
        startNs: Float64Array.from(found, ({ startNs }) => startNs),
        durNs: Float64Array.from(found, ({ durNs }) => durNs),
      },
    };
  }
}

/** What a panel asks fails: it shows so. */
export function generatedViewerApi(runs: readonly GeneratedRun[]): ViewerApi {
  const made = runs.map((run) => new MadeRun(run));
  const answer = (run: MadeRun, name: string, ask: never): unknown => {
    switch (name) {
      case 'run':
        return { json: run.info, columns: {} };
      case 'window':
      case 'devices':
      case 'counters':
      case 'slice':
      case 'instances':
        return run[name](ask);
      default:
        throw new Error(`${name} is not made up`);
    }
  };
  return {
    runs: () => Promise.resolve(runs.map(({ name }) => ({ name, state: 'ready' as const }))),
    ask: (run, name, ask) =>
      new Promise((resolve, reject) => {
        setTimeout(() => {
          try {
            resolve(answer(made[run], name, ask as never) as never);
          } catch (why) {
            reject(why instanceof Error ? why : new Error(String(why)));
          }
        }, 5);
      }),
  };
}
