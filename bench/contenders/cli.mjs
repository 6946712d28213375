// The command line from the start of the process to its end.
import { statSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { inputPath, outputPath, peakRss, report } from './measure.mjs';

const program = new URL('../../dist/cli.js', import.meta.url);
process.argv = [process.execPath, fileURLToPath(program), inputPath, '-o', outputPath];
process.on('exit', () => {
  // Counted from the start of the process.
  const tookMs = performance.now();
  if (!process.exitCode) report({ tookMs, peakRssBytes: peakRss(), outputBytes: statSync(outputPath).size });
});
await import(program.href);
