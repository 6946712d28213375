// stream-json, every event assembled with its values.
import { Assembler } from 'stream-json/core/assembler.js';
import { measure } from './measure.mjs';
import { PhaseCounts } from './phase-counts.mjs';
import { tokensInBlocks } from './stream-json-input.mjs';

/** Below the root array and the event lie only its values. */
const ARRAY_DEPTH = 1;

await measure(
  () => {
    const counts = new PhaseCounts();
    const assembler = new Assembler();
    for (const tokens of tokensInBlocks()) {
      for (let i = 0; i < tokens.length; i++) {
        const { name, value } = tokens[i];
        assembler[name]?.(value);
        if (name === 'endObject' && assembler.depth === ARRAY_DEPTH) counts.add(assembler.current.pop().ph);
      }
    }
    return counts;
  },
  (counts) => ({ counts }),
);
