/**
 * Calls that wait for the device, and with which the host loses its lead: after them every op is launched while the device
 * stands idle. `item()` and what else asks for a value on the host are such calls, as are copies that block.
 *
 * Stake: the idle time that such calls cause, as host-calls.ts says.
 */
import { hostCallRule } from './host-calls.ts';

/** Of the framework and of CANN; exporters put the layer before the name. */
const SYNCHRONOUS =
  /^aten::(item|_local_scalar_dense|is_nonzero|nonzero)$|^((AscendCL|Runtime|Api)@)?(aclrtSynchronize\w*|aclrtMemcpy|aclrtMemcpy2d|rt(Stream|Device|Event)Synchronize\w*|(Stream|Device|Event)Synchronize\w*)$/;

export const synchronousApi = hostCallRule({
  names: SYNCHRONOUS,
  // A shorter call found the device idle and did not wait.
  leastNs: 10_000,
  effect: 'waits-for-device',
  onAnyThread: false,
  // The gap after such a call may have been there without it where the host has no lead anyway.
  confidence: 0.7,
});
