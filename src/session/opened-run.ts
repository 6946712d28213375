import type { ChipOptions, Confidence, ReaderRole } from '../readers/reader.ts';
import type { AlignMethod, Run } from '../timeline/index.ts';
import type { Anonymiser } from './anonymise/index.ts';
import type { VendorToolOptions } from './vendor-tool/tool-options.ts';

export interface OpenOptions {
  /** The id of the reader that named files are read with, whatever they look like. */
  readonly from?: string | undefined;
  /** How ranks are put on one axis of time; `clock` where nothing is said. */
  readonly align?: AlignMethod | undefined;
  readonly chip?: ChipOptions | undefined;
  /** How raw captures are read for which their vendor has a tool; `auto` where nothing is said. */
  readonly vendorTool?: VendorToolOptions | undefined;
  /** Replaces what tells who made the captures and where; one for everything that is to agree. */
  readonly anonymiser?: Anonymiser | undefined;
  readonly onProgress?: (readBytes: number, totalBytes: number) => void;
}

export interface OpenedFile {
  readonly path: string;
  /** copy: left out because another file holds the same capture. skipped: no trace. */
  readonly role: 'read' | 'copy' | 'skipped';
  readonly why: string;
  readonly sizeBytes: number;
  readonly readerId?: string;
  readonly confidence?: Confidence;
  readonly toolVersion?: string | undefined;
  readonly hostName?: string | undefined;
  /** NONE where unknown. */
  readonly rank?: number;
  /** What it is to its capture. */
  readonly part?: ReaderRole;
  /** The folder of its capture. */
  readonly capture?: string;
  /** Op tables beside a timeline or another table: how many of their rows describe an op that these have. */
  readonly joined?: JoinedRows | undefined;
}

export interface JoinedRows {
  readonly rowCount: number;
  readonly matchedCount: number;
}

export interface OpenedRun {
  readonly run: Run;
  readonly files: readonly OpenedFile[];
  /** Bytes that went through the readers, gzip undone. */
  readonly readBytes: number;
}
