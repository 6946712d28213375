// Window queries of a run in memory, in random places at all zooms: `node window.mjs <slices>`. Making the run is not measured.
import { argv, memoryUsage, stdout } from 'node:process';
import { Diagnostics } from '../../dist/index.js';
import { ViewedRun } from '../../dist/session/requests/viewed-run.js';
import { window } from '../../dist/session/requests/window.js';
import { generatedTracks, TRACK_COUNT } from './generated-tracks.mjs';
import { COLUMN_COUNT, RandomWindows, tracksFrom, VISIBLE_TRACKS } from './random-windows.mjs';

const QUERY_COUNT = 2000;
const WHOLE_COUNT = 100;

/** Rows of slices are held in the memory of compiled code, which is in no figure of Node. */
const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = function (...words) {
  const instance = new Instance(...words);
  memories.push(instance.exports.memory);
  return instance;
};

const run = await generatedTracks(Number(argv[2]));
const facts = { tool: { name: 'bench', version: '' }, inputs: [], diagnostics: new Diagnostics() };
const viewed = new ViewedRun('generated', run, facts);
globalThis.gc();
const runBytes = usedBytes();

const windows = new RandomWindows(run.endNs);
const whole = { startNs: 0, endNs: run.endNs };
const first = ask(whole, tracksFrom(0));
ask(whole, tracksFrom(TRACK_COUNT - VISIBLE_TRACKS));
if (first.isEmpty) throw new Error('nothing is drawn of the whole run');
globalThis.gc();
const detailBytes = usedBytes() - runBytes;
const random = times(QUERY_COUNT, () => windows.next());
const wholeRun = times(WHOLE_COUNT, () => whole);
const { trackCount, rowCount, columnCount } = first;
stdout.write(
  `${JSON.stringify({ trackCount, rowCount, columnCount, runEndNs: run.endNs, first: first.took, random, wholeRun, runBytes, detailBytes })}\n`,
);

function times(count, nextWindow) {
  return Array.from({ length: count }, () => ask(nextWindow(), windows.tracks()).took);
}

function ask({ startNs, endNs }, tracks) {
  const startedCpu = process.cpuUsage();
  const startedMs = performance.now();
  const { json, columns } = window(viewed, { startNs, endNs, columnCount: COLUMN_COUNT, tracks, colourBy: 'kind' });
  const wallMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(startedCpu);
  const rowCount = json.rowCounts.reduce((sum, count) => sum + count, 0);
  const took = { wallMs, cpuMs: (user + system) / 1000 };
  const isEmpty = columns.slice.every((slice) => slice < 0);
  return { took, isEmpty, trackCount: VISIBLE_TRACKS, rowCount, columnCount: COLUMN_COUNT };
}

function usedBytes() {
  const { heapUsed, arrayBuffers } = memoryUsage();
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, heapUsed + arrayBuffers);
}
