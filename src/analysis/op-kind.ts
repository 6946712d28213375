import { NONE, type SliceId, type StringId, type Timeline } from '../timeline/index.ts';
import { byString } from './by-string.ts';
import { CLASS } from './op-class.ts';

/**
 * What did the work of a task: the matrix units, the vector units, both, the CPU of the device. unsplit: AI cores, and the
 * input does not say which part of them. other: an engine of its own, as that of random numbers, or no op.
 */
export const OP_KINDS = ['cube', 'vector', 'mixed', 'ai-cpu', 'unsplit', 'other', 'communication', 'copy'] as const;
export type OpKind = (typeof OP_KINDS)[number];

const KIND_BY_TASK_TYPE: readonly (readonly [pattern: RegExp, kind: OpKind])[] = [
  [/^(AI_VECTOR_CORE|KERNEL_AIVEC)$/, 'vector'],
  [/^(KERNEL_)?MIX_/, 'mixed'],
  [/^(AI_CPU|KERNEL_AICPU)$/, 'ai-cpu'],
  [/^DSA/, 'other'],
];
const AI_CORE = /^(AI_CORE|KERNEL_AICORE)$/;
const [CUBE, UNSPLIT, OTHER, COMMUNICATION, COPY] = (
  ['cube', 'unsplit', 'other', 'communication', 'copy'] as const
).map((kind) => OP_KINDS.indexOf(kind));
/** Cube where the profiler tells the parts of a core apart. */
const CUBE_OR_UNSPLIT = OP_KINDS.length;

/** Of Sophon's TIU, which has both units and says what it does instead of where. */
const BY_OP_TYPE = OP_KINDS.length + 1;
const TIU = /^TPU_BD$/;
const TIU_CUBE = /^s?(CONV|MM2?)$/;

/** The position in OP_KINDS of a task, from its class and the string of its type, which may be NONE. */
export function opKinds({
  slices,
  strings,
}: Timeline): (slice: SliceId, opClass: number, taskType: StringId) => number {
  const opTypes = slices.typed.get('opType');
  const engineKindOf = byString(strings.size, (type) => engineKind(strings.get(type)));
  const mixBlocks = slices.typed.get('mixBlockCount');
  const kindOfType = byString(strings.size, (type) => kindOf(strings.get(type)));
  return (slice, opClass, taskType) => {
    if (opClass !== CLASS.compute) return kindOfClass(opClass);
    const kind = taskType < 0 ? UNSPLIT : kindOfType(taskType);
    if (kind === BY_OP_TYPE) {
      const opType = opTypes?.kind === 'text' ? opTypes.at(slice) : NONE;
      return opType === NONE ? UNSPLIT : engineKindOf(opType);
    }
    if (kind !== CUBE_OR_UNSPLIT) return kind;
    // Timelines call vector kernels AI_CORE, too. Tables do not, and have this column where a chip has separate cores.
    return mixBlocks === undefined || Number.isNaN(mixBlocks.at(slice)) ? UNSPLIT : CUBE;
  };
}

function kindOfClass(opClass: number): number {
  if (opClass === CLASS.communication) return COMMUNICATION;
  return opClass === CLASS.copy ? COPY : OTHER;
}

function engineKind(opType: string): number {
  return OP_KINDS.indexOf(TIU_CUBE.test(opType) ? 'cube' : 'vector');
}

function kindOf(taskType: string): number {
  if (AI_CORE.test(taskType)) return CUBE_OR_UNSPLIT;
  if (TIU.test(taskType)) return BY_OP_TYPE;
  const kind = KIND_BY_TASK_TYPE.find(([pattern]) => pattern.test(taskType))?.[1] ?? 'unsplit';
  return OP_KINDS.indexOf(kind);
}
