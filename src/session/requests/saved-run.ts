import type { OpenOptions } from '../opened-run.ts';

/** What a page with a run inside says about the run, as JSON. Its files follow in the same order. */
export interface SavedRun {
  readonly name: string;
  /** What of the files was named. */
  readonly inputs: readonly string[];
  readonly options: Pick<OpenOptions, 'from' | 'align'>;
  readonly files: readonly string[];
  /** Names in folders of which no file is here, where they tell something. */
  readonly folders: Readonly<Record<string, readonly string[]>>;
  /** What of the run was kept, as it was asked for; null for all. */
  readonly range: string | null;
}
