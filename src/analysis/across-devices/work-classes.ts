/**
 * What an op does for a model, whoever made the device: the table that makes two vendors comparable. What keeps a device busy
 * at all, and what is communication or a copy, op-class.ts decides; this table divides the kernels.
 *
 * Names are those of real captures of each vendor, of the public sources of PyTorch and of vendors' lists of ops. What no row
 * fits is reported as unmapped, with its time.
 */

/**
 * attention: fused kernels of it. matmul: products of matrices, and convolutions, which devices work out as such. elementwise:
 * norms, activations, softmax, pooling, reductions, losses, optimisers. movement: copies, layouts, slices, look-ups. other:
 * known ops that are none of these, such as sorting and random numbers.
 */
export const WORK_CLASSES = ['attention', 'matmul', 'elementwise', 'communication', 'movement', 'other'] as const;
export type WorkClass = (typeof WORK_CLASSES)[number];

type Rows = readonly (readonly [pattern: RegExp, tells: WorkClass])[];

/** Types as Ascend's op tables and Sophon's commands tell them. The first that fits counts. */
const BY_TYPE: Rows = [
  // Ascend
  [
    /^(Flash|Prompt|Incre|Paged?|UnpadFlash|FusedInfer|Ring|Sparse|SparseFlash|Nsa\w*|KvQuantSparseFlash|Block\w*|Mla|Self)Attention/,
    'attention',
  ],
  [
    /^(FusedInferAttention|MLA|Mla(Prolog|Preprocess)|RingMLA|LightningIndexer|AttentionUpdate|UnpadPaged)/,
    'attention',
  ],
  [/(MatMul|Matmul|Gemm|MatrixMul)/, 'matmul'],
  [/^(Depthwise|Deformable|Quant)?Conv(\d[dD]|olution|Transpose)|^(Conv|FFN|LinearOperation|Mmad)$/, 'matmul'],
  [
    /^(TransData|Transpose|TransposeD|TensorMove|Cast|Concat|ConcatD|ConcatV2|ConcatV2D|Split|SplitD|SplitV|SplitVD|Slice|SliceD|StridedSlice\w*|Pad|PadD|PadV\d|PadV\dD|Gather\w*|Scatter\w*|Index|IndexPut\w*|IndexSelect|IndexByTensor|Embedding\w*|Tile|TileD|BroadcastTo\w*|Expand\w*|MemSet|Memset|Zeros\w*|Ones\w*|Fill|FillD|ViewCopy|AsStrided|Pack|Unpack|Stack|Identity|ReshapeAndCache\w*|ScatterPaKvCache|Roll|Reverse\w*|InplaceCopy|InplaceUpdate|RepeatInterleave|Repeat|MaskedSelect\w*|Contiguous)$/,
    'movement',
  ],
  [
    /(Norm|Softmax|SoftMax|Pool|Gelu|GeluGrad|Silu|Swish|SwiGlu|Swiglu|Relu|ReluGrad|Sigmoid|Tanh|Loss|LossGrad)(\w*|$)/,
    'elementwise',
  ],
  [
    /^(Foreach|Reduce|Apply|Logical|Bitwise|DropOut|Dropout|Rotary|Rope|InterleaveRope|KvRmsNormRope|BN|Clip|Masked|Quantize|DynamicQuant|AscendQuant|AscendDequant|AscendAntiQuant)\w*$/,
    'elementwise',
  ],
  [
    /^(Add|Sub|Mul|Div|RealDiv|FloorDiv|Mod|FloorMod|Addcmul|Addcdiv|AddN|Adds|Muls|Axpy\w*|Maximum|Minimum|Exp|Expm1|Log|Log1p|Neg|Abs|Sign|Sin|Cos|Tan|Square|Sqrt|Rsqrt|Reciprocal|Pow|Pows|Erf|Floor|Ceil|Round|Select|SelectV2|Where|Greater|GreaterEqual|Less|LessEqual|Equal|NotEqual|Isfinite|IsFinite|IsNan|IsInf|BiasAdd\w*|Cumsum|CumsumD|Tril|Triu|Lerp|Threshold\w*|SquareSumV1|NonFinite\w*|NanToNum)(V\d|D|Grad)*$/,
    'elementwise',
  ],
  [
    /^(DSA\w*|TopK\w*|Sort\w*|ArgMax\w*|ArgMin\w*|NonZero\w*|Range|LinSpace\w*|Random\w*|Stateless\w*|Unique\w*|Multinomial\w*|OneHot\w*|Shape|Moe\w*|GroupedTopK|\w*Sampl\w*|Histogram\w*|Bincount)$/,
    'other',
  ],
  // Sophon
  [/^s?(CONV|MM|MM2)$/, 'matmul'],
  [/^s?(AR|LAR|PorD|RQ&DQ|SFU|LIN|CMP|VC)$/, 'elementwise'],
  [/^s?(TRANS&BC|SG)$/, 'movement'],
  [/^(RandomGen|SYS\w*)$/, 'other'],
];

/** Operators of a framework, by what they are called without their namespace: those of PyTorch and of what extends it. */
const BY_OPERATOR: Rows = [
  [/attention|flash_attn|paged_attn|fmha|mha_|sdpa|npu_fusion_attention/i, 'attention'],
  [
    /^_?(mm|bmm|addmm|baddbmm|addbmm|matmul|linear|einsum|addmv|mv|dot|int_mm|scaled_mm|grouped_mm|group_gemm)(_|$)/,
    'matmul',
  ],
  [
    /^_?(cudnn_|miopen_|mkldnn_|thnn_|slow_|npu_|musa_)?conv(olution|_?transpose|_?depthwise|\dd)|gemm|matmul/,
    'matmul',
  ],
  [
    /^_?(copy|to|to_copy|contiguous|clone|cat|stack|split|chunk|index|index_select|index_put|index_add|gather|scatter|scatter_add|embedding|slice|narrow|expand|repeat|repeat_interleave|fill|zero|zeros|zeros_like|ones|ones_like|full|full_like|pad|constant_pad_nd|roll|flip|transpose|permute|as_strided|masked_select|take|unfold|im2col|col2im|reshape|reshape_and_cache|reshape_and_cache_flash|select|item|local_scalar_dense|foreach_copy|npu_format_cast|embedding_dense)_*(backward|impl)?\d*(_|$)/,
    'movement',
  ],
  [
    /^_?(sort|topk|argmax|argmin|argsort|multinomial|random|normal|uniform|bernoulli|rand|randn|randint|arange|nonzero|unique\w*|exponential|histc|bincount|searchsorted|moe\w*|topk_softmax)_*$/,
    'other',
  ],
  [
    /norm|softmax|pool|relu|gelu|silu|sigmoid|tanh|swiglu|swish|dropout|loss|adam|sgd|foreach|rotary|rope|quant|threshold|lerp/,
    'elementwise',
  ],
  [
    /^_?(add|sub|rsub|mul|div|addcmul|addcdiv|pow|sqrt|rsqrt|exp|log|neg|abs|sign|sin|cos|square|reciprocal|erf|clamp|clamp_min|clamp_max|maximum|minimum|max|min|sum|mean|var|var_mean|std|prod|amax|amin|a(?:ny|ll)|eq|ne|gt|ge|lt|le|where|masked_fill|logical_\w+|bitwise_\w+|cumsum|cumprod|tril|triu|floor|ceil|round|isfinite|isnan|isinf|remainder|fmod|nan_to_num)_*(backward)?$/,
    'elementwise',
  ],
];

/** Kernels by their names: CUDA, ROCm, MUSA and what Triton compiles. From the most to the least telling. */
const BY_KERNEL: Rows = [
  [/flash|fmha|attention|attn|\bmha_/i, 'attention'],
  [/nchwTo|nhwcTo|convertTensor|im2col|col2im/i, 'movement'],
  [
    /gemm|gemv|cutlass|xmma|wgrad|dgrad|fprop|winograd|scudnn|implicit_conv|conv(?!ert)|cijk_|split_?k|matmul|nvjet|wmma|hgmma|triton_(tem|mm)/i,
    'matmul',
  ],
  [
    /sort|topk|distribution|philox|random|sampl|arange|arg_?max|arg_?min|nonzero|DeviceScan|DeviceSelect|DeviceRadix/i,
    'other',
  ],
  [
    /mem(cpy|set)|copy|transpose|permute|CatArray|gather|scatter|index|embedding|reshape_and_cache|concat|FillFunctor|(^|[_:])(pad|fill|slice|tril|triu)/i,
    'movement',
  ],
  [
    /norm|(^|[_:])bn_|softmax|pool|elementwise|vectorized|pointwise|reduce|relu|gelu|silu|swiglu|sigmoid|tanh|activation|act_and_mul|dropout|multi_tensor|foreach|adam|sgd|rotary|rope|quant|loss|nll|unary|binary|op_tensor|scalePackedTensor|triton_(poi|red|per)/i,
    'elementwise',
  ],
];

/** undefined where no row of the table fits. The operator is '' where nobody knows which launched the op. */
export function workClassOf(type: string, name: string, operator: string): WorkClass | undefined {
  return classIn(BY_TYPE, type) ?? classIn(BY_OPERATOR, operator.replace(/^.*::/, '')) ?? classIn(BY_KERNEL, name);
}

function classIn(rows: Rows, text: string): WorkClass | undefined {
  return text === '' ? undefined : rows.find(([pattern]) => pattern.test(text))?.[1];
}
