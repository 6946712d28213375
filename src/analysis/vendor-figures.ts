import type { Run } from '../timeline/index.ts';
import { deviceWork } from './overlap.ts';
import type { VendorFigure } from './vendor-figure.ts';
import { opTypeFigures } from './vendor-op-types.ts';
import { timeFigures } from './vendor-times.ts';

/**
 * What the profiler's own tools say about a run beside what its ops say: an oracle for us, and for users the bridge to the
 * numbers they know. Lanes of timelines come first, then tables of steps, then statistics of ops by type.
 */
export function vendorFigures(run: Run): VendorFigure[] {
  const works = deviceWork(run);
  return [...timeFigures(run, works), ...opTypeFigures(run, works)];
}
