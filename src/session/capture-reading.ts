import { Diagnostics, InputError } from '../base/index.ts';
import { ByteInterner } from '../bytes/index.ts';
import type { Surroundings } from '../readers/ascend/surroundings.ts';
import { type JoinMode, joinOps } from '../timeline/join.ts';
import { fileName, NONE, type Table, type Timeline } from '../timeline/index.ts';
import { withoutIdleCounters } from '../timeline/idle-counters.ts';
import { withLaunchTimes } from '../timeline/launches.ts';
import { sameCapture } from '../timeline/same-capture.ts';
import { hasRows, type UnplacedShard } from './clocks.ts';
import { type Capture, type CaptureExport, newerExport } from './captures.ts';
import type { ExportReading } from './export-reading.ts';
import { reportDisagreements } from './disagreements.ts';
import type { JoinedRows, OpenedFile } from './opened-run.ts';
import type { ReadCapture, ToolReading, ToolReadings } from './vendor-tool/tool-readings.ts';

/** A part of the capture being put together. */
interface Part {
  timeline: Timeline;
  readonly first: CaptureExport;
  readonly files: string[];
}

/**
 * Puts together what lies in one capture: the timeline first, without copies in older exports; then op tables, laid over
 * it; then counters and figures. What is the timeline depends on what there is.
 */
export class CaptureReading {
  readonly files: OpenedFile[] = [];
  readonly #capture: Capture;
  readonly #surroundings: Surroundings;
  readonly #reading: ExportReading;
  readonly #diagnostics: Diagnostics;
  readonly #tools: ToolReadings | undefined;
  readonly #strings = new ByteInterner();
  /** Timelines, and rows of op tables that none of them has. */
  readonly #parts: Part[] = [];
  readonly #extras: Part[] = [];
  readonly #tables: Table[] = [];
  readonly #unreadable: { readonly each: CaptureExport; readonly error: InputError }[] = [];

  constructor(
    capture: Capture,
    surroundings: Surroundings,
    reading: ExportReading,
    diagnostics: Diagnostics,
    tools?: ToolReadings,
  ) {
    this.#capture = capture;
    this.#surroundings = surroundings;
    this.#reading = reading;
    this.#diagnostics = diagnostics;
    this.#tools = tools;
  }

  async read(): Promise<UnplacedShard[]> {
    const { home, exports } = this.#capture;
    const of = (role: string, isDatabase = false): CaptureExport[] =>
      exports.filter(({ reader }) => reader.role === role && (reader.isDatabase === true) === isDatabase);
    await this.#tryEach(of('timeline'), (each) => this.#readTimeline(each));
    await this.#tryEach(of('timeline', true), (each) => this.#readDatabase(each));
    const [tasks, ops] = [of('tasks'), of('ops')];
    const tables = this.#parts.length > 0 ? [...ops, ...tasks] : [...tasks, ...ops];
    const read: { timeline: Timeline; path: string }[] = [];
    await this.#tryEach(tables, (each) => this.#readOps(each, read));
    await this.#tryEach(of('facts'), async (each) => {
      if (!this.#leaveOutOlder(each)) await this.#readFacts(each);
    });
    await this.#tryEach(of('facts', true), (each) => this.#readFacts(each));
    this.#leaveOutUnreadable();
    this.#parts.sort((a, b) => Number(a.timeline.originNs - b.timeline.originNs));
    return [...this.#parts, ...this.#extras].map(({ timeline, first, files }, index) => ({
      timeline: index === 0 ? { ...timeline, tables: [...timeline.tables, ...this.#tables] } : timeline,
      readerId: first.reader.id,
      files,
      rank: this.#surroundings.rank,
      hostName: this.#surroundings.hostName,
      capture: home,
    }));
  }

  async #tryEach(exports: readonly CaptureExport[], read: (each: CaptureExport) => Promise<void>): Promise<void> {
    for (const each of exports) {
      try {
        await read(each);
      } catch (error) {
        if (!(error instanceof InputError) || each.files.some(({ isNamed }) => isNamed)) throw error;
        this.#unreadable.push({ each, error });
      }
    }
  }

  /** What only adds to the rest of the capture may be missing; a capture of which all ops are is for the user to decide. */
  #leaveOutUnreadable(): void {
    for (const { each, error } of this.#unreadable) {
      const hasMore = each.reader.role === 'facts' && this.#tables.length + this.#extras.length > 0;
      if (this.#parts.length === 0 && !hasMore) throw error;
      const isLoss = error.code !== 'no_events';
      const detail = `expected ${error.expected}, found ${error.found}`;
      this.#diagnostics.add(isLoss ? 'file_unreadable' : 'file_skipped', error.at, detail);
      this.#list(each, 'skipped', undefined, detail);
    }
  }

  async #readExport(each: CaptureExport, diagnostics: Diagnostics): Promise<Timeline> {
    const { rank, devices, rankOfDevice } = this.#surroundings;
    const device = deviceInPath(each.files[0].absolutePath) ?? (devices.length === 1 ? devices[0] : NONE);
    const read = await this.#reading.read(each, { rank, device, strings: this.#strings }, diagnostics);
    const timeline = device === NONE ? read : { ...read, tables: read.tables.map((table) => ({ ...table, device })) };
    if (rankOfDevice === undefined) return timeline;
    const processes = timeline.processes.map((process) => ({
      ...process,
      rank: rankOfDevice.get(process.device) ?? process.rank,
    }));
    return { ...timeline, processes };
  }

  async #readTimeline(each: CaptureExport): Promise<void> {
    if (this.#leaveOutOlder(each)) return;
    const better = this.#parts.find(({ first }) => isCopyOf(each, first));
    if (better !== undefined && knowsOps(better.timeline)) {
      this.#leaveOut(each, `the events of ${better.files[0]} once more, by the vendor's tool`);
      return;
    }
    if (await this.#takeFromTool(each, (tools, read) => tools.instead(each, read))) return;
    // A copy's findings are not the run's.
    const own = new Diagnostics();
    const timeline = await this.#readExport(each, own);
    // What a tool has written already is read instead of having it written once more.
    const hasCopy = this.#capture.exports.some((other) => isCopyOf(other, each));
    if (!hasCopy && (await this.#takeFromTool(each, (tools, read) => tools.forNames(each, own, read)))) return;
    const original = this.#parts.find(
      ({ first, timeline: newer }) => isComparable(first, each) && sameCapture(newer, timeline),
    );
    if (original !== undefined) {
      this.#leaveOut(each, `an older export of the capture in ${original.files[0]}`);
      return;
    }
    if (better !== undefined && !knowsOps(timeline)) {
      this.#leaveOut(each, `the events of ${better.files[0]} once more, which it does not name either`);
      return;
    }
    if (better !== undefined) this.#giveUp(better, each);
    this.#diagnostics.absorb(own);
    this.#parts.push({ timeline: withLaunchTimes(timeline), first: each, files: pathsOf(each) });
    this.#list(each, 'read');
  }

  /** What was read cannot name what ran, and a copy can. */
  #giveUp(part: Part, { files: [{ path }] }: CaptureExport): void {
    this.#parts.splice(this.#parts.indexOf(part), 1);
    const listed = this.files.filter((file) => part.files.includes(file.path));
    for (const file of listed) this.files.splice(this.files.indexOf(file), 1);
    this.#leaveOut(part.first, `the events of ${path} once more, without their names`);
  }

  /** Takes the capture as the tool of its vendor reads it, where `ask` finds that it should be. Tells whether it was. */
  async #takeFromTool(
    each: CaptureExport,
    ask: (tools: ToolReadings, readCapture: ReadCapture) => Promise<ToolReading | undefined>,
  ): Promise<boolean> {
    if (this.#tools === undefined) return false;
    const own = new Diagnostics();
    const reading = await ask(this.#tools, (written) =>
      new CaptureReading(written, this.#surroundings, this.#reading, own).read(),
    );
    if (reading === undefined) return false;
    const { timelines, version, files } = reading;
    this.#diagnostics.absorb(own);
    const why = `read by ${version}: ${files.join(', ')}`;
    this.#diagnostics.add('vendor_tool_used', { path: each.home }, why);
    for (const timeline of timelines) this.#parts.push({ timeline, first: each, files: pathsOf(each) });
    this.#list(each, 'read', undefined, why, version);
    return true;
  }

  /** A database holds once more what the text export holds. */
  async #readDatabase(each: CaptureExport): Promise<void> {
    const text = this.#parts.find(({ first }) => first.reader.isDatabase !== true);
    if (text === undefined) await this.#readTimeline(each);
    else this.#leaveOut(each, `the database of the capture in ${text.files[0]}`);
  }

  async #readOps(each: CaptureExport, read: { timeline: Timeline; path: string }[]): Promise<void> {
    if (this.#leaveOutOlder(each)) return;
    const own = new Diagnostics();
    const ops = await this.#readExport(each, own);
    const copy = each.newness === undefined ? undefined : read.find(({ timeline }) => sameCapture(timeline, ops));
    if (copy !== undefined) {
      this.#leaveOut(each, `the ops of ${copy.path} once more`);
      return;
    }
    this.#diagnostics.absorb(own);
    const path = each.files[0].path;
    read.push({ timeline: ops, path });
    const rest = this.#join(each, ops);
    const hasTimeline = this.#parts.some(({ first }) => first.reader.role === 'timeline');
    const isFar = rest !== undefined && this.#parts.some((part) => isFarAway(part.timeline, rest));
    if (rest === ops && !hasTimeline && !isFar) {
      this.#parts.push({ timeline: ops, first: each, files: pathsOf(each) });
      this.#list(each, 'read');
      return;
    }
    const [rowCount, restCount] = [ops.slices.length, rest?.slices.length ?? 0];
    if (isFar) this.#diagnostics.add('time_far_away', { path }, `${restCount} of its rows`, restCount);
    else if (rest !== undefined) this.#keepRest(each, rest);
    this.#list(each, 'read', { rowCount, matchedCount: rowCount - restCount });
  }

  /** Lays ops over each timeline in turn, then over what only other tables know. Returns those that none of them has. */
  #join(each: CaptureExport, ops: Timeline): Timeline | undefined {
    let rest: Timeline | undefined = ops;
    for (const part of [...this.#parts, ...this.#extras]) {
      if (rest === undefined) break;
      const join = joinOps(part.timeline, rest, joinModeOf(part.first, each));
      if (join.matchedCount === 0) continue;
      reportDisagreements(join, part.timeline, rest, this.#diagnostics);
      part.timeline = join.timeline;
      part.files.push(...pathsOf(each));
      rest = join.rest;
    }
    return rest;
  }

  #keepRest(each: CaptureExport, rest: Timeline): void {
    const { path } = each.files[0];
    const count = rest.slices.length;
    this.#diagnostics.add('ops_unmatched', { path }, `${count} of its rows`, count);
    const devices = new Set(this.#parts.flatMap(({ timeline }) => timeline.processes.map(({ device }) => device)));
    devices.delete(NONE);
    const [onlyDevice = NONE] = devices.size === 1 ? devices : [];
    const processes = rest.processes.map((process) => ({
      ...process,
      name: `${process.name}, only in ${fileName(path)}`,
      device: process.device === NONE ? onlyDevice : process.device,
    }));
    this.#extras.push({ timeline: { ...rest, processes }, first: each, files: pathsOf(each) });
  }

  async #readFacts(each: CaptureExport): Promise<void> {
    const timeline = await this.#readExport(each, this.#diagnostics);
    const known = new Set(this.#tables.map(({ kind }) => kind));
    const isDatabase = each.reader.isDatabase === true;
    const tables = timeline.tables.filter(({ kind }) => !isDatabase || !known.has(kind));
    if (isDatabase && !hasRows(timeline) && tables.length === 0) {
      this.#leaveOut(each, 'what it holds stands in the text files beside it');
      return;
    }
    this.#tables.push(...tables);
    const isAlone = this.#parts.length + this.#extras.length === 0;
    if (hasRows(timeline) && this.#parts.some((part) => isFarAway(part.timeline, timeline))) {
      this.#diagnostics.add('time_far_away', { path: each.files[0].path }, 'the whole file', timeline.counters.length);
    } else if (hasRows(timeline) || isAlone) {
      const counters = withoutIdleCounters({ ...timeline, tables: [] });
      this.#extras.push({ timeline: counters, first: each, files: pathsOf(each) });
    }
    this.#list(each, 'read');
  }

  #leaveOutOlder(each: CaptureExport): boolean {
    const isUnreadable = (other: CaptureExport): boolean => this.#unreadable.some((bad) => bad.each === other);
    const newer = newerExport(each, this.#capture, isUnreadable);
    if (newer === undefined) return false;
    this.#leaveOut(each, `an older export of ${newer.files[0].path}`);
    return true;
  }

  #leaveOut(each: CaptureExport, why: string): void {
    for (const { path } of each.files) this.#diagnostics.add('copy_skipped', { path }, why);
    this.#list(each, 'copy', undefined, why);
  }

  #list(each: CaptureExport, role: OpenedFile['role'], joined?: JoinedRows, why?: string, tool?: string): void {
    each.files.forEach((file, index) => {
      this.files.push({
        path: file.path,
        role,
        why: why ?? file.why,
        sizeBytes: file.sizeBytes,
        readerId: each.reader.id,
        confidence: file.confidence,
        part: each.reader.role,
        capture: this.#capture.home,
        joined: index === 0 ? joined : undefined,
        ...this.#surroundings,
        ...(tool === undefined ? {} : { toolVersion: tool }),
      });
    });
  }
}

/** Rows of tasks and of ops know different things; of the tasks only what nobody knows better is taken. */
function joinModeOf(base: CaptureExport, table: CaptureExport): JoinMode {
  if (table.reader.role === 'tasks') return 'complete';
  return base.reader.role === 'tasks' ? 'name' : 'describe';
}

/** Old exports lie below the device they are of. */
function deviceInPath(path: string): number | undefined {
  const device = /[\\/]device_(\d+)[\\/]/.exec(path)?.[1];
  return device === undefined ? undefined : Number(device);
}

/** Exports of one run by tools that repeat it; `first` was read, because it is the better one. */
function isCopyOf({ preference }: CaptureExport, first: CaptureExport): boolean {
  return preference !== undefined && first.preference !== undefined && first.preference < preference;
}

function knowsOps({ slices }: Timeline): boolean {
  return slices.typed.has('opType');
}

function pathsOf({ files }: CaptureExport): string[] {
  return files.map(({ path }) => path);
}

function isComparable(newer: CaptureExport, older: CaptureExport): boolean {
  return newer.newness !== undefined && older.newness !== undefined;
}

/** Times that no double holds together to the nanosecond: files of other captures, or with damaged times. */
const FAR_AWAY_NS = 52n * 86_400n * 1_000_000_000n;

function isFarAway({ originNs: a }: Timeline, { originNs: b }: Timeline): boolean {
  return a - b > FAR_AWAY_NS || b - a > FAR_AWAY_NS;
}
