/**
 * The formats of tables, as data: how a header is told from others and what its columns mean. A new format is one more
 * file here. How tables are read stands a folder up.
 */
import type { TableSpec } from '../table-spec.ts';
import { allocations } from './allocations.ts';
import { apiStatistic } from './api-statistic.ts';
import { communicationStatistic } from './communication-statistic.ts';
import { coreUtilization } from './core-utilization.ts';
import { hostOperators } from './host-operators.ts';
import { iterations } from './iterations.ts';
import { l2Cache } from './l2-cache.ts';
import { memoryByAllocator, memoryByModule } from './memory.ts';
import { npuMemory } from './npu-memory.ts';
import { opStatistic } from './op-statistic.ts';
import { SMALL_TABLES } from './small-tables.ts';
import { stepTimes } from './step-times.ts';

export const TABLE_FORMATS: readonly TableSpec[] = [
  opStatistic,
  apiStatistic,
  communicationStatistic,
  stepTimes,
  iterations,
  hostOperators,
  memoryByAllocator,
  memoryByModule,
  npuMemory,
  allocations,
  l2Cache,
  coreUtilization,
  ...SMALL_TABLES,
];
