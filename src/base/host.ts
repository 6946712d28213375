import type { Source } from './source.ts';

export interface FoundFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/** What one word of the command line turned out to be. */
export interface FoundInput {
  readonly input: string;
  readonly kind: 'file' | 'folder' | 'stdin';
  /** The file itself, or every file below the folder, in natural order of their paths. */
  readonly files: readonly FoundFile[];
}

/** How the portable rooms reach the machine without knowing which one it is. */
export interface Host {
  /** Expands a file, folder, glob or `-`. An input that names nothing is an InputError. */
  find(input: string): Promise<FoundInput[]>;
  /** Opens a file with gzip undone, so that what comes out can be read at random. */
  openSource(path: string): Promise<Source>;
}
