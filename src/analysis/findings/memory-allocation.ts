/**
 * Memory of the device that is taken from the driver or given back while the model runs: the framework's cache is too small
 * or in pieces, and giving memory back waits for the device.
 *
 * Stake: the idle time that ends with such a call, as host-calls.ts says.
 */
import { hostCallRule } from './host-calls.ts';

export const memoryAllocation = hostCallRule({
  names: /^((AscendCL|Runtime|Api)@)?(aclrt(Malloc|Free)\w*|rt(Malloc|Free)|DevMalloc|DevFree)$/,
  leastNs: 0,
  effect: 'stops-thread',
  onAnyThread: true,
  confidence: 0.8,
});
