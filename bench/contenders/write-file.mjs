// Our reader and one of our writers to a file; the third argument is the writer's id.
import { argv } from 'node:process';
import { Diagnostics, writeOutput, writers } from '../../dist/index.js';
import { measure, outputPath } from './measure.mjs';
import { openInput } from './open-input.mjs';

await measure(
  async () => {
    const run = await openInput();
    const write = await writers.get(argv[4]).load();
    return writeOutput(outputPath, (output) => write(run, output, new Diagnostics(), { absoluteTime: false }));
  },
  (outputBytes) => ({ outputBytes }),
);
