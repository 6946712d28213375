// A run of many tracks in memory, for measuring what a viewer asks: devices of a few streams each with kernels, copies and
// waits in bursts, and host threads with calls in calls. The same numbers come out every time.
import { Diagnostics, NONE, TimelineBuilder } from '../../dist/index.js';

const DEVICE_COUNT = 8;
const STREAMS_PER_DEVICE = 6;
const THREAD_COUNT = 16;
export const TRACK_COUNT = DEVICE_COUNT * STREAMS_PER_DEVICE + THREAD_COUNT;

/** type, task type, usual length in ns */
const TASKS = [
  ['MatMulV3', 'AI_CORE', 41_000],
  ['RmsNorm', 'AI_VECTOR_CORE', 6_000],
  ['PagedAttention', 'MIX_AIC', 35_000],
  ['Cast', 'AI_VECTOR_CORE', 2_000],
  ['hcom_allReduce_', 'COMMUNICATION', 50_000],
  ['MEMCPY_ASYNC', 'MEMCPY_ASYNC', 9_000],
  ['EVENT_WAIT', 'EVENT_WAIT_SQE', 12_000],
];
const NAMES_PER_TASK = 200;
/** Slices come in bursts with long pauses between them, and some have no length. */
const BURST = { count: 500, pauseNs: 2_000_000 };
const NO_LENGTH_SHARE = 0.01;
const CALLS = ['aten::linear', 'aclnnMatmul', 'aclrtLaunchKernel'];
const EPOCH_MICROS = 1_787_504_006_000_000;

const NAMING = {
  process: ({ key }) => ({
    ...{ name: key, label: '', osPid: undefined, rank: 0 },
    ...(key === 'host' ? { side: 'host', device: NONE } : { side: 'device', device: Number(key) }),
  }),
  track: ({ key }, { name }) => ({
    ...{ name: key, kind: name === 'host' ? 'thread' : 'stream', unit: '' },
    stream: name === 'host' ? NONE : Number(key),
  }),
};

export async function generatedTracks(sliceCount) {
  const rows = new TrackRows();
  for (let track = 0; track < TRACK_COUNT; track++) {
    const count = Math.floor(((track + 1) * sliceCount) / TRACK_COUNT) - Math.floor((track * sliceCount) / TRACK_COUNT);
    if (track < THREAD_COUNT) rows.addThread(track, count);
    else rows.addStream(track - THREAD_COUNT, count);
  }
  const timeline = await rows.builder.finish(NAMING, new Diagnostics());
  const shard = { timeline, readerId: 'generated', files: ['generated'], rank: 0, shiftNs: 0 };
  return { originNs: timeline.originNs, endNs: timeline.endNs, shards: [shard] };
}

class TrackRows {
  builder = new TimelineBuilder([{ key: 'Task Type', column: 'taskType', kind: 'text' }]);
  #seed = 20261121;
  #rows = this.builder.rowsAt(EPOCH_MICROS, 0);

  addStream(number, count) {
    const device = Math.floor(number / STREAMS_PER_DEVICE);
    const track = this.#track(`${device}`, `${number % STREAMS_PER_DEVICE}`);
    const { strings } = this.builder;
    const tasks = TASKS.flatMap(([type, taskType, usualNs]) =>
      Array.from({ length: NAMES_PER_TASK }, (_, i) => ({
        ...{ name: strings.addText(`${type}_${i}`), taskType: strings.addText(taskType), usualNs },
      })),
    );
    const { typed } = this.#rows;
    let nowNs = 0;
    for (let i = 0; i < count; i++) {
      const { name, taskType, usualNs } = tasks[this.#upTo(tasks.length)];
      const durNs = this.#random() < NO_LENGTH_SHARE ? 0 : this.#upTo(2 * usualNs);
      typed.set(0, this.#slice(track, name, nowNs, durNs), taskType);
      nowNs += durNs + this.#pauseNs(i);
    }
  }

  /** Calls of three levels: one in one in one. */
  addThread(number, count) {
    const track = this.#track('host', `${number}`);
    const names = CALLS.map((name) => this.builder.strings.addText(name));
    let nowNs = 0;
    for (let i = 0; i < count; i += names.length) {
      const durNs = 30_000 + this.#upTo(60_000);
      for (let level = 0; level < names.length && i + level < count; level++) {
        this.#slice(track, names[level], nowNs + level * 3_000, durNs - level * 6_000);
      }
      nowNs += durNs + this.#pauseNs(i);
    }
  }

  #pauseNs(i) {
    return i % BURST.count === 0 ? this.#upTo(BURST.pauseNs) : this.#upTo(3_000);
  }

  #slice(track, name, startNs, durNs) {
    const { slices } = this.#rows;
    const at = slices.next();
    const { columns } = slices;
    columns.track[at] = track;
    columns.startNs[at] = startNs;
    columns.durNs[at] = durNs;
    columns.name[at] = name;
    columns.category[at] = NONE;
    return at;
  }

  #track(process, thread) {
    const { keys, tracks } = this.builder;
    return tracks.thread(keys.addText(process), keys.addText(thread));
  }

  #upTo(count) {
    return Math.floor(count * this.#random());
  }

  #random() {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return this.#seed / 2 ** 32;
  }
}
