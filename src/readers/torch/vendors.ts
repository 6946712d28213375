/**
 * What Kineto's categories mean, and how accelerators of each maker call themselves: all that the reader knows of makers.
 * Seen in captures: CUDA, ROCm (which writes CUDA's categories) and MUSA. XPU and MTIA follow Kineto's table of categories.
 * SUPA is an assumption: its table is not published, so its names are formed as those of the others are.
 */

/**
 * op: an operator of the framework. annotation: a range of the user. python: a Python frame. runtime, driver: calls that launch.
 * kernel, memcpy, memset: work of a device. graph: a graph that ran as a whole, of whose kernels nothing is known.
 * sync: waiting for a device or an event. projection: an annotation drawn around the work of a stream.
 * overhead: of the profiler. span: what the profiler recorded.
 */
export type CategoryRole =
  | 'op'
  | 'annotation'
  | 'python'
  | 'runtime'
  | 'driver'
  | 'kernel'
  | 'memcpy'
  | 'memset'
  | 'graph'
  | 'sync'
  | 'projection'
  | 'overhead'
  | 'span';

/** Prefixes of categories: `cuda_runtime`. "privateuse1" is what PyTorch calls devices that it does not know by name. */
const PLATFORMS = 'cuda|hip|musa|supa|xpu|mtia|hpu|glow|privateuse1';

/** The first that fits counts. Capital letters are those of captures until 2021. */
const ROLES: readonly (readonly [pattern: RegExp, role: CategoryRole])[] = [
  [/^(cpu_op|Operator)$/, 'op'],
  [/^user_annotation$/, 'annotation'],
  [/^python_function$/, 'python'],
  [new RegExp(`^((${PLATFORMS})_runtime|Runtime)$`), 'runtime'],
  [new RegExp(`^(${PLATFORMS})_driver$`), 'driver'],
  [/^([Kk]ernel|hpu_op|mtia_ccp_events)$/, 'kernel'],
  [/^(gpu_memcpy|Memcpy)$/, 'memcpy'],
  [/^(gpu_memset|Memset)$/, 'memset'],
  [/^((gpu|cuda|musa|supa)_graph|graph_trace)$/, 'graph'],
  [new RegExp(`^(${PLATFORMS})_(sync|event)$`), 'sync'],
  [/^gpu_user_annotation$/, 'projection'],
  [/^overhead$/, 'overhead'],
  [/^Trace$/, 'span'],
];

/** undefined of what has no meaning here. */
export function roleOf(category: string): CategoryRole | undefined {
  return ROLES.find(([pattern]) => pattern.test(category))?.[1];
}

/** Whose rows the events of a role are; undefined where they tell nothing of it. */
export function sideOf(role: CategoryRole): 'host' | 'device' | undefined {
  switch (role) {
    case 'op':
    case 'annotation':
    case 'python':
    case 'runtime':
    case 'driver':
      return 'host';
    case 'kernel':
    case 'memcpy':
    case 'memset':
    case 'graph':
    case 'projection':
      return 'device';
    case 'sync':
    case 'overhead':
    case 'span':
      return undefined;
    default:
      return role satisfies never;
  }
}

/** A device's process is labelled "GPU 0" on CUDA, ROCm and MUSA alike; other makers have words of their own. */
const DEVICE_LABEL = /^(?!CPU\b)[A-Z]+ ?(\d+)$/;

/** The number of the device that a process is labelled as; undefined of other processes. */
export function deviceOfLabel(label: string): number | undefined {
  const digits = DEVICE_LABEL.exec(label)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** What the names of devices begin with, in `deviceProperties`. */
const MAKERS: readonly (readonly [pattern: RegExp, maker: string])[] = [
  [/^MTT\b/, 'Moore Threads'],
  [/^(Biren|BR\d)/i, 'Biren'],
  [/^(AMD|Radeon|gfx|MI\d)/, 'AMD'],
  [/^Intel/, 'Intel'],
  [/^MTIA/, 'Meta'],
  [/^(NVIDIA|Tesla|Quadro|GeForce|TITAN|[ABHLPTV]\d{1,3}\b|GB?\d{3}\b)/, 'NVIDIA'],
];

/** undefined where the name does not say it. */
export function makerOfDevice(name: string): string | undefined {
  return MAKERS.find(([pattern]) => pattern.test(name))?.[1];
}
