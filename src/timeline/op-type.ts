import { collectiveOfName } from './collective-names.ts';

/** How names are made of types: the type is the group. The first that fits counts. */
const PATTERNS: readonly RegExp[] = [
  // aclnnMatmul_MatMulV3Common_MatMulV3
  /^aclnn.*_([^_]+)$/,
  // trans_TransData_12
  /^trans_([A-Za-z]+)_\d+$/,
  // PagedAttentionOperation_PagedAttentionMaskNdKernel, of ATB (assumed)
  /^\w+Operation_(\w+)$/,
  // Conv2DBackpropFilter6_MemSet
  /_(MemSet)$/,
];

/**
 * The type of an op from its name, for inputs that do not tell it (level 0). On the captures of 2025 and 2026 that tell
 * both, it is the type of every op; graphs of 2023 rename some types when they compile them.
 */
export function opTypeOfName(name: string): string {
  const collective = name.startsWith('hcom_') ? collectiveOfName(name) : undefined;
  if (collective !== undefined && collective.group !== '') return `${collective.type}_`;
  for (const pattern of PATTERNS) {
    const type = pattern.exec(name)?.[1];
    if (type !== undefined) return type;
  }
  return withoutCounters(name.slice(name.lastIndexOf('/') + 1)) || name;
}

/** Default/network/MatMul12 and memset_16_0 end in running numbers; the 3 of MatMulV3 and of MatMulV312 is a version. */
function withoutCounters(name: string): string {
  let end = name.length;
  for (let from = digitsFrom(name, end); from < end && /[_-]/.test(name[from - 1] ?? ''); from = digitsFrom(name, end))
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
