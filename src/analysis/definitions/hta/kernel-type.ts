/** HTA tells what a device slice is by its name alone. In this order; the first three are those of its tables. */
export const KERNEL_TYPES = ['COMPUTATION', 'COMMUNICATION', 'MEMORY', 'OTHER'] as const;
export type KernelType = (typeof KERNEL_TYPES)[number];

/**
 * The first that fits counts; what fits none is COMPUTATION. HTA knows neither MCCL and BCCL nor MUSA's transfers; they are what
 * their likes are.
 */
const TYPE_BY_NAME: readonly (readonly [pattern: RegExp, type: KernelType])[] = [
  [/^(nccl|mccl|bccl|hip|hccl)|[nmb]cclKernel/, 'COMMUNICATION'],
  [/^((hip)?Mem(cpy|set|Transfer)|dma)/, 'MEMORY'],
  [/Memcpy|Memset|dma|Sync|^(Stream Wait Event|cuda.*LaunchKernel|runFunction|job_exe|packet|pe_exe)/, 'OTHER'],
  [/^(cpum_exe_subgraph|collective_subgraph_execution)/, 'OTHER'],
];

/** The number of the type in KERNEL_TYPES. */
export function kernelTypeOf(name: string): number {
  const type = TYPE_BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'COMPUTATION';
  return KERNEL_TYPES.indexOf(type);
}

/** "Memcpy DtoH", "Memset": the kind of a slice of type MEMORY. */
export function copyKindOf(name: string): string {
  return name.startsWith('Memset') ? 'Memset' : (/^Memcpy.{0,5}/.exec(name)?.[0] ?? 'Memcpy Unknown');
}
