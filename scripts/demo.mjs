// Converts the project's own Ascend fixture through the built library and shows what came out. Run it with
// `npm run demo`, which sets everything up first.
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cwd, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { analyseRun, countRows, Diagnostics, NodeHost, openRun, topOps, writeOutput, writers } from '../dist/index.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CAPTURE = join(ROOT, 'fixtures', 'ascend-msprof-json', 'decode-2026');
const OUTPUTS = [
  ['demo.json', 'chrome-json', 'chrome://tracing or https://ui.perfetto.dev (Open trace file)'],
  ['demo.pftrace', 'perfetto', 'https://ui.perfetto.dev (Open trace file)'],
];

const host = new NodeHost();
const diagnostics = new Diagnostics();
const { run, files, readBytes } = await openRun([CAPTURE], host, {}, diagnostics);
const { events, slices } = countRows(run);

say('Read an LLM decode run on two Ascend NPUs, as msprof exported it:');
for (const { path, role, rank } of files) if (role === 'read') say(`  rank ${rank}: ${shown(path)}`);
say(`  ${count(readBytes)} bytes, ${count(events)} events, ${count(slices)} slices, ${milliseconds(run.endNs)} ms`);
for (const { message, count: found } of diagnostics.list()) say(`  ${message}: ${count(found)}`);

say('\nThe ten ops with the most time on the devices:');
say(row('op', 'count', 'total ms', 'mean µs', 'share'));
const ops = await topOps(analyseRun(run), { by: 'name', limit: 10 });
for (const { key, count: times, totalNs, meanNs, shareOfBusy } of ops) {
  say(row(key, count(times), milliseconds(totalNs), (meanNs / 1e3).toFixed(3), `${(shareOfBusy * 100).toFixed(1)}%`));
}

say('\nWritten:');
mkdirSync(join(ROOT, 'out'), { recursive: true });
for (const [name, format, viewer] of OUTPUTS) {
  const path = join(ROOT, 'out', name);
  const write = await writers.get(format).load();
  const bytes = await writeOutput(path, (output) => write(run, output, diagnostics, { absoluteTime: false }));
  say(`  ${shown(path)} (${count(bytes)} bytes): open it in ${viewer}`);
}
await host.close();

function row(name, ...numbers) {
  return `  ${clipped(name).padEnd(48)}${numbers.map((each) => each.padStart(11)).join('')}`;
}

function clipped(name) {
  return name.length > 47 ? `${name.slice(0, 46)}…` : name;
}

function count(number) {
  return number.toLocaleString('en-US');
}

function milliseconds(ns) {
  return (ns / 1e6).toFixed(3);
}

function shown(path) {
  return relative(cwd(), path) || path;
}

function say(line) {
  stdout.write(`${line}\n`);
}
