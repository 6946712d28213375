/**
 * Events of bigTpuProfile's parser as JSON: `{"schema_version": 1, "arch", "source", "events": [...]}`, times in ns. Known
 * from a public program that writes them; no such file has been seen.
 * Read: every event as a slice, its bandwidth as a counter, its fields as args. Ignored: nothing.
 * Odd rules: the TIU is called bdc; where no function has a name, the opcode is one.
 */
import type { Reader } from '../../reader.ts';
import { headText } from '../../trace-events/sniff.ts';

export const sophonResultJson: Reader = {
  id: 'sophon-result-json',
  vendor: 'Sophon',
  label: 'Sophon engine events JSON',
  role: 'timeline',
  sniff(_path, head) {
    const text = headText(head);
    const isOurs =
      /^\s*\{/.test(text.slice(0, 100)) &&
      /"schema_version"\s*:/.test(text) &&
      /"events"\s*:\s*\[/.test(text) &&
      /"engine"\s*:\s*"(bdc|gdma|sdma|cdma)"/.test(text);
    return isOurs
      ? { confidence: 3, why: 'a document with events of engines' }
      : { confidence: 0, why: 'no document with events of engines' };
  },
  load: async () => (await import('./json-load.ts')).loadResultJson,
};
