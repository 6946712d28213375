import { LineScanner } from '../../../bytes/index.ts';
import { readingFiles, refusal } from '../load-files.ts';
import { PrintedResults } from './printed-results.ts';

const EXPECTED = 'the printed result of a benchmark, as "Request throughput (req/s): 4.72" or "TPS: 31.5"';

/** Reads logs line by line. */
export const loadResultText = readingFiles(async (source, diagnostics, onRead) => {
  const results = new PrintedResults(source.path, diagnostics);
  const decoder = new TextDecoder();
  const scanner = new LineScanner({
    line: (buffer, from, to, offset) => {
      results.line(decoder.decode(buffer.subarray(from, to)), offset);
    },
    lineTooLong: (offset) => {
      diagnostics.add('part_ignored', { path: source.path, offset }, 'a line of more than 1 MiB');
    },
  });
  let readBytes = 0;
  for await (const chunk of source.stream()) {
    scanner.feed(chunk);
    readBytes += chunk.length;
    onRead(readBytes);
  }
  scanner.end();
  const all = results.finish(source.sizeBytes);
  if (all.length === 0) throw refusal(source, 0, EXPECTED, await source.slice(0, Math.min(source.sizeBytes, 100)));
  return all;
});
