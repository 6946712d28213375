import { LineScanner } from '../../bytes/index.ts';
import { sampleLine, seriesKey, typeComment } from './sample-line.ts';
import { isRead } from './vllm-names.ts';

const [LINE_FEED, HASH] = [0x0a, 0x23];

interface StampedPage {
  /** The samples that were kept, each with the time, as lines. */
  readonly text: string;
  readonly keptCount: number;
  /** All samples of the page. */
  readonly sampleCount: number;
  /** Lines that are no samples, and neither comments nor empty. */
  readonly unreadCount: number;
  /** The last line has no end: its number may be a part of one. */
  readonly isCut: boolean;
}

/**
 * Writes the samples of a page as they stand there, with the time at the end of each line, as the format has it. `keeps`: by
 * their names; else those that are read here. `saidTypes`: names whose types a recording has said; they are said once.
 */
export function stampedPage(
  body: Uint8Array,
  timeMs: number,
  saidTypes: Set<string>,
  keeps: (name: string) => boolean = isRead,
): StampedPage {
  const decoder = new TextDecoder();
  const lines: string[] = [];
  let [keptCount, sampleCount, unreadCount] = [0, 0, 0];
  const line = (buffer: Uint8Array, from: number, to: number): void => {
    if (buffer[from] === HASH) {
      const text = decoder.decode(buffer.subarray(from, to));
      const name = typeComment(text)?.name;
      if (name === undefined || !keeps(name) || saidTypes.has(name)) return;
      saidTypes.add(name);
      lines.push(text);
      return;
    }
    const sample = sampleLine(buffer, from, to);
    if (sample === undefined) {
      if (decoder.decode(buffer.subarray(from, to)).trim() !== '') unreadCount++;
      return;
    }
    sampleCount++;
    const key = decoder.decode(buffer.subarray(from, sample.keyTo));
    if (!keeps(seriesKey(key)?.name ?? '')) return;
    keptCount++;
    const [value] = decoder.decode(buffer.subarray(sample.keyTo, to)).trim().split(/\s/, 1);
    lines.push(`${key} ${value} ${timeMs}`);
  };
  const scanner = new LineScanner({ line, lineTooLong: () => unreadCount++ });
  scanner.feed(body);
  scanner.end();
  const tail = body.subarray(body.lastIndexOf(LINE_FEED) + 1);
  const isCut = tail.length > 0 && tail[0] !== HASH;
  return { text: lines.map((each) => `${each}\n`).join(''), keptCount, sampleCount, unreadCount, isCut };
}
