import type { Diagnostics, Host } from '../base/index.ts';
import type { ReadOptions } from '../readers/reader.ts';
import type { Timeline } from '../timeline/index.ts';
import type { CaptureExport } from './captures.ts';

/** Reads exports one after the other and tells how far it has come. */
export class ExportReading {
  /** Bytes that went through the readers, gzip undone. */
  readBytes = 0;
  readonly #host: Host;
  readonly #onProgress: ((readBytes: number, totalBytes: number) => void) | undefined;
  #totalBytes: number;

  constructor(host: Host, totalBytes: number, onProgress?: (readBytes: number, totalBytes: number) => void) {
    this.#host = host;
    this.#totalBytes = totalBytes;
    this.#onProgress = onProgress;
  }

  async read(
    { files, reader }: CaptureExport,
    place: Pick<ReadOptions, 'rank' | 'device' | 'strings'>,
    diagnostics: Diagnostics,
  ): Promise<Timeline> {
    const sources = [];
    for (const file of files) {
      const source = await this.#host.openSource(file);
      this.#totalBytes += source.sizeBytes - file.sizeBytes;
      sources.push(source);
    }
    const before = this.readBytes;
    const read = await reader.load();
    const timeline = await read(sources, diagnostics, {
      ...place,
      pool: this.#host.pool,
      onProgress: (readBytes) => this.#onProgress?.(before + readBytes, this.#totalBytes),
    });
    this.readBytes = before + sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return timeline;
  }
}
