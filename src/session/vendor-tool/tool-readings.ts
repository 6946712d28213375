import {
  type Diagnostics,
  EnvironmentError,
  type FoundFile,
  type Host,
  InputError,
  type Registry,
  UsageError,
} from '../../base/index.ts';
import type { Reader } from '../../readers/reader.ts';
import type { VendorTool } from '../../readers/vendor-tool.ts';
import { fileName, NONE, type Timeline } from '../../timeline/index.ts';
import type { UnplacedShard } from '../clocks.ts';
import { type Capture, type CaptureExport, groupCaptures } from '../captures.ts';
import { recognise, type RecognisedFile } from '../recognise.ts';
import type { OpenOptions } from '../opened-run.ts';
import { runTool, ToolFailure, type ToolRun } from './run-tool.ts';

/** What the tool wrote, read. */
export interface ToolReading {
  readonly timelines: readonly Timeline[];
  readonly version: string;
  /** What of its files was read, by name. */
  readonly files: readonly string[];
}

const NO_NAMES = 'capture again in a mode that writes commands down, too';

export type ReadCapture = (capture: Capture) => Promise<readonly UnplacedShard[]>;

/** Has captures read by the tools of their vendors, where that was asked for or tells more. */
export class ToolReadings {
  readonly #readers: Registry<Reader>;
  readonly #host: Host;
  readonly #options: ToolRun;

  constructor(readers: Registry<Reader>, host: Host, { vendorTool, chip }: OpenOptions) {
    this.#readers = readers;
    this.#host = host;
    this.#options = { ...vendorTool, tiuMhz: chip?.tiuMhz };
  }

  /** The capture as its tool reads it, where that is to be taken whatever it holds. A tool that fails is an error then. */
  async instead(each: CaptureExport, readCapture: ReadCapture): Promise<ToolReading | undefined> {
    const tool = this.#options.use === 'always' ? toolOf(each) : undefined;
    if (tool === undefined) return undefined;
    try {
      return await this.#read(tool, each, readCapture);
    } catch (error) {
      if (!(error instanceof ToolFailure)) throw error;
      throw new EnvironmentError('vendor_tool', each.home, `${each.home}: ${error.message}`, error.hint);
    }
  }

  /** The same where our `own` reading says that it lacks names; one that fails is said there, and ours stands. */
  async forNames(each: CaptureExport, own: Diagnostics, readCapture: ReadCapture): Promise<ToolReading | undefined> {
    const isWanted = (this.#options.use ?? 'auto') === 'auto' && own.countOf('names_missing') > 0;
    const tool = isWanted && this.#host.tools !== undefined ? toolOf(each) : undefined;
    if (tool === undefined) return undefined;
    try {
      const reading = await this.#read(tool, each, readCapture);
      if (reading.timelines.some((timeline) => knowsNames(timeline, tool.unnamed))) return reading;
      throw new ToolFailure({ what: `${reading.version} knows no names, either`, hint: NO_NAMES });
    } catch (error) {
      if (!(error instanceof ToolFailure)) throw error;
      own.add('vendor_tool_failed', { path: each.home }, `${error.message}; ${error.hint}`);
      return undefined;
    }
  }

  async #read(tool: VendorTool, { home }: CaptureExport, readCapture: ReadCapture): Promise<ToolReading> {
    const { folder, version } = await runTool(tool, home, this.#host, this.#options);
    const { files } = await this.#host.find(folder).catch(() => ({ files: [] }));
    const chosen = tool.choose(files.map(({ path }) => path));
    const taken = files.filter(({ path }) => chosen.includes(path));
    const shards: UnplacedShard[] = [];
    try {
      for (const capture of groupCaptures(await this.#recognised(taken))) shards.push(...(await readCapture(capture)));
    } catch (error) {
      if (!(error instanceof InputError || error instanceof UsageError)) throw error;
      throw unreadable(version, error.message);
    }
    if (shards.every(({ timeline }) => timeline.slices.length === 0)) {
      throw unreadable(version, files.length === 0 ? 'nothing' : files.map(({ path }) => fileName(path)).join(', '));
    }
    const read = new Set(shards.flatMap((shard) => shard.files.map(fileName)));
    return {
      timelines: shards.map(({ timeline }) => ofTool(timeline, tool.device, version)),
      version,
      files: [...read],
    };
  }

  async #recognised(files: readonly FoundFile[]): Promise<RecognisedFile[]> {
    const recognised: RecognisedFile[] = [];
    for (const file of files) {
      const verdict = await recognise({ ...file, isNamed: false }, this.#host, this.#readers, undefined);
      if (verdict.reader !== undefined) recognised.push(verdict);
    }
    return recognised;
  }
}

function toolOf({ reader, files }: CaptureExport): VendorTool | undefined {
  return reader.vendorTool?.(files.map(({ absolutePath }) => absolutePath));
}

function unreadable(version: string, found: string): ToolFailure {
  return new ToolFailure({
    what: `${version} ended well, but of what it wrote nothing can be read: ${found}`,
    hint: 'another version may write what is known; --vendor-tool never does without it',
  });
}

function knowsNames({ slices, strings }: Timeline, unnamed: string): boolean {
  const names = new Set(slices.name.subarray(0, slices.length));
  return [...names].some((name) => strings.get(name) !== unnamed);
}

/** Tools write no device, as each run of theirs is of one. */
function ofTool(timeline: Timeline, device: number, version: string): Timeline {
  const processes = timeline.processes.map((process) =>
    process.side === 'device' && device !== NONE ? { ...process, device } : process,
  );
  const metadata = new Map([...timeline.metadata, ['vendor_tool', JSON.stringify(version)]]);
  return { ...timeline, processes, metadata };
}
