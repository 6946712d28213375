import { NONE, type TimelineBuilder, type TrackNaming } from '../../../timeline/index.ts';
import { ascendDialect } from '../dialect.ts';

/** The layers that timelines of msprof show, in their order there. */
const LAYERS = [
  'Python',
  'Python GC',
  'PID Name',
  'CANN',
  'CPU Usage',
  'Memory Usage',
  'Disk Usage',
  'Network Usage',
  'OS Runtime API',
  'Ascend Hardware',
  'AI Core Freq',
  'Communication',
  'CCU',
  'NPU MEM',
  'Memory Record',
  'DDR',
  'HBM',
  'LLC',
  'HCCS',
  'NIC',
  'RoCE',
  'PCIe',
  'Netdev Stats',
  'Stars Soc Info',
  'Acc PMU',
  'AI Core Utilization',
  'SIO',
  'QoS',
  'Ub',
  'Overlap Analysis',
] as const;

export type LayerName = (typeof LAYERS)[number];

interface NewRow {
  readonly process: number;
  readonly key: string;
  readonly name: string;
  readonly sortKey: number;
}

/** Makes processes and tracks as the JSON of the same capture has them. */
export class Tracks {
  readonly #builder: TimelineBuilder;
  /** By the key of the process: the pid of the operating system. */
  readonly #osPids = new Map<string, number>();
  readonly #pids = new Map<string, number>();
  readonly #rows = new Map<string, number>();

  constructor(builder: TimelineBuilder) {
    this.#builder = builder;
  }

  /** A thread of a layer of the host. */
  hostThread(layer: LayerName, pid: number, tid: number): number {
    return this.#row(`${layer} ${pid} ${tid}`, () => ({
      process: this.#hostProcess(layer, pid),
      key: `${tid}`,
      name: `Thread ${tid}`,
      sortKey: tid,
    }));
  }

  /** A row of a layer of a device, `sortKey` being its key as well. */
  deviceRow(layer: LayerName, device: number, sortKey: number, name: () => string): number {
    return this.#row(`${layer} ${device} ${sortKey}`, () => ({
      process: this.#deviceProcess(layer, device),
      key: `${sortKey}`,
      name: name(),
      sortKey,
    }));
  }

  #row(key: string, make: () => NewRow): number {
    let track = this.#rows.get(key);
    if (track === undefined) {
      const made = make();
      track = this.#builder.tracks.thread(made.process, this.#builder.keys.addText(made.key));
      const draft = this.#builder.tracks.tracks[track];
      draft.name = made.name;
      draft.sortKey = made.sortKey;
      this.#rows.set(key, track);
    }
    return track;
  }

  /** `device` NONE: of the host. */
  counter(layer: LayerName, device: number, name: string, series: string, suffix = ''): number {
    const process = device === NONE ? this.#hostProcess(layer, NONE) : this.#deviceProcess(layer, device, suffix);
    return this.#builder.tracks.counter(process, name, series);
  }

  #hostProcess(layer: LayerName, pid: number): number {
    const key = pid === NONE ? layer : `${layer} ${pid}`;
    if (pid !== NONE) this.#osPids.set(key, pid);
    return this.#process(key, layer, layer, 'CPU');
  }

  #deviceProcess(layer: LayerName, device: number, suffix = ''): number {
    return this.#process(`${layer}${suffix} ${device}`, layer, `${layer}${suffix}`, `NPU ${device}`);
  }

  #process(key: string, layer: LayerName, name: string, label: string): number {
    let pid = this.#pids.get(key);
    if (pid === undefined) {
      pid = this.#builder.keys.addText(key);
      this.#pids.set(key, pid);
      const draft = this.#builder.tracks.processes[this.#builder.tracks.process(pid)];
      draft.name = name;
      draft.label = label;
      draft.sortKey = LAYERS.indexOf(layer);
    }
    return pid;
  }

  naming(rank: number): TrackNaming {
    const { process, track } = ascendDialect.naming(rank);
    return {
      process: (draft, all) => ({ ...process(draft, all), osPid: this.#osPids.get(draft.key) }),
      track,
    };
  }
}
