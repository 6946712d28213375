// A run of one device in memory, for measuring analyses without reading: a decode loop on several streams, collectives on
// the row of their group, waits, copies, launches and the marks of steps. The same numbers come out every time.
import { Diagnostics, FLOW_END, NONE, TimelineBuilder } from '../../dist/index.js';

const TYPED = [
  { key: 'Task Type', column: 'taskType', kind: 'text' },
  { key: 'OP Type', column: 'opType', kind: 'text' },
  { key: 'Input Shapes', column: 'inputShapes', kind: 'text' },
];
const [TASK_TYPE, OP_TYPE, SHAPES] = [0, 1, 2];

const LAYERS = 24;
/** type, core, usual length in ns */
const KERNELS = [
  ['RmsNorm', 'AI_VECTOR_CORE', 6_000],
  ['MatMulV3', 'AI_CORE', 41_000],
  ['RotaryMul', 'AI_VECTOR_CORE', 4_000],
  ['PagedAttention', 'MIX_AIC', 35_000],
  ['MatMulV3', 'AI_CORE', 22_000],
  ['Add', 'AI_VECTOR_CORE', 3_000],
  ['MatMulV3', 'AI_CORE', 60_000],
  ['SwiGlu', 'AI_VECTOR_CORE', 5_000],
  ['Cast', 'AI_VECTOR_CORE', 2_000],
];
const TASKS_PER_LAYER = KERNELS.length + 4;
const EPOCH_MICROS = 1_787_504_006_000_000;

export async function generatedRun(taskCount) {
  const rows = new RunRows();
  for (let step = 0; rows.taskCount < taskCount; step++) rows.addStep(step, taskCount);
  const timeline = await rows.builder.finish(NAMING, new Diagnostics());
  const shard = { timeline, readerId: 'generated', files: ['generated'], rank: 0, shiftNs: 0 };
  return { originNs: timeline.originNs, endNs: timeline.endNs, shards: [shard] };
}

const NAMING = {
  process: ({ key }) => ({
    ...{ name: key, label: '', osPid: undefined, rank: 0 },
    ...(key === 'host' ? { side: 'host', device: NONE } : { side: 'device', device: 0 }),
  }),
  track: ({ key }, { name }) => ({
    name: key,
    kind: { host: 'thread', Hardware: 'stream', Communication: 'communication' }[name],
    stream: name === 'Hardware' ? Number(key) : NONE,
    unit: '',
  }),
};

class RunRows {
  builder = new TimelineBuilder(TYPED);
  taskCount = 0;
  #nowNs = 0;
  #seed = 20261121;
  #rows = this.builder.rowsAt(EPOCH_MICROS, 0);
  #host = this.#track('host', 'main');
  #main = this.#track('Hardware', '2');
  #side = this.#track('Hardware', '3');
  #copies = this.#track('Hardware', '7');
  #group = this.#track('Communication', 'Group 0');
  #texts = new Map();

  addStep(step, mostTasks) {
    const startNs = this.#nowNs;
    for (let layer = 0; layer < LAYERS && this.taskCount + TASKS_PER_LAYER <= mostTasks; layer++) this.#addLayer(layer);
    while (mostTasks - this.taskCount < TASKS_PER_LAYER && this.taskCount < mostTasks) {
      this.#task(this.#main, 'Add', ['Add', 'AI_VECTOR_CORE', 3_000], this.#nowNs, 3_000);
      this.#nowNs += 3_000;
    }
    this.#slice(this.#host, `ProfilerStep#${step}`, startNs, this.#nowNs - startNs);
    this.#nowNs += 30_000;
  }

  #addLayer(layer) {
    const startNs = this.#nowNs;
    this.#task(this.#side, 'EVENT_WAIT', ['N/A', 'EVENT_WAIT_SQE', 0], startNs, 20_000);
    this.#task(this.#side, `gate_${layer}`, ['TopK', 'AI_VECTOR_CORE', 8_000], startNs + 20_000, this.#jittered(8_000));
    this.#task(this.#copies, 'MEMCPY_ASYNC', ['N/A', 'MEMCPY_ASYNC', 0], startNs + 50_000, this.#jittered(9_000));
    for (const [index, kernel] of KERNELS.entries()) {
      const durNs = this.#jittered(kernel[2]);
      this.#task(this.#main, `layer${layer}_${kernel[0]}_${index}`, kernel, this.#nowNs, durNs);
      this.#nowNs += durNs + this.#jittered(this.#random() < 0.1 ? 20_000 : 900);
    }
    const durNs = this.#jittered(50_000);
    const name = `hcom_allReduce__586_${this.taskCount}_1`;
    this.#task(this.#group, name, ['hcom_allReduce_', 'COMMUNICATION', 0], this.#nowNs - 20_000, durNs);
    this.#nowNs += durNs - 20_000;
  }

  #task(track, name, [opType, taskType], startNs, durNs) {
    const at = this.#slice(track, name, startNs, durNs);
    const { typed } = this.#rows;
    typed.set(TASK_TYPE, at, this.#text(taskType));
    if (opType !== 'N/A') {
      typed.set(OP_TYPE, at, this.#text(opType));
      typed.set(SHAPES, at, this.#text(`"1,${opType.length * 512};512"`));
    }
    this.#flowEnd(this.#host, FLOW_END.start, startNs - 5_000 - Math.floor(this.#random() * 9_000));
    this.#flowEnd(track, FLOW_END.finish, startNs);
    this.builder.flowKeyCount++;
    this.taskCount++;
  }

  #slice(track, name, startNs, durNs) {
    const { slices } = this.#rows;
    const at = slices.next();
    const { columns } = slices;
    columns.track[at] = track;
    columns.startNs[at] = startNs;
    columns.durNs[at] = durNs;
    columns.name[at] = this.#text(name);
    columns.category[at] = NONE;
    return at;
  }

  #flowEnd(track, end, timeNs) {
    const { flowEnds } = this.#rows;
    const at = flowEnds.next();
    const { columns } = flowEnds;
    columns.key[at] = this.builder.flowKeyCount;
    columns.track[at] = track;
    columns.timeNs[at] = timeNs;
    columns.end[at] = end;
    columns.name[at] = this.#text('HostToDevice');
    columns.category[at] = NONE;
    columns.slice[at] = NONE;
  }

  #track(process, thread) {
    const { keys, tracks } = this.builder;
    return tracks.thread(keys.addText(process), keys.addText(thread));
  }

  #text(text) {
    let id = this.#texts.get(text);
    if (id === undefined) {
      id = this.builder.strings.addText(text);
      this.#texts.set(text, id);
    }
    return id;
  }

  #jittered(ns) {
    return Math.round(ns * (0.95 + 0.1 * this.#random()));
  }

  #random() {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return this.#seed / 2 ** 32;
  }
}
