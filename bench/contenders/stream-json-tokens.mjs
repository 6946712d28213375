// stream-json's tokens alone: no event is put together, only phases are looked at.
import { measure } from './measure.mjs';
import { PhaseCounts } from './phase-counts.mjs';
import { tokensInBlocks } from './stream-json-input.mjs';

/** Depth of an event's members: in the root array and the event. */
const MEMBER_DEPTH = 2;

await measure(
  () => {
    const counts = new PhaseCounts();
    let depth = 0;
    let isPhase = false;
    for (const tokens of tokensInBlocks()) {
      for (let i = 0; i < tokens.length; i++) {
        const { name, value } = tokens[i];
        switch (name) {
          case 'startArray':
          case 'startObject':
            depth++;
            break;
          case 'endArray':
          case 'endObject':
            depth--;
            break;
          case 'keyValue':
            isPhase = depth === MEMBER_DEPTH && value === 'ph';
            break;
          case 'stringValue':
            if (isPhase) counts.add(value);
            break;
        }
      }
    }
    return counts;
  },
  (counts) => ({ counts }),
);
