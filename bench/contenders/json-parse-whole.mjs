// JSON.parse of the whole file at once. V8 holds no string of 512 MB.
import { isAscii } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { inputPath, measure } from './measure.mjs';
import { PhaseCounts } from './phase-counts.mjs';

await measure(
  () => {
    const counts = new PhaseCounts();
    const bytes = readFileSync(inputPath);
    for (const { ph } of JSON.parse(isAscii(bytes) ? bytes.latin1Slice() : bytes.utf8Slice())) counts.add(ph);
    return counts;
  },
  (counts) => ({ counts }),
);
