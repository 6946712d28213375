import { NONE, type SliceId, type StringId, type Timeline } from '../timeline/index.ts';

/**
 * What a device was doing in a slice.
 *
 * - compute: a kernel. communication: a whole collective or point-to-point op, with all the waiting in it.
 * - copy: memory moved by an engine of its own. wait: for an event, a notification or a value in memory.
 * - part: of a collective that is counted as a whole elsewhere.
 * - profiling: the profiler at work. other: records of events, set-up and whatever else is no op.
 *
 * Only compute and communication keep a device busy. The rest is idle time, as it is for Ascend's own tools.
 */
export type OpClass = 'compute' | 'communication' | 'copy' | 'wait' | 'part' | 'profiling' | 'other';

/** The number that stands for each class in columns; they count from 0. */
export const CLASS: Readonly<Record<OpClass, number>> = {
  compute: 0,
  communication: 1,
  copy: 2,
  wait: 3,
  part: 4,
  profiling: 5,
  other: 6,
};

/** Whether a class of the table CLASS keeps a device busy. */
export function isOp(opClass: number): boolean {
  return opClass === CLASS.compute || opClass === CLASS.communication;
}

/**
 * What the name or the type of a device task begins with where it is no kernel. The first that fits counts. Names come
 * before types, as exporters put several kinds of task under one type: "PLACE_HOLDER_SQE" may be a record or profiling.
 */
const CLASS_BY_WORD: readonly (readonly [pattern: RegExp, tells: OpClass])[] = [
  // The second: a range that Kineto's counters of hardware were read over.
  [/^PROFILING_|^[a-z]+\d?_profiler_range$/i, 'profiling'],
  // Sophon: engines, and the commands with which they wait for one another.
  [/^(system\.waitmsg|sys_wait)$/, 'wait'],
  [/^TPU_(GDMA|SDMA)$/, 'copy'],
  [/^TPU_CDMA$/, 'communication'],
  [/^TPU_SYS$/, 'other'],
  [/^(EVENT_WAIT|NOTIFY[ _]WAIT|CAPTURE_WAIT|MEM_WAIT|STREAM[ _]WAIT|WAIT_)/i, 'wait'],
  [/^(MEMCPY|SDMA_SQE|PCIE_DMA)/i, 'copy'],
  // Names and categories of Kineto; "MemSet" alone is a kernel of Ascend.
  [/^(Memset( \(.*)?|MemTransfer.*|gpu_mem(cpy|set))$/, 'copy'],
  // In real captures their count and time equal those of the transfers on the planes.
  [/^SDMA/i, 'part'],
  [/^(EVENT_|NOTIFY|CAPTURE_RECORD|WRITE[ _]VALUE|MEM_WRITE)/i, 'other'],
  [/^(TASK_TIMEOUT_SET|WRITE_BACK|PLACE_HOLDER|MODEL_EXECUTE|MODEL_MAINTAI|FFTS_PLUS$)/i, 'other'],
  [/^(COMMUNICATION|HCCL|HCCL_AI_CPU|collective_comm)$/, 'communication'],
  // Kineto's category of waiting by the host, but for "Stream Wait Event"; the name comes first.
  [/^[a-z]+\d?_(sync|event)$/, 'other'],
];

/** Types, or categories, that make a task a kernel whatever its name; DSA is the engine of random numbers. */
const KERNEL_TYPE = /^(AI_CORE|AI_VECTOR_CORE|AI_CPU|MIX_AIC|MIX_AIV|DSA_SQE|KERNEL_.*|[Kk]ernel|TPU_BD)$/;

/**
 * Communication that runs as kernels among the others of a device: of Ascend's cores (HCCL, LCCL), and of NCCL and its likes.
 * What MCCL and BCCL call their kernels is not published: their own names anywhere tell.
 */
const COMMUNICATION_KERNEL =
  /(Aiv|Aicpu)Kernel$|(^|_)Lccl[A-Z]|^(void )?([nmrhb]|ms|one)ccl|[nrh]ccl(Dev)?Kernel|(^|_)[NR]CCL(_|$)|[mb]ccl|[MB]CCL/;

/** The type of a whole collective; the reader of Kineto's files adds it to their strings. */
const COMMUNICATION = new TextEncoder().encode('COMMUNICATION');

/** The category of slices that Kineto drew around others on a stream. */
const DERIVED = new TextEncoder().encode('gpu_user_annotation');

const CLASSES = Object.keys(CLASS) as OpClass[];
const UNKNOWN = CLASSES.length;
const NOT_LOOKED_UP = UNKNOWN + 1;

/** The class of a task on a stream, of the table CLASS, from the strings of its name and its type, which may be NONE. */
export type TaskClasses = (name: StringId, taskType: StringId) => number;

export function taskClasses({ strings }: Timeline): TaskClasses {
  const byName = new Uint8Array(strings.size).fill(NOT_LOOKED_UP);
  const byType = new Uint8Array(strings.size).fill(NOT_LOOKED_UP);
  return (name, type) => {
    let told = byName[name];
    if (told === NOT_LOOKED_UP) byName[name] = told = classOfName(strings.get(name));
    let typed = type === NONE ? UNKNOWN : byType[type];
    if (typed === NOT_LOOKED_UP) byType[type] = typed = classOfType(strings.get(type));
    if (told === CLASS.communication || typed === CLASS.communication) return CLASS.communication;
    if (typed === CLASS.compute) return CLASS.compute;
    if (told !== UNKNOWN) return told;
    return typed === UNKNOWN ? CLASS.compute : typed;
  };
}

/**
 * What the profiler calls the kind of each slice's task: AI_CORE, EVENT_WAIT, else its category. NONE: it does not say.
 * Kineto copies the args of a collective to the kernels that carry it out.
 */
export function taskTypes({ slices, strings }: Timeline): (slice: SliceId) => StringId {
  const collective = slices.typed.get('collective');
  if (collective?.kind === 'text') {
    const communication = strings.find(COMMUNICATION);
    return (slice) => (collective.at(slice) === NONE ? slices.category[slice] : communication);
  }
  const column = slices.typed.get('taskType');
  if (column?.kind !== 'text') return (slice) => slices.category[slice];
  return (slice) => {
    const type = column.at(slice);
    return type === NONE ? slices.category[slice] : type;
  };
}

/** Whether each slice on a stream was made up by a tool from those beside it; undefined where none was. */
export function derivedSlices({ slices, strings }: Timeline): ((slice: SliceId) => boolean) | undefined {
  const derived = strings.find(DERIVED);
  return derived === NONE ? undefined : (slice) => slices.category[slice] === derived;
}

/** The class of each slice on a device's tracks; undefined for host slices, counters and what a tool derived from others. */
export function opClasses(timeline: Timeline): (slice: SliceId) => OpClass | undefined {
  const { slices, tracks } = timeline;
  const classOf = taskClasses(timeline);
  const typeOf = taskTypes(timeline);
  const isDerived = derivedSlices(timeline);
  return (slice) => {
    switch (tracks[slices.track[slice]].kind) {
      case 'stream':
        if (isDerived?.(slice) === true) return undefined;
        return CLASSES[classOf(slices.name[slice], typeOf(slice))];
      case 'communication':
        return 'communication';
      case 'plane':
        return 'part';
      case 'thread':
      case 'overlap':
      case 'async':
      case 'counter':
      case 'other':
        return undefined;
    }
  };
}

function classOfName(name: string): number {
  return COMMUNICATION_KERNEL.test(name) ? CLASS.communication : classOfWord(name);
}

function classOfType(type: string): number {
  return KERNEL_TYPE.test(type) ? CLASS.compute : classOfWord(type);
}

function classOfWord(text: string): number {
  const told = CLASS_BY_WORD.find(([pattern]) => pattern.test(text))?.[1];
  return told === undefined ? UNKNOWN : CLASS[told];
}
