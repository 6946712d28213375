import { NONE } from '../../timeline/index.ts';
import type { Dialect } from '../trace-events/dialect.ts';
import { unitOf } from '../trace-events/units.ts';

/** The event format as its specification has it: names say what a track is, nothing else does. */
export const chromeDialect: Dialect = {
  typedKeys: [],
  categoryColumns: [],
  flowKeyHasName: true,
  flowNamesEndInId: false,
  counterSelectors: [],
  naming: (rank) => ({
    process: ({ key, name, label }) => ({
      name: name || (key === '' ? 'process' : `process ${key}`),
      label,
      side: 'unknown',
      osPid: /^\d{1,10}$/.test(key) ? Number(key) : undefined,
      rank,
      device: NONE,
    }),
    track: ({ kind, key, name, series }) => ({
      kind,
      name: name || (key === '' ? 'events' : `thread ${key}`),
      stream: NONE,
      unit: unitOf(series),
    }),
  }),
};
