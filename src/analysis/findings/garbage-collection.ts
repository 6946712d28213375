/**
 * Python's garbage collector stops the thread that launches.
 *
 * Stake: the idle time that ends with a collection, as host-calls.ts says.
 */
import { hostCallRule } from './host-calls.ts';

export const garbageCollection = hostCallRule({
  names: /^(Python )?GC$|^gc\.collect$/i,
  // What the vendor's advisor looks at; shorter collections are many and harmless.
  leastNs: 1_000_000,
  effect: 'stops-thread',
  onAnyThread: true,
  confidence: 0.9,
});
