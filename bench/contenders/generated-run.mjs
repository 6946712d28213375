// A run of one device in memory, for measuring analyses without reading: a decode loop on several streams, collectives on
// the row of their group, waits and copies; a host that launches each task by a call of its own, in operators, and comes too
// late for a quarter of the kernels; marks of steps if asked for. The same numbers come out every time.
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
const LAST_KERNEL = ['ArgMaxV2', 'AI_VECTOR_CORE', 9_000];
/** How often the host is late, and by how much at most. */
const LATE = { share: 0.25, ns: 30_000 };
const [CALL_NS, LATENCY_NS, PAUSE_NS] = [1_500, 5_000, 900];
const EPOCH_MICROS = 1_787_504_006_000_000;

export async function generatedRun(taskCount, isMarked = true) {
  const rows = new RunRows(isMarked);
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
  #isMarked;
  /** Until when the main stream works, and the host. */
  #nowNs = 0;
  #hostNs = 0;
  #seed = 20261121;
  #rows = this.builder.rowsAt(EPOCH_MICROS, 0);
  #host = this.#track('host', 'main');
  #main = this.#track('Hardware', '2');
  #side = this.#track('Hardware', '3');
  #copies = this.#track('Hardware', '7');
  #group = this.#track('Communication', 'Group 0');
  #texts = new Map();
  #operator = this.#text('cpu_op');

  constructor(isMarked) {
    this.#isMarked = isMarked;
  }

  addStep(step, mostTasks) {
    const startNs = this.#hostNs;
    for (let layer = 0; layer < LAYERS && this.taskCount + TASKS_PER_LAYER < mostTasks; layer++) this.#addLayer(layer);
    do this.#kernel('sample', LAST_KERNEL);
    while (this.taskCount < mostTasks && mostTasks - this.taskCount < TASKS_PER_LAYER);
    if (this.#isMarked) this.#slice(this.#host, `ProfilerStep#${step}`, startNs, this.#hostNs - startNs);
    this.#hostNs = this.#nowNs + 30_000;
  }

  #addLayer(layer) {
    const hostFromNs = this.#hostNs;
    const fromNs = this.#nowNs;
    this.#launched(this.#side, 'EVENT_WAIT', ['N/A', 'EVENT_WAIT_SQE', 20_000], fromNs);
    this.#launched(this.#side, `gate_${layer}`, ['TopK', 'AI_VECTOR_CORE', 8_000], fromNs + 22_000);
    this.#launched(this.#copies, 'MEMCPY_ASYNC', ['N/A', 'MEMCPY_ASYNC', 9_000], fromNs + 50_000);
    for (const [index, kernel] of KERNELS.entries()) this.#kernel(`layer${layer}_${kernel[0]}_${index}`, kernel);
    const name = `hcom_allReduce__586_${this.taskCount}_1`;
    this.#nowNs = this.#launched(this.#group, name, ['hcom_allReduce_', 'COMMUNICATION', 50_000], this.#nowNs - 20_000);
    this.#slice(this.#host, `aten::layer_${layer}`, hostFromNs, this.#hostNs - hostFromNs, this.#operator);
  }

  #kernel(name, kernel) {
    if (this.#random() < LATE.share) this.#hostNs = Math.max(this.#hostNs, this.#nowNs + this.#upTo(LATE.ns));
    this.#nowNs = this.#launched(this.#main, name, kernel, this.#nowNs + this.#upTo(2 * PAUSE_NS));
  }

  /** A task, at the earliest at a time, and the call that launches it. Returns when it ends. */
  #launched(track, name, [opType, taskType, usualNs], earliestNs) {
    const callNs = this.#hostNs;
    this.#slice(this.#host, 'aclrtLaunchKernel', callNs, CALL_NS);
    this.#hostNs += CALL_NS + this.#upTo(CALL_NS);
    const startNs = Math.max(earliestNs, callNs + LATENCY_NS + this.#upTo(PAUSE_NS));
    const durNs = Math.round(usualNs * (0.95 + 0.1 * this.#random()));
    const at = this.#slice(track, name, startNs, durNs);
    const { typed } = this.#rows;
    typed.set(TASK_TYPE, at, this.#text(taskType));
    if (opType !== 'N/A') {
      typed.set(OP_TYPE, at, this.#text(opType));
      typed.set(SHAPES, at, this.#text(`"1,${opType.length * 512};512"`));
    }
    this.#flowEnd(this.#host, FLOW_END.start, callNs);
    this.#flowEnd(track, FLOW_END.finish, startNs);
    this.builder.flowKeyCount++;
    this.taskCount++;
    return startNs + durNs;
  }

  #slice(track, name, startNs, durNs, category = NONE) {
    const { slices } = this.#rows;
    const at = slices.next();
    const { columns } = slices;
    columns.track[at] = track;
    columns.startNs[at] = startNs;
    columns.durNs[at] = durNs;
    columns.name[at] = this.#text(name);
    columns.category[at] = category;
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

  #upTo(ns) {
    return Math.floor(ns * this.#random());
  }

  #random() {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return this.#seed / 2 ** 32;
  }
}
