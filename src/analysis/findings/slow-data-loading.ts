/**
 * The host waits for the next batch of data.
 *
 * Stake: the idle time that ends with such a call, as host-calls.ts says.
 */
import { hostCallRule } from './host-calls.ts';

export const slowDataLoading = hostCallRule({
  names: /^enumerate\(DataLoader\)|DataLoaderIter\S*__next__$|^dataloader$/,
  // What the vendor's advisor calls slow.
  leastNs: 10_000_000,
  effect: 'stops-thread',
  onAnyThread: true,
  confidence: 0.9,
});
