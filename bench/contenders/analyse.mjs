// All analyses of a run in memory: `node analyse.mjs <tasks> marked|unmarked`. Making the run is not measured.
import { argv, stdout } from 'node:process';
import {
  analyseRun,
  combinationsOf,
  criticalPath,
  findings,
  groupBubbles,
  phaseFigures,
  rankFigures,
  stepFigures,
  topBubbles,
  topOps,
} from '../../dist/index.js';
import { generatedRun } from './generated-run.mjs';

const taskCount = Number(argv[2]);
const source = argv[3] === 'marked' ? 'profiler-step' : 'repetition';
const run = await generatedRun(taskCount, argv[3] === 'marked');
globalThis.gc();

const took = {};
// Tasks, busy and idle time, steps and bubbles.
const analysis = await timed('analyseRun', () => analyseRun(run));
const { devices } = analysis;
const ops = await timed('topOps', () => topOps(analysis, { by: 'type', limit: 10 }));
const combinations = await timed('overlap', () => devices.map(combinationsOf));
const bubbles = await timed('bubbles', () => [groupBubbles(devices, 'device'), topBubbles(devices, 'device', 10)]);
const steps = await timed('steps', () => [devices.flatMap(stepFigures), phaseFigures(analysis)]);
const ranks = await timed('ranks', () => rankFigures(analysis));
await timed('findings', () => findings(analysis));
const [device] = devices;
const path = await timed('criticalPath', () => criticalPath(analysis, device, middleOf(device.steps.steps)));

const counted = devices.reduce((sum, { tasks }) => sum + tasks.length, 0);
if (counted !== taskCount) throw new Error(`${counted} tasks, expected ${taskCount}`);
if (devices[0].steps.source !== source) throw new Error(`steps by ${devices[0].steps.source}, expected ${source}`);
if ([ops, combinations, ...bubbles, ...steps, ranks.steps, path.segments].some(({ length }) => length === 0))
  throw new Error('nothing was found');
stdout.write(`${JSON.stringify(took)}\n`);

function middleOf(all) {
  return all[Math.floor(all.length / 2)];
}

async function timed(part, work) {
  const startedCpu = process.cpuUsage();
  const startedMs = performance.now();
  const result = await work();
  const wallMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(startedCpu);
  took[part] = { wallMs, cpuMs: (user + system) / 1000 };
  return result;
}
