import { type RawFacts, rawFactsOf } from '../readers/sophon/raw-facts.ts';
import { formatCount, formatCounted, formatDuration } from '../report/format.ts';
import { styled, visible } from '../report/text/style.ts';
import type { Run } from '../timeline/index.ts';

/** How fast the engines of Sophon chips count, how many of their records have a name, and how sure their clocks are. */
export function describeEngines({ shards }: Run): string[] {
  return shards.flatMap((shard) => {
    const facts = rawFactsOf(shard);
    if (facts === undefined) return [];
    const { chip, frequencies } = facts;
    const title = `${styled('engines', 'bold')}  ${visible(chip)}, TIU ${frequencies.tiuMhz} MHz, memory ${frequencies.dmaMhz} MHz`;
    return [title, ...[...namedLines(facts), ...clockLines(facts)].map((line) => `         ${line}`)];
  });
}

function namedLines({ named }: RawFacts): string[] {
  return named.map(({ engine, core, recordCount, namedCount, unknownCount, lostCount }) => {
    const place = engine === 'cdma' ? `CDMA ${core}` : `core ${core} ${engine.toUpperCase()}`;
    const runtimeCount = recordCount - namedCount - unknownCount;
    return [
      `${place}: ${formatCounted(recordCount, 'record')}, ${formatCount(namedCount)} with a name`,
      ...(runtimeCount > 0 ? [`${formatCount(runtimeCount)} of the runtime`] : []),
      ...(unknownCount > 0 ? [`${formatCount(unknownCount)} unknown`] : []),
      ...(lostCount > 0 ? [`${formatCounted(lostCount, 'command')} without a record`] : []),
    ].join(', ');
  });
}

function clockLines({ engineWindows, mcuWindows, unalignedCores, hasHostClock }: RawFacts): string[] {
  const engines = engineWindows.map(({ core, iteration, earliestNs, latestNs, pairCount }) => {
    const width = earliestNs === null || latestNs === null ? null : latestNs - earliestNs;
    const what = `core ${core}, iteration ${iteration}: the clock of the TIU was brought to that of the GDMA`;
    return `${what} by ${formatCounted(pairCount, 'wait')} of one for the other; ${certainty(width)}`;
  });
  const mcus = mcuWindows.map(({ core, iteration, widthNs, pairCount }) => {
    const what = `core ${core}, iteration ${iteration}: the clock of the microcontroller`;
    if (pairCount === 0) return `${what} has nothing in common with its engines; it begins with their first record`;
    return `${what} was brought to its engines' by ${formatCounted(pairCount, 'command')} that it gave or waited for; ${certainty(widthNs)}`;
  });
  const cores = unalignedCores.map(
    (core) =>
      `core ${core}: nothing tells where its clocks belong; its engines begin with the first record of the others`,
  );
  const origin = hasHostClock ? [] : ['no clock of the host: times count from the first record'];
  return [...engines, ...mcus, ...cores, ...origin];
}

function certainty(widthNs: number | null): string {
  if (widthNs === null) return 'they bound it on one side only';
  // Cycles need not be whole nanoseconds.
  const wholeNs = Math.ceil(widthNs - 0.001);
  if (wholeNs < 0) return `no place suits all, by ${formatDuration(-wholeNs)}`;
  return `it may be off by ${formatDuration(wholeNs)} at most`;
}
