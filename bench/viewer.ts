/**
 * What somebody waits for in the viewer, with 10 M slices on 64 tracks: windows of the timeline in this process, over HTTP
 * and in the worker of a saved page, and in a browser without a GPU, 1280x720, the first picture, gestures and clicks. Goals
 * are for a machine that does nothing else.
 *
 *   npm run bench:viewer
 *   npm run bench:viewer -- --slices 1000000
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Click, measureClicks } from './browser/clicks.ts';
import { type GestureFrames, measureGestures, printGestures } from './browser/frames.ts';
import { openBrowser, openPage, serveRun, whenSharp } from './browser/open-page.ts';
import { measureWindows, type WindowTimes } from './browser/windows.ts';
import { quantile } from './quantile.ts';
import { scriptOutput } from './run-contender.ts';

const { values } = parseArgs({ options: { slices: { type: 'string', default: '10000000' } } });
const sliceCount = Number(values.slices);
if (!Number.isInteger(sliceCount) || sliceCount < 1) throw new Error(`--slices ${values.slices}: expected a number`);

interface Took {
  readonly wallMs: number;
  readonly cpuMs: number;
}
interface Windows {
  readonly trackCount: number;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly runEndNs: number;
  /** Of the whole run, when nothing has been asked before. */
  readonly first: Took;
  readonly random: readonly Took[];
  readonly wholeRun: readonly Took[];
  readonly runBytes: number;
  readonly detailBytes: number;
}
/** What a page says of itself. */
interface Paged {
  readonly firstPictureMs: number;
  readonly windows: WindowTimes;
  readonly gestures: readonly GestureFrames[];
  readonly clicks: readonly Click[];
}

console.log(`Node ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}`);
printLoad();
const found: Windows = JSON.parse(await scriptOutput('window.mjs', [`${sliceCount}`]));
printWindows(found);
const browser = await openBrowser();
console.log(`\nChromium ${browser.version()}, software rendering, 1280x720`);
const served = await benchServed(found.runEndNs);
printLoad();
const saved = await benchSaved(found.runEndNs);
await browser.close();
printLoad();
printGoals();

async function benchServed(runEndNs: number): Promise<Paged> {
  const { url, preparedMs, stop } = await serveRun(sliceCount);
  console.log(`the server worked out what pages ask for first in ${preparedMs.toFixed(0)} ms (a part of loading)`);
  try {
    const page = await openPage(browser, url);
    const firstPictureMs = await whenSharp(page);
    const gestures = await measureGestures(page, runEndNs);
    printGestures('served', gestures);
    const clicks = await measureClicks(page, runEndNs);
    const windows = await measureWindows(page, runEndNs);
    await page.context().close();
    return { firstPictureMs, windows, gestures, clicks };
  } finally {
    stop();
  }
}

async function benchSaved(runEndNs: number): Promise<Paged> {
  const folder = mkdtempSync(join(tmpdir(), 'traceconv-bench-'));
  try {
    const path = join(folder, 'run.html');
    await scriptOutput('generated-view.mjs', [`${sliceCount}`, path]);
    const page = await openPage(browser, pathToFileURL(path).href);
    const firstPictureMs = (await whenSharp(page)) - (await page.evaluate<number>('probe.readyMs'));
    const gestures = await measureGestures(page, runEndNs);
    printGestures('in a saved page', gestures);
    const clicks = await measureClicks(page, runEndNs);
    const windows = await measureWindows(page, runEndNs);
    await page.context().close();
    return { firstPictureMs, windows, gestures, clicks };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function printWindows(found: Windows): void {
  const { trackCount, rowCount, columnCount, first, random, wholeRun } = found;
  console.log(
    `\nwindow: ${sliceCount / 1e6} M slices, ${trackCount} tracks in view (${rowCount} rows at first), ${columnCount} columns`,
  );
  console.log(`${''.padEnd(28)}${['wall ms', 'processor ms'].map((head) => head.padStart(14)).join('')}`);
  print('first query', first);
  for (const [name, took] of [['random windows', random] as const, ['the whole run', wholeRun] as const]) {
    print(`${name}, p50`, quantileOf(took, 0.5));
    print(`${name}, p99`, quantileOf(took, 0.99));
  }
  console.log(`memory: the run ${megabytes(found.runBytes)}, beside it ${megabytes(found.detailBytes)}`);
}

function print(what: string, { wallMs, cpuMs }: Took): void {
  console.log(`${what.padEnd(28)}${[wallMs, cpuMs].map((ms) => ms.toFixed(2).padStart(14)).join('')}`);
}

/** Of each kind of time by itself: on a busy machine that of the processor says more. */
function quantileOf(took: readonly Took[], share: number): Took {
  const of = (key: keyof Took): number =>
    quantile(
      took.map((each) => each[key]),
      share,
    );
  return { wallMs: of('wallMs'), cpuMs: of('cpuMs') };
}

function printGoals(): void {
  const p99 = (ms: readonly number[]): number => quantile(ms, 0.99);
  const p95 = (ms: readonly number[]): number => quantile(ms, 0.95);
  const rows: [what: string, goalMs: number | undefined, measuredMs: number][] = [
    ['window query in Node, p99', 10, quantileOf(found.random, 0.99).wallMs],
    ['window query over HTTP as the page sees it, p99', undefined, p99(served.windows.pageMs)],
    ['window query in the worker as the page sees it, p99', 20, p99(saved.windows.pageMs)],
    ['... of it inside the worker, p99', undefined, p99(saved.windows.workerMs)],
    ['first picture, from navigation on', 1500, served.firstPictureMs],
    ['first picture of a saved page, once its run is open', 1500, saved.firstPictureMs],
  ];
  for (const [where, { gestures, clicks }] of [
    ['served', served],
    ['saved', saved],
  ] as const) {
    const worst = Math.max(...gestures.map(({ frameMs }) => p95(frameMs)));
    const stored = clicks.map(({ storedMs }) => storedMs);
    const outlined = clicks.map(({ outlinedMs }) => outlinedMs);
    rows.push(
      [`${where}: frame of all gestures, p95`, 20, p95(gestures.flatMap(({ frameMs }) => frameMs))],
      [`${where}: frame of the slowest gesture, p95`, 20, worst],
      [`${where}: click until its slice is selected, p95 of ${clicks.length}`, 16, p95(stored)],
      [`${where}: click until the outline is drawn, p95`, undefined, p95(outlined)],
    );
  }
  console.log(`\n${'must reach'.padEnd(56)}${['goal', 'measured', ''].map((head) => head.padStart(12)).join('')}`);
  for (const [what, goalMs, measuredMs] of rows) {
    const goal = goalMs === undefined ? '' : `< ${goalMs} ms`;
    const verdict = goalMs === undefined ? '' : measuredMs < goalMs ? 'OK' : 'SHORT';
    const cells = [goal, `${measuredMs.toFixed(1)} ms`, verdict];
    console.log(`${what.padEnd(56)}${cells.map((cell) => cell.padStart(12)).join('')}`);
  }
}

function printLoad(): void {
  console.log(`load ${loadavg()[0].toFixed(2)}`);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
