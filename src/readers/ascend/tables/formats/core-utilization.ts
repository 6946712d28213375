import { DEVICE, type TableSpec, text } from '../table-spec.ts';

/**
 * ai_core_utilization and ai_vector_core_utilization of sampled profiles: one row per core and one for their average.
 * Which counters there are depends on the mode, so they keep their names.
 */
export const coreUtilization: TableSpec = {
  kind: 'core-utilization',
  label: 'ai_core_utilization or ai_vector_core_utilization',
  marks: ['core'],
  sign: /^(ai[cv]_)?(vec|vector|mac|cube|scalar|mte\d|fixpipe|icache|ub|l0[abc]|l1|l2|main_mem|r[01]|write_cache)_/,
  columns: [DEVICE, text('core', 'Core ID')],
};
