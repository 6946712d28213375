import { collectiveOfName } from './collective-names.ts';

/** How words are made of types: the type is the group. The first that fits counts. */
const PATTERNS: readonly RegExp[] = [
  // aclnnMatmul_MatMulV3Common_MatMulV3
  /^aclnn\w*_([^\W_]+)$/,
  // trans_TransData_12
  /^trans_([A-Za-z]+)_\d+$/,
  // PagedAttentionOperation_PagedAttentionMaskNdKernel, of ATB (assumed)
  /^\w+Operation_(\w+)$/,
  // Conv2DBackpropFilter6_MemSet
  /^\w+_(MemSet)$/,
];

const WORD = /^\w+$/;

/** A module and the op in it, as graphs name them: Default/network/MatMul12, /model/layers.0/MatMul. No prose, no formula. */
const MODULE_PATH = /^\/?(?:[\p{L}\p{N}_.:-]+\/)+([\p{L}\p{N}_.:-]+)$/u;

/** Signatures of kernels, quotes: a number in one of these counts nothing. */
const BRACKETS = /[()[\]{}<>"'`]/;

/** What a number counts. */
const WORD_END = /[\p{L}\p{N}_#]$/u;

/**
 * The type of an op from its name, for inputs that do not tell it (level 0). On the captures of 2025 and 2026 that tell
 * both, it is the type of every op; graphs of 2023 rename some types when they compile them.
 */
export function opTypeOfName(name: string): string {
  const collective = name.startsWith('hcom_') ? collectiveOfName(name) : undefined;
  if (collective !== undefined && collective.group !== '') return `${collective.type}_`;
  if (BRACKETS.test(name)) return name;
  const op = MODULE_PATH.exec(name)?.[1] ?? name;
  for (const pattern of WORD.test(op) ? PATTERNS : []) {
    const type = pattern.exec(op)?.[1];
    if (type !== undefined) return type;
  }
  const type = withoutCounters(op);
  return WORD_END.test(type) ? type : name;
}

/** MatMul12, memset_16_0 and add:0 end in running numbers; the 3 of MatMulV3 and of MatMulV312 is a version. */
function withoutCounters(name: string): string {
  let end = name.length;
  for (let from = digitsFrom(name, end); from < end && /[_:-]/.test(name[from - 1] ?? ''); from = digitsFrom(name, end))
    end = from - 1;
  const from = digitsFrom(name, end);
  const hasVersion = from < end && from > 1 && name[from - 1] === 'V';
  return name.slice(0, hasVersion ? from + 1 : from);
}

/** Where the digits begin that end there. A pattern would look for them from every place of a hostile name. */
function digitsFrom(name: string, end: number): number {
  let from = end;
  while (from > 0 && name[from - 1] >= '0' && name[from - 1] <= '9') from--;
  return from;
}
