import type { Source } from './source.ts';
import type { ThreadPool } from './threads.ts';
import type { Tools } from './tools.ts';

export interface FoundFile {
  /** What the user knows it by; used in messages. */
  readonly path: string;
  /** Where it lies: names and folders around it are told from this. */
  readonly absolutePath: string;
  /** Equal for two names of one and the same file. */
  readonly identity: string;
  readonly sizeBytes: number;
}

/** What one word of the command line turned out to be. */
export interface FoundInput {
  readonly input: string;
  readonly kind: 'file' | 'folder' | 'glob' | 'stdin';
  /** Of the file or folder; of a glob the folder that its wildcards begin in. */
  readonly absolutePath: string;
  /** The file itself, or every file below the folder or matched by the glob, in natural order of their paths. */
  readonly files: readonly FoundFile[];
}

/** How the portable rooms reach the machine without knowing which one it is. */
export interface Host {
  /** Absent where there is but one thread. */
  readonly pool?: ThreadPool | undefined;
  /** Absent where no program can be run, as in a page. */
  readonly tools?: Tools;
  /** Expands a file, folder, glob or `-`. An input that names nothing is an InputError. */
  find(input: string): Promise<FoundInput>;
  /** The first bytes of a file, gzip undone. */
  readHead(file: FoundFile, maxBytes: number): Promise<Uint8Array>;
  /** Opens a file with gzip undone, so that what comes out can be read at random. */
  openSource(file: FoundFile): Promise<Source>;
  /** The names directly in a folder; empty where it cannot be read. */
  list(folder: string): Promise<readonly string[]>;
  /** A whole small file by its absolute path; undefined where there is none or it cannot be read. */
  readSmall(absolutePath: string): Promise<Uint8Array | undefined>;
  /** The SHA-256 of a file as it lies on the disk, in hexadecimal; undefined for what can be read only once. */
  sha256?(path: string): Promise<string | undefined>;
}
