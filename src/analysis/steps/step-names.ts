/**
 * What names say about steps, as data: of marks on the host and of types of ops on the device. The first row that fits
 * counts. Names are matched as profilers spell them, so `PagedAttentionMaskNdKernel` is a paged attention.
 */
import type { Phase } from './step.ts';

/** The mark that frameworks put around a step on the host. */
export const PROFILER_STEP = /^ProfilerStep#(\d+)$/;

/** What device timelines of graphs call an iteration. */
export const GRAPH_ITERATION = /^Iteration (\d+)$/;

/** Words of users' own ranges that say "this is a step", the surest first. */
export const STEP_WORDS: readonly RegExp[] = [
  /(^|[^a-z])(decode|decoding|prefill|token)([^a-z]|$)/i,
  /(^|[^a-z])(\w*step|iter|iteration)([^a-z]|$)/i,
  /(^|[^a-z])(execute_model|model_forward|forward|generate)([^a-z]|$)/i,
];

/** Ranges that frameworks record by themselves: operators, Python functions, optimizers, modules. */
export const NO_STEP = /::|\.py\(|^aclnn|^nn\.|^Optimizer|^DistributedDataParallel|Backward\d*$/;

/** What the name of a mark says about the phase. */
export const PHASE_BY_MARK: readonly (readonly [pattern: RegExp, tells: Phase])[] = [
  [/train|backward|optimi[sz]er/i, 'other'],
  [/prefill|prompt/i, 'prefill'],
  [/decod|token/i, 'decode'],
];

/**
 * inference: attention that exists in both phases, so that structure has to decide. training: gradients and optimizers
 * make a step of neither phase, whatever else is in it.
 */
export const OP_HINTS = ['training', 'prefill', 'decode', 'inference'] as const;
export type OpHint = (typeof OP_HINTS)[number];

const HINT_BY_OP: readonly (readonly [pattern: RegExp, hints: OpHint])[] = [
  [
    /Grad(?!uate)|DropOut|GenBitMask|Backward|Backprop|Apply(Fused)?(Adam|Momentum|Sgd|RmsProp|Adagrad|Lamb)|Optimizer/i,
    'training',
  ],
  [/PagedAttention|IncreFlashAttention|DecodeAttention|FlashDecod|MlaDecode/i, 'decode'],
  [/PromptFlashAttention|UnpadFlashAttention|FlashAttentionScore|PrefillAttention|RingMla/i, 'prefill'],
  [/FusedInferAttentionScore|SelfAttention|MultiLatentAttention|Attention/i, 'inference'],
];

/** Types of ops that run at the edges of a token and never in a layer. */
export const FIRST_OPS = /Embedding/i;
export const LAST_OPS = /ArgMax|Multinomial|Sampl(e|ing|er)|TopKTopP/i;

/** What a lookup of embeddings may run as; layers have such ops, too. */
export const LOOKUPS = /Embedding|^Gather/i;

export function hintOf(type: string): OpHint | undefined {
  return HINT_BY_OP.find(([pattern]) => pattern.test(type))?.[1];
}
