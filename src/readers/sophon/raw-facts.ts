import type { Shard } from '../../timeline/index.ts';
import type { ClockWindow, Frequencies } from './clock.ts';
import type { NamedShare } from './losses.ts';

/** What was found out about a raw capture as a whole. */
export interface RawFacts {
  readonly chip: string;
  readonly frequencies: Frequencies;
  readonly named: readonly NamedShare[];
  /** Of engines that share no clock. */
  readonly engineWindows: readonly ClockWindow[];
  readonly mcuWindows: readonly McuWindow[];
  /** Cores of which nothing tells where their times belong. */
  readonly unalignedCores: readonly number[];
  /** Whether times are those of the host's clock, or count from the first record. */
  readonly hasHostClock: boolean;
  /** Operations of the whole model, as its compiler counted them; null where it says nothing. */
  readonly flops: number | null;
}

/** How sure it is where the times of a microcontroller belong. */
export interface McuWindow {
  readonly core: number;
  readonly iteration: number;
  /** null: bounded on one side only. */
  readonly widthNs: number | null;
  /** Commands that it gave or waited for and that left a record; 0: its times begin with the first record. */
  readonly pairCount: number;
}

const KEY = 'sophon';
const READER = 'sophon-raw';

export function setRawFacts(metadata: Map<string, string>, facts: RawFacts): void {
  metadata.set('chip', JSON.stringify(facts.chip));
  metadata.set(KEY, JSON.stringify(facts));
}

/** undefined for shards that no raw folder was read into. */
export function rawFactsOf({ readerId, timeline }: Pick<Shard, 'readerId' | 'timeline'>): RawFacts | undefined {
  const text = readerId === READER ? timeline.metadata.get(KEY) : undefined;
  // Only `setRawFacts` writes this of such a shard.
  return text === undefined ? undefined : (JSON.parse(text) as RawFacts);
}
