// One of our writers alone, into nothing; the third argument is its id. Args come from the input file, as always.
import { argv } from 'node:process';
import { Diagnostics, writers } from '../../dist/index.js';
import { report } from './measure.mjs';
import { openInput } from './open-input.mjs';
import { outputCounter } from './output-counts.mjs';

const writerId = argv[4];
const run = await openInput();
const write = await writers.get(writerId).load();
globalThis.gc();
let outputBytes = 0;
const nowhere = {
  write: async (bytes) => {
    outputBytes += bytes.length;
  },
};
const startedMs = performance.now();
await write(run, nowhere, new Diagnostics(), { absoluteTime: false });
const tookMs = performance.now() - startedMs;

const counter = outputCounter(writerId);
const counted = {
  write: async (bytes) => {
    counter.write(bytes);
  },
};
await write(run, counted, new Diagnostics(), { absoluteTime: false });
report({ tookMs, outputBytes, counts: counter.counts });
