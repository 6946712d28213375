import { Diagnostics, type FoundFile, type Host } from '../base/index.ts';
import { ascendMsprofJson } from '../readers/ascend/msprof-json.ts';
import { ascendOpCsv } from '../readers/ascend/op-csv.ts';
import { readSurroundings } from '../readers/ascend/surroundings.ts';
import type { Reader } from '../readers/reader.ts';
import { sameCapture } from '../timeline/same-capture.ts';
import { type Export, groupExports } from './ascend-exports.ts';
import type { UnplacedShard } from './assemble-run.ts';
import type { OpenedFile, OpenOptions } from './opened-run.ts';
import type { RecognisedFile } from './recognise.ts';

export interface Capture extends Export<RecognisedFile> {
  readonly reader: Reader;
}

/** Of exports that may hold the same capture the newest comes first. */
export function capturesInReadingOrder(recognised: readonly RecognisedFile[]): Capture[] {
  const byReader = new Map<Reader, RecognisedFile[]>();
  for (const file of recognised) byReader.set(file.reader, [...(byReader.get(file.reader) ?? []), file]);
  const captures = [...byReader].flatMap(([reader, files]) => {
    const exports = reader.vendor === 'Ascend' ? groupExports(files) : files.map(exportOfOne);
    return exports.map((each) => ({ ...each, reader }));
  });
  return captures.sort((a, b) =>
    (a.newness ?? '') < (b.newness ?? '') ? 1 : (a.newness ?? '') > (b.newness ?? '') ? -1 : 0,
  );
}

/** Op tables say of ops what the timeline of the same capture does not, but the ops themselves stand in both. */
export function withoutOpTables(captures: readonly Capture[]): { kept: Capture[]; tables: OpTable[] } {
  const timelines = captures.filter(({ reader }) => reader === ascendMsprofJson);
  const kept: Capture[] = [];
  const tables: OpTable[] = [];
  for (const capture of captures) {
    const timeline = capture.reader === ascendOpCsv && timelines.find(({ home }) => home === capture.home);
    if (timeline) tables.push({ capture, timelinePath: timeline.files[0].path });
    else kept.push(capture);
  }
  return { kept, tables };
}

interface OpTable {
  readonly capture: Capture;
  /** Where its ops stand, too. */
  readonly timelinePath: string;
}

function exportOfOne(file: RecognisedFile): Export<RecognisedFile> {
  return { files: [file], home: file.absolutePath, newness: undefined };
}

/** Reads captures one after the other and leaves out copies of those already read. */
export class Reading {
  readonly shards: UnplacedShard[] = [];
  readonly files: OpenedFile[] = [];
  readBytes = 0;
  readonly #host: Host;
  readonly #options: OpenOptions;
  readonly #diagnostics: Diagnostics;
  readonly #kept: { capture: Capture; shard: UnplacedShard }[] = [];
  #totalBytes: number;

  constructor(host: Host, options: OpenOptions, diagnostics: Diagnostics, files: readonly FoundFile[]) {
    this.#host = host;
    this.#options = options;
    this.#diagnostics = diagnostics;
    this.#totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  async read(capture: Capture): Promise<void> {
    const surroundings = await readSurroundings(capture.files[0].absolutePath, this.#host);
    // A copy's findings are not the run's.
    const ownDiagnostics = new Diagnostics();
    const shard = await this.#readShard(capture, surroundings.rank, ownDiagnostics);
    const original = this.#kept.find(
      (kept) => isComparable(kept.capture, capture) && sameCapture(kept.shard.timeline, shard.timeline),
    );
    if (original === undefined) {
      this.#diagnostics.absorb(ownDiagnostics);
      this.#kept.push({ capture, shard });
      this.shards.push(shard);
    }
    const newer = original?.capture.files[0].path;
    for (const { path, sizeBytes, reader, confidence, why } of capture.files) {
      if (newer !== undefined) this.#diagnostics.add('copy_skipped', { path }, `the same capture as ${newer}`);
      this.files.push({
        path,
        role: newer === undefined ? 'read' : 'copy',
        why: newer === undefined ? why : `an older export of the capture in ${newer}`,
        sizeBytes,
        readerId: reader.id,
        confidence,
        ...surroundings,
      });
    }
  }

  /** The ops of a table that stand in a timeline, too, are not read twice. */
  leaveOut({ files }: Capture, timelinePath: string): void {
    for (const { path, sizeBytes } of files) {
      this.#diagnostics.add('table_left_out', { path }, `its ops stand in ${timelinePath}`);
      this.files.push({ path, role: 'skipped', why: `an op table of the capture in ${timelinePath}`, sizeBytes });
    }
  }

  async #readShard(capture: Capture, rank: number, diagnostics: Diagnostics): Promise<UnplacedShard> {
    const sources = [];
    for (const file of capture.files) {
      const source = await this.#host.openSource(file);
      this.#totalBytes += source.sizeBytes - file.sizeBytes;
      sources.push(source);
    }
    const before = this.readBytes;
    const read = await capture.reader.load();
    const timeline = await read(sources, diagnostics, {
      rank,
      pool: this.#host.pool,
      onProgress: (readBytes) => this.#options.onProgress?.(before + readBytes, this.#totalBytes),
    });
    this.readBytes = before + sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return { timeline, readerId: capture.reader.id, files: capture.files.map(({ path }) => path) };
  }
}

function isComparable(newer: Capture, older: Capture): boolean {
  return newer.home === older.home && newer.newness !== undefined && older.newness !== undefined;
}
