// Our reader, and then every args object parsed.
import { parseJson } from '../../dist/bytes/index.js';
import { measure } from './measure.mjs';
import { countRun, openInput } from './open-input.mjs';

const BLOCK_ROWS = 1 << 15;

await measure(
  async () => {
    const run = await openInput();
    let members = 0;
    for (const { timeline } of run.shards) members += await parseArgs(timeline);
    if (members === 0) throw new Error('no slice has args');
    return run;
  },
  (run) => ({ counts: countRun(run) }),
);

async function parseArgs({ slices, args }) {
  let members = 0;
  for (let first = 0; first < slices.length; first += BLOCK_ROWS) {
    const rows = Uint32Array.from({ length: Math.min(BLOCK_ROWS, slices.length - first) }, (_, i) => first + i);
    const { bytes, from } = await args.block(slices, rows);
    for (let i = 0; i < rows.length; i++) {
      if (from[i] < from[i + 1]) members += parseJson(bytes, from[i], from[i + 1]).size;
    }
  }
  return members;
}
