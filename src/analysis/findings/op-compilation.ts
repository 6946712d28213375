/**
 * Ops that are compiled, or looked up among compiled ones, at run time and one by one (`aclopCompileAndExecute`), as the
 * framework does in its mode of just-in-time compilation and for shapes it has not seen. Shapes themselves tell nothing:
 * ops of current versions are all of state "dynamic".
 *
 * Stake: the idle time in such calls, as host-calls.ts says; the op is launched at their end.
 */
import { hostCallRule } from './host-calls.ts';

const COMPILING =
  /^((AscendCL|Model|Node|Api)@)?(aclopCompile\w*|opCompile|OpCompile\w*|aclGenGraphAndDumpForOp|GraphCompile\w*)$/;

export const opCompilation = hostCallRule({
  names: COMPILING,
  leastNs: 0,
  effect: 'launches',
  onAnyThread: true,
  confidence: 0.8,
});
