/**
 * One file or folder per format written. A writer turns a Run into bytes and never asks where they go.
 * Reading formats and measuring runs live elsewhere.
 */
import { Registry } from '../base/index.ts';
import type { Writer } from './writer.ts';

export type { Output, Write, WriteOptions, Writer } from './writer.ts';

export const writers = new Registry<Writer>([
  {
    id: 'chrome-json',
    label: 'Chrome Trace Event JSON',
    extensions: ['.json'],
    load: async () => (await import('./chrome/write.ts')).writeChromeJson,
  },
  {
    id: 'perfetto',
    label: 'Perfetto protobuf trace',
    extensions: ['.pftrace', '.perfetto-trace', '.pb'],
    load: async () => (await import('./perfetto/write.ts')).writePerfetto,
  },
]);
