import type { Task } from '../../base/index.ts';
import type { Chunk, FastScannerOptions, ScannedChunk } from '../../bytes/index.ts';

/** Scans chunks of one capture: every thread with a scanner of its own. Nothing is found where WebAssembly is missing. */
export const SCAN_CHUNKS: Task<FastScannerOptions, Chunk, ScannedChunk> = {
  name: 'scan-chunks',
  load: async () => {
    const { ChunkScanner } = await import('../../bytes/wasm/chunk-scanner.ts');
    return (options) => {
      const scanner = ChunkScanner.create(options);
      if (scanner !== undefined) return (chunk) => scanner.scan(chunk);
      return ({ bytes, baseMicros }) => ({ result: { bytes, baseMicros, tapes: [] }, transfer: [bytes.buffer] });
    };
  },
};
