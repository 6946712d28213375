// JSON.parse of event-aligned chunks; the third argument is their size.
import { argv } from 'node:process';
import { eventsInChunks } from './json-chunks.mjs';
import { inputPath, measure } from './measure.mjs';
import { PhaseCounts } from './phase-counts.mjs';

await measure(
  () => {
    const counts = new PhaseCounts();
    for (const events of eventsInChunks(inputPath, Number(argv[4]))) for (const { ph } of events) counts.add(ph);
    return counts;
  },
  (counts) => ({ counts }),
);
