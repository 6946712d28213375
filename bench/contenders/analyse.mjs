// All analyses of a run in memory: `node analyse.mjs <tasks>`. Making the run is not measured.
import { argv, stdout } from 'node:process';
import { analyseRun, combinationsOf, topOps } from '../../dist/index.js';
import { generatedRun } from './generated-run.mjs';

const taskCount = Number(argv[2]);
const run = await generatedRun(taskCount);
globalThis.gc();

const tookMs = {};
const analysis = await timed('analyseRun', () => analyseRun(run));
const groups = await timed('topOps', () => topOps(analysis, { by: 'type', limit: 10 }));
const combinations = await timed('combinations', () => analysis.devices.map(combinationsOf));

const counted = analysis.devices.reduce((sum, { tasks }) => sum + tasks.length, 0);
if (counted !== taskCount) throw new Error(`${counted} tasks, expected ${taskCount}`);
if (groups.length === 0 || combinations.length === 0) throw new Error('nothing was found');
stdout.write(`${JSON.stringify(tookMs)}\n`);

async function timed(part, work) {
  const startedMs = performance.now();
  const result = await work();
  tookMs[part] = performance.now() - startedMs;
  return result;
}
