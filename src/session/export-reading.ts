import { type Diagnostics, gzipTruncated, type Host, InputError, type Source, type ThreadPool } from '../base/index.ts';
import type { ChipOptions, ReadOptions } from '../readers/reader.ts';
import type { Timeline } from '../timeline/index.ts';
import type { CaptureExport } from './captures.ts';
import type { OpenOptions } from './opened-run.ts';

/** Reads exports, several at a time where so asked, and tells how far all of them have come. */
export class ExportReading {
  /** Bytes that went through the readers, gzip undone. */
  readBytes = 0;
  readonly #host: Host;
  readonly #pool: ThreadPool | undefined;
  readonly #onProgress: ((readBytes: number, totalBytes: number) => void) | undefined;
  readonly #chip: ChipOptions | undefined;
  #totalBytes: number;

  constructor(
    host: Host,
    pool: ThreadPool | undefined,
    totalBytes: number,
    { chip, onProgress }: Pick<OpenOptions, 'chip' | 'onProgress'> = {},
  ) {
    this.#host = host;
    this.#pool = pool;
    this.#totalBytes = totalBytes;
    this.#onProgress = onProgress;
    this.#chip = chip;
  }

  async read(
    { files, reader }: CaptureExport,
    place: Pick<ReadOptions, 'rank' | 'device' | 'strings'>,
    diagnostics: Diagnostics,
  ): Promise<Timeline> {
    const sources: Source[] = [];
    for (const file of files) {
      const source = await this.#host.openSource(file);
      this.#totalBytes += source.sizeBytes - file.sizeBytes;
      sources.push(source);
      tellCut(source, diagnostics);
    }
    const read = await reader.load();
    let ownBytes = 0;
    const advanceTo = (bytes: number): void => {
      this.readBytes += bytes - ownBytes;
      ownBytes = bytes;
    };
    const timeline = await read(sources, diagnostics, {
      ...place,
      pool: this.#pool,
      chip: this.#chip,
      onProgress: (bytes) => {
        advanceTo(bytes);
        this.#onProgress?.(this.readBytes, this.#totalBytes);
      },
    }).catch((error) => {
      throw explainCut(error, sources);
    });
    advanceTo(sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    return timeline;
  }
}

function tellCut({ path, cutAtBytes, sizeBytes }: Source, diagnostics: Diagnostics): void {
  if (cutAtBytes === undefined) return;
  diagnostics.add('gzip_truncated', { path, offset: cutAtBytes }, `${sizeBytes} bytes could be unpacked`);
}

/** What a reader misses in a file that breaks off, it misses because of that. */
function explainCut(error: unknown, sources: readonly Source[]): unknown {
  if (!(error instanceof InputError)) return error;
  const source = sources.find(({ path, cutAtBytes }) => path === error.at.path && cutAtBytes !== undefined);
  if (source?.cutAtBytes === undefined) return error;
  const found = `the ${source.sizeBytes} bytes before that cannot be read: expected ${error.expected}, found ${error.found}`;
  return gzipTruncated(source.path, source.cutAtBytes, found);
}
