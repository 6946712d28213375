/** How names are made of types: the type is the group. The first that fits counts. */
const PATTERNS: readonly RegExp[] = [
  // hcom_allReduce__586_0_1
  /^(hcom_[A-Za-z]+_)_/,
  // aclnnMatmul_MatMulV3Common_MatMulV3
  /^aclnn.*_([^_]+)$/,
  // trans_TransData_12
  /^trans_([A-Za-z]+)_\d+$/,
  // PagedAttentionOperation_PagedAttentionMaskNdKernel, of ATB (assumed)
  /^\w+Operation_(\w+)$/,
  // Conv2DBackpropFilter6_MemSet
  /_(MemSet)$/,
  // Default/network/MatMul12: a path, and a running number
  /([^/]*[^/\d_])_?\d*$/,
];

/**
 * The type of an op from its name, for tables that do not tell it (level 0). On the captures of 2025 and 2026 that tell
 * both, it is the type of every op; graphs of 2023 rename some types when they compile them.
 */
export function opTypeOfName(name: string): string {
  for (const pattern of PATTERNS) {
    const type = pattern.exec(name)?.[1];
    if (type !== undefined) return type;
  }
  return name;
}
