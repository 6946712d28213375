import type { Diagnostics } from '../base/index.ts';
import type { Run } from '../timeline/index.ts';

/** Where a writer's bytes go. Once the promise settles the writer may reuse the array. */
export interface Output {
  write(bytes: Uint8Array): Promise<void>;
}

export interface WriteOptions {
  /** Keep the capture's own clock (usually epoch) instead of times from the run's origin. */
  readonly absoluteTime: boolean;
  /** Told now and then how much of the run is written, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  /**
   * The result never depends on it. wasm: let the WebAssembly twin of the writer do what it can, worth it or not;
   * typescript: leave it aside. By default it is used where it saves time; a writer without a twin has no choice.
   */
  readonly engine?: 'wasm' | 'typescript';
}

export type Write = (run: Run, output: Output, diagnostics: Diagnostics, options: WriteOptions) => Promise<void>;

export interface Writer {
  readonly id: string;
  readonly label: string;
  /** File name endings, with the dot, without `.gz`. */
  readonly extensions: readonly string[];
  load(): Promise<Write>;
}
