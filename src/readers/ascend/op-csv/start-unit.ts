import { type CsvRow, CsvScanner } from '../../../bytes/index.ts';
import { type OpHeader, opHeader, WAIT_COLUMN } from './columns.ts';
import { OpCells } from './op-row.ts';

/** Whole numbers of so many digits are nanoseconds of the Unix epoch whatever else is said. */
const EPOCH_NS = 1e18;
/** From one start to the next it is 1 times what the row says in microseconds, 1000 times in nanoseconds. */
const BETWEEN_UNITS = 30;

/**
 * Whether starts are in nanoseconds, told from the beginning of a table. Columns have a unit in their name since 2023;
 * before, they held microseconds or nanoseconds, of the epoch or since the machine was started. Durations and waits always
 * were microseconds, and from one start to the next it is a duration and a wait.
 */
export function startsInNs(head: Uint8Array): boolean {
  const steps: { start: number; stepUs: number }[] = [];
  let header: OpHeader | undefined;
  let wait = -1;
  const cells = new OpCells();
  const scanner = new CsvScanner({
    row: (row: CsvRow) => {
      if (header === undefined) {
        const names = row.texts();
        header = opHeader(names);
        wait = names.findIndex((name) => WAIT_COLUMN.includes(name));
        return;
      }
      cells.look(row, header);
      const numberAt = (cell: number): number => (cells.has(cell) ? Number(cells.text(cell)) : Number.NaN);
      steps.push({ start: numberAt(header.start), stepUs: numberAt(header.duration) });
      if (steps.length > 1) steps[steps.length - 2].stepUs += numberAt(wait);
    },
    quoteNotClosed: () => undefined,
  });
  scanner.feed(head);
  scanner.end();
  if (header === undefined || /\(us\)/.test(header.names[header.start])) return false;
  if (steps.length > 0 && steps[0].start >= EPOCH_NS) return true;
  const ratios = steps.flatMap(({ start, stepUs }, i) =>
    i + 1 < steps.length && stepUs > 0 ? [(steps[i + 1].start - start) / stepUs] : [],
  );
  const usable = ratios.filter((ratio) => ratio > 0).sort((a, b) => a - b);
  return usable.length > 0 && usable[usable.length >> 1] > BETWEEN_UNITS;
}
