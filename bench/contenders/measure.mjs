// What every contender does the same way: it is started as `node <contender>.mjs <input> [<output>]`, times its own
// work, and prints one line of JSON with what it took and what it counted. The runner compares the counts.
import { readFileSync } from 'node:fs';
import { argv, resourceUsage, stdout } from 'node:process';

export const [inputPath, outputPath] = argv.slice(2);

/** Times `work`; `describe` turns its result into counts afterwards, when neither time nor memory counts any more. */
export async function measure(work, describe) {
  const startedMs = performance.now();
  const result = await work();
  const tookMs = performance.now() - startedMs;
  const peakRssBytes = peakRss();
  report({ tookMs, peakRssBytes, ...(await describe(result)) });
}

/** `peakRssBytes` is left out where the process also holds what was prepared beforehand. */
export function report({ tookMs, peakRssBytes, outputBytes, counts }) {
  stdout.write(`${JSON.stringify({ tookMs, peakRssBytes, outputBytes, counts })}\n`);
}

/** Linux hands a new program the peak of the process that started it; its own peak stands in /proc. */
export function peakRss() {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))[1]) * 1024;
  } catch {
    return resourceUsage().maxRSS * 1024;
  }
}
