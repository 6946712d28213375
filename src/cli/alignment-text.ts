import { type Alignment, type AlignMethod, hasOwnClock, type Run } from '../timeline/index.ts';
import { formatCounted, formatDuration } from '../report/format.ts';
import { formatTable } from '../report/text/table.ts';
import { styled, visible } from '../report/text/style.ts';

const RESTS_ON: Record<AlignMethod, string> = {
  clock: 'ranks count by their clocks',
  start: 'the first step that all ranks have, or their first device op, starts at one time',
  collective: 'a collective ends at one time on all its ranks',
  none: 'every rank counts from its own first event',
};

const OWN_CLOCKS =
  '         captures without a clock of the host begin together; those of one device follow one another, without a pause';

/** Which times of different ranks may be compared, and how well. Nothing where there is one clock only. */
export function describeAlignment({ alignment, shards }: Pick<Run, 'alignment' | 'shards'>): string[] {
  if (alignment === undefined) return [];
  const { method, shifts, residual } = alignment;
  const lines = [`${styled('align', 'bold')}    ${method}: ${RESTS_ON[method]}`];
  if (residual !== undefined) {
    const { count, medianNs, maxNs } = residual;
    const spread = `${formatDuration(medianNs)} apart (median), ${formatDuration(maxNs)} at most`;
    lines.push(`         ${formatCounted(count, 'collective')} of several ranks: first and last end are ${spread}`);
  }
  const hasOwn = method === 'clock' && shards.some(({ timeline }) => hasOwnClock(timeline));
  if (hasOwn) lines.push(OWN_CLOCKS);
  return method === 'clock' && !hasOwn ? lines : [...lines, '', ...shiftTable(shifts)];
}

function shiftTable(shifts: Alignment['shifts']): string[] {
  const rows = shifts.map(({ name, shiftNs, sharedCollectives }) => {
    const sign = shiftNs < 0n ? '-' : shiftNs > 0n ? '+' : '';
    return [visible(name), `${sign}${formatDuration(Math.abs(Number(shiftNs)))}`, sharedCollectives];
  });
  const [titles, ...body] = formatTable(['rank', 'moved by', 'shared collectives'], rows);
  return [styled(titles, 'bold'), ...body];
}
