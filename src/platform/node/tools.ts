import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { FoundTool, ToolEnd, ToolLimits, Tools } from '../../base/index.ts';
import { explainFailure, systemCode } from './failure.ts';
import { forgetUnfinished, forgetRunning, rememberRunning, rememberUnfinished } from './unfinished.ts';

const KEPT_BYTES = 64 * 1024;
/** What a program started may hold its output open although it has ended. */
const LAST_WORDS_MS = 500;
/** Timers of more end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const IS_WINDOWS = process.platform === 'win32';

export class NodeTools implements Tools {
  readonly #folders = new Set<string>();

  /** Folders that depend on where one stands are passed over: what lies beside a capture is not to be run. */
  async find(names: readonly string[]): Promise<FoundTool | undefined> {
    const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
    for (const name of names) {
      for (const folder of folders) {
        const path = join(folder, IS_WINDOWS ? `${name}.exe` : name);
        if (await isProgram(path)) return this.named(path);
      }
    }
    return undefined;
  }

  async named(path: string): Promise<FoundTool> {
    const absolute = resolve(path);
    return { path: absolute, realPath: await realpath(absolute).catch(() => absolute) };
  }

  async run({ path }: FoundTool, words: readonly string[], { folder, timeMs }: ToolLimits): Promise<ToolEnd> {
    let child: ChildProcess;
    try {
      const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
      // A group of its own, so that all that it starts can be ended with it.
      child = spawn(path, words, { cwd: folder, stdio, detached: !IS_WINDOWS, windowsHide: true });
    } catch (error) {
      return { how: 'not_started', code: systemCode(error) ?? String(error), stdout: '', stderr: '' };
    }
    const kill = (): void => killGroup(child);
    rememberRunning(kill);
    try {
      return await ended(child, timeMs, kill);
    } finally {
      kill();
      forgetRunning(kill);
    }
  }

  async newFolder(): Promise<string> {
    const prefix = join(tmpdir(), 'traceconv-tool-');
    const folder = await mkdtemp(prefix).catch((error) => {
      throw explainFailure(error, `${prefix}*`, 'write');
    });
    this.#folders.add(folder);
    rememberUnfinished(folder);
    return folder;
  }

  async removeFolder(folder: string): Promise<void> {
    this.#folders.delete(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    forgetUnfinished(folder);
  }

  async close(): Promise<void> {
    for (const folder of [...this.#folders]) await this.removeFolder(folder);
  }
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function ended(child: ChildProcess, timeMs: number, kill: () => void): Promise<ToolEnd> {
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => new Tail(stream));
  let isTooSlow = false;
  const clock = setTimeout(
    () => {
      isTooSlow = true;
      kill();
    },
    Math.min(timeMs, LONGEST_TIMER_MS),
  );
  const end = (how: ToolEnd['how'], code: string): ToolEnd => ({
    ...{ how, code, stdout: stdout.text(), stderr: stderr.text() },
  });
  return new Promise<ToolEnd>((resolve) => {
    child.once('error', (error) => resolve(end('not_started', systemCode(error) ?? error.message)));
    child.once('exit', () => {
      kill();
      setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()), LAST_WORDS_MS).unref();
    });
    child.once('close', (code, signal) => {
      if (isTooSlow) resolve(end('too_slow', ''));
      else resolve(signal === null ? end('exited', String(code)) : end('killed', signal));
    });
  }).finally(() => clearTimeout(clock));
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (IS_WINDOWS) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of it runs any more.
  }
}

/** The last of what comes out of a stream, however much that is. */
class Tail {
  #chunks: Buffer[] = [];
  #keptBytes = 0;

  constructor(stream: Readable | null) {
    stream?.on('error', () => undefined);
    stream?.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#keptBytes += chunk.length;
      while (this.#keptBytes - this.#chunks[0].length >= KEPT_BYTES) this.#keptBytes -= this.#chunks.shift()!.length;
    });
  }

  text(): string {
    return Buffer.concat(this.#chunks).subarray(-KEPT_BYTES).toString('utf8');
  }
}
