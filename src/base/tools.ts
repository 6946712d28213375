/** Programs of others on this machine. */
export interface Tools {
  /** The first of these names that is found where programs are looked for; undefined where none is. */
  find(names: readonly string[]): Promise<FoundTool | undefined>;
  /** A program that the user named. Whether it can be run, running it tells. */
  named(path: string): Promise<FoundTool>;
  /** Runs a program with these words, in this folder, without a shell. It and all that it started end with the limit. */
  run(tool: FoundTool, words: readonly string[], limits: ToolLimits): Promise<ToolEnd>;
  /** A fresh folder for what a program writes. It is removed when the host is closed. */
  newFolder(): Promise<string>;
  removeFolder(folder: string): Promise<void>;
}

export interface FoundTool {
  readonly path: string;
  /** Where it lies when links are followed: what was installed with it lies around it. */
  readonly realPath: string;
}

export interface ToolLimits {
  readonly folder: string;
  readonly timeMs: number;
}

export interface ToolEnd {
  /** exited: by itself. killed: by a signal. too_slow: by us. not_started: the system refused. */
  readonly how: 'exited' | 'killed' | 'too_slow' | 'not_started';
  /** Exit code, name of the signal, or name of the system's error; '' where it was too slow. */
  readonly code: string;
  /** The last that it printed. */
  readonly stdout: string;
  readonly stderr: string;
}
