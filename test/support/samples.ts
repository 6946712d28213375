import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { filesBelow, projectRoot } from './project.ts';

/** Real captures, which are not part of the project. Set TRACECONV_SAMPLES where they lie elsewhere. */
export const samplesRoot = process.env.TRACECONV_SAMPLES ?? join(projectRoot, '../shared/samples');
export const samplesAbsent = !existsSync(samplesRoot);

/** Says once and visibly what is not tested without the real captures. */
export function noticeWhenAbsent(what: string): void {
  if (samplesAbsent) console.warn(`SKIPPED: ${what}: no samples at ${samplesRoot}; set TRACECONV_SAMPLES`);
}

/** Paths of samples relative to their root; none where they are absent. */
export function samplesLike(pattern: RegExp): string[] {
  return samplesAbsent ? [] : filesBelow(samplesRoot).filter((path) => pattern.test(path));
}

/** The bytes of a sample, gzip undone. */
export function readSample(path: string): Uint8Array {
  const bytes = new Uint8Array(readFileSync(join(samplesRoot, path)));
  return path.endsWith('.gz') ? new Uint8Array(gunzipSync(bytes)) : bytes;
}

export const ASCEND_TIMELINES = /^ascend\/.*\/(trace_view|msprof_\d+)\.json$/;
export const TORCH_TRACES = /^torch\/.*trace.*\.json(\.gz)?$|^torch\/hta\/.*\.json\.gz$/;
