import type { Diagnostics, Source, ThreadPool } from '../base/index.ts';
import type { ByteInterner } from '../bytes/index.ts';
import type { Timeline } from '../timeline/index.ts';
import type { VendorTool } from './vendor-tool.ts';

/** 0 no, 1 by its name only, 2 the right shape, 3 an unmistakable signature. */
export type Confidence = 0 | 1 | 2 | 3;

export interface Sniffed {
  readonly confidence: Confidence;
  /** What was recognised, for people. */
  readonly why: string;
}

/** What the user says of a chip where its captures do not, or are wrong. */
export interface ChipOptions {
  /** Cycles per microsecond of the engines that compute, and of those that move memory. */
  readonly tiuMhz?: number | undefined;
  readonly dmaMhz?: number | undefined;
  /** TOPS that a chip is sold with, where it is sold with several. */
  readonly computeAbility?: number | undefined;
}

export interface ReadOptions {
  /** Which rank the files belong to, where their surroundings tell; NONE otherwise. */
  readonly rank: number;
  /** Which device the files are of, where their surroundings tell and they do not. */
  readonly device?: number | undefined;
  /** Told how many bytes of all sources have been read. */
  readonly onProgress?: (readBytes: number) => void;
  /**
   * The result never depends on it. wasm: offer every event or row to the WebAssembly twin of the scanner, worth it or not;
   * typescript: leave it aside. By default it is used where it saves time.
   */
  readonly engine?: 'wasm' | 'typescript';
  /** Threads that large files are read with. */
  readonly pool?: ThreadPool | undefined;
  readonly chip?: ChipOptions | undefined;
  /** The strings of timelines that this one may be joined with. */
  readonly strings?: ByteInterner | undefined;
  /** From which size on files count as large, and in what pieces threads get them: for tests, which have small ones. */
  readonly parallel?: { readonly fromBytes: number; readonly chunkBytes: number };
}

/** Reads the files of one capture (several when the tool split it) into one timeline, in the order given. */
export type Read = (sources: readonly Source[], diagnostics: Diagnostics, options: ReadOptions) => Promise<Timeline>;

/**
 * What a file is to its capture. timeline: all that happened. tasks: all that the device did. ops: what neither knows about
 * the ops. facts: figures and counters beside them.
 */
export type ReaderRole = 'timeline' | 'tasks' | 'ops' | 'facts';

export interface Reader {
  readonly id: string;
  readonly vendor: string;
  readonly label: string;
  readonly role: ReaderRole;
  /** What it reads holds once more what the text export of the same capture holds. */
  readonly isDatabase?: true;
  /** All files of a folder that it takes are one capture. */
  readonly isWholeFolder?: true;
  /** `head` holds the first bytes of the file (at most HEAD_BYTES), gzip undone. */
  sniff(path: string, head: Uint8Array): Sniffed;
  load(): Promise<Read>;
  /** The vendor's program that reads the capture of these files, too. */
  vendorTool?(paths: readonly string[]): VendorTool | undefined;
}

export const HEAD_BYTES = 64 * 1024;
