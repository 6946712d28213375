// Window queries of a run in memory, in random places at all zooms: `node window.mjs <slices>`. Making the run is not measured.
import { argv, memoryUsage, stdout } from 'node:process';
import { Diagnostics } from '../../dist/index.js';
import { ViewedRun } from '../../dist/session/requests/viewed-run.js';
import { window } from '../../dist/session/requests/window.js';
import { generatedTracks, TRACK_COUNT } from './generated-tracks.mjs';

const QUERY_COUNT = 2000;
const VISIBLE_TRACKS = 40;
const COLUMN_COUNT = 1280;

const run = await generatedTracks(Number(argv[2]));
const facts = { tool: { name: 'bench', version: '' }, inputs: [], diagnostics: new Diagnostics() };
const viewed = new ViewedRun('generated', run, facts);
globalThis.gc();
const runBytes = usedBytes();

let seed = 20261121;
const whole = { startNs: 0, endNs: run.endNs };
const [firstMs] = ask(whole, 0);
const allMs = [];
const wholeMs = [];
for (let i = 0; i < QUERY_COUNT; i++) {
  const firstTrack = Math.floor(random() * (TRACK_COUNT - VISIBLE_TRACKS + 1));
  const [ms, found] = ask(randomWindow(), firstTrack);
  if (found === 0) throw new Error('a window shows nothing');
  allMs.push(ms);
  wholeMs.push(ask(whole, firstTrack)[0]);
}
globalThis.gc();
const extraBytes = usedBytes() - runBytes;
stdout.write(`${JSON.stringify({ firstMs, allMs, wholeMs, runBytes, extraBytes })}\n`);

/** How long it took, and how many columns show a slice. */
function ask({ startNs, endNs }, firstTrack) {
  const tracks = Array.from({ length: VISIBLE_TRACKS }, (_, i) => firstTrack + i);
  const startedMs = performance.now();
  const { columns } = window(viewed, { startNs, endNs, columnCount: COLUMN_COUNT, tracks, colourBy: 'kind' });
  const tookMs = performance.now() - startedMs;
  return [tookMs, columns.slice.reduce((sum, slice) => sum + (slice < 0 ? 0 : 1), 0)];
}

/** From the whole run down to columns of 1 ns: each zoom is as likely as any other. */
function randomWindow() {
  const spanNs = Math.round(COLUMN_COUNT * (run.endNs / COLUMN_COUNT) ** random());
  const startNs = Math.floor(random() * (run.endNs - spanNs));
  return { startNs, endNs: startNs + spanNs };
}

function usedBytes() {
  const { heapUsed, arrayBuffers } = memoryUsage();
  return heapUsed + arrayBuffers;
}

function random() {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
}
