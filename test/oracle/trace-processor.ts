// Perfetto's own trace_processor as an independent reader of what we write: open a trace, ask it SQL.
// The engine is fetched by scripts/fetch-trace-processor.mjs; where it is absent, `available()` says so and tests skip.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// scripts/fetch-trace-processor.mjs fills the same folder, in one step, after checking every file.
const ENGINE_FOLDER = fileURLToPath(
  new URL('../../node_modules/.cache/traceconv/trace-processor-55.3', import.meta.url),
);
const CHILD = fileURLToPath(new URL('./trace-processor-child.mjs', import.meta.url));
const STDERR_KEPT = 4000;

/** Integers are numbers where a number holds them exactly, bigints beyond; REAL columns are numbers. */
export type Row = Record<string, number | bigint | string | null>;

type Reply =
  | { kind: 'loaded'; loadMs: number; peakRssBytes: number }
  | { kind: 'failed'; message: string }
  | { kind: 'rows'; id: number; rows: Row[] }
  | { kind: 'refused'; id: number; message: string };

interface Waiting {
  resolve(rows: Row[]): void;
  reject(error: Error): void;
}

export class TraceProcessor {
  /** From the first byte handed over to the end of import; the engine's own start is not in it. */
  loadMs = 0;
  /** Peak memory of the engine's process, measured at the end of the load. */
  peakRssBytes = 0;

  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;
  #stderr = '';
  #closed = false;

  private constructor(path: string, isTimed: boolean) {
    this.#child = fork(CHILD, [ENGINE_FOLDER, path], {
      // Making the engine's code fast costs more than reading a test's trace with code that is not.
      execArgv: isTimed ? [] : ['--liftoff-only'],
      serialization: 'advanced', // keeps bigint
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (text) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    this.#exited = once(this.#child, 'exit');
  }

  static available(): boolean {
    return existsSync(ENGINE_FOLDER);
  }

  /**
   * Rejects where the engine refuses the trace. A path is read by the engine's process; bytes go through a temporary file.
   * `isTimed`: how long it takes is what is wanted.
   */
  static async open(
    trace: string | Uint8Array | AsyncIterable<Uint8Array>,
    { isTimed = false } = {},
  ): Promise<TraceProcessor> {
    if (typeof trace === 'string') return TraceProcessor.#load(trace, isTimed);
    const folder = await mkdtemp(join(tmpdir(), 'trace-processor-'));
    try {
      const path = join(folder, 'trace');
      await writeFile(path, trace);
      return await TraceProcessor.#load(path, isTimed);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  static async #load(path: string, isTimed: boolean): Promise<TraceProcessor> {
    const processor = new TraceProcessor(path, isTimed);
    try {
      await processor.#untilLoaded();
      return processor;
    } catch (error) {
      await processor.close();
      throw error;
    }
  }

  query(sql: string): Promise<Row[]> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (this.#closed || !this.#child.connected) return reject(this.#ended());
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, sql });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#child.connected) this.#child.disconnect();
    await this.#exited;
  }

  #untilLoaded(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.on('message', (reply) => this.#receive(reply as Reply, resolve, reject));
      this.#exited.then(() => {
        reject(this.#ended());
        for (const { reject: rejectQuery } of this.#waiting.values()) rejectQuery(this.#ended());
      }, reject);
    });
  }

  #receive(reply: Reply, loaded: () => void, failed: (error: Error) => void): void {
    switch (reply.kind) {
      case 'loaded':
        this.loadMs = reply.loadMs;
        this.peakRssBytes = reply.peakRssBytes;
        loaded();
        return;
      case 'failed':
        failed(new Error(`trace_processor refuses the trace: ${reply.message}`));
        return;
      case 'rows':
        this.#take(reply.id)?.resolve(reply.rows);
        return;
      case 'refused':
        this.#take(reply.id)?.reject(new Error(`trace_processor refuses the query: ${reply.message}`));
        return;
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #ended(): Error {
    return new Error(this.#closed ? 'this trace_processor is closed' : `trace_processor ended early\n${this.#stderr}`);
  }
}
