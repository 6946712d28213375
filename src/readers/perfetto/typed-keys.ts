import type { TypedKeySpec } from '../../timeline/index.ts';
import { ascendDialect } from '../ascend/dialect.ts';
import { OP_COLUMNS } from '../ascend/op-csv/columns.ts';
import { kinetoDialect } from '../torch/dialect.ts';

/** What a track says of all its events. */
export const TASK_TYPE = 'taskType';

/** Perfetto traces come from everywhere, so names of args mean what they mean wherever else they are known. */
export const PERFETTO_KEYS: readonly TypedKeySpec[] = [
  ...ascendDialect.typedKeys,
  ...OP_COLUMNS,
  ...kinetoDialect.typedKeys,
  { key: 'DMA data size(B)', column: 'sizeBytes', kind: 'number' },
  { key: 'Function Type', column: 'opType', kind: 'text' },
];
