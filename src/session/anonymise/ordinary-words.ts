/**
 * Words that stand in every trace or output, whoever made it. Somebody may be called so, but where such a word stands nobody can
 * tell whether it is meant as a name, and figures depend on it: it is replaced under keys of people and hosts, nowhere else.
 */
import {
  BUBBLE_CAUSES,
  BUBBLE_KINDS,
  CHECKS,
  DEFINITIONS,
  KNOWN_METRICS,
  LAUNCHERS,
  MEASURED_METRICS,
  MEASURES,
  OP_KINDS,
  PATH_KINDS,
  VERDICT_EXIT,
  WAIT_SOURCES,
  WINDOW_RULES,
} from '../../analysis/index.ts';
import { STEP_LABELS } from '../../analysis/compare/measured-metrics.ts';
import { WORK_CLASSES } from '../../analysis/across-devices/work-classes.ts';
import { STEP_FIGURES } from '../../analysis/compare/summary.ts';
import { CLASS } from '../../analysis/op-class.ts';
import { STEP_SOURCES } from '../../analysis/steps/step.ts';
import { DIAGNOSTIC_KINDS } from '../../base/index.ts';
import { ALIGN_METHODS } from '../../timeline/index.ts';

/** What our own documents say in their values. */
const OWN: readonly string[] = [
  ...[...BUBBLE_CAUSES, ...BUBBLE_KINDS, ...CHECKS, ...DEFINITIONS, ...LAUNCHERS, ...MEASURES, ...OP_KINDS],
  ...[...PATH_KINDS, ...STEP_SOURCES, ...WAIT_SOURCES, ...WINDOW_RULES, ...WORK_CLASSES, ...ALIGN_METHODS],
  ...[...STEP_FIGURES, ...Object.values(STEP_LABELS)],
  ...[...KNOWN_METRICS, ...MEASURED_METRICS, CLASS, VERDICT_EXIT, DIAGNOSTIC_KINDS].flatMap((each) =>
    typeof each === 'string' ? each : Object.keys(each),
  ),
];

const USUAL = `
  root user users admin ubuntu home test tests default runner docker jenkins data public shared guest nobody owner author login
  email null none nan inf unknown undefined true false yes off main name names type types kind kinds value values key keys unit
  units text label labels path paths file files folder source sources target note notes info warning error errors lost version
  tool tools schema

  profiler profile profiling prof perf trace traces tracing traceconv report compare baseline bench benchmark inspect convert
  capture captures run runs phase phases step steps token tokens batch iteration iterations iter epoch model models layer layers
  module modules ops operator operators kernel kernels slice slices track tracks lane flow flows counter counters instant event
  events mark marks stream streams thread threads process processes device devices host hosts rank ranks node nodes card chip
  core cores engine engines worker workers server client job jobs task tasks queue graph stage context correlation launch range
  window time times start end duration dur begin total sum mean min max std median count share rate ratio size bytes bandwidth
  latency delay sec seconds pid tid cat args seq index grid block registers stack call caller callee parent child depth shape
  shapes dim dims dtype format input inputs output outputs input_dims input_type external_id sequence_number

  cpu gpu gpus npu tpu xpu mtia mlu dcu cuda rocm hip musa supa mudnn cudnn cublas cann acl aclnn ascend sophon sophgo nvidia
  amd intel hccl hcom hccs nccl rccl mccl bccl mpi rdma pcie nvlink sdma gdma tiu dma cube vector mixed aicore aicpu ai_core
  ai_cpu hardware hbm ddr llc sram memory mem cache l2_cache framework runtime driver communication compute computing
  computation copy wait free idle busy overlap overlapped exposed host_late bubble bubbles hidden

  python python3 torch torch_npu torch_musa aten native c10 c10d autograd autogradprofiler inductor dynamo triton numpy vllm
  sglang megatron deepspeed transformer transformers kineto tensorboard profilerstep optimizer dataloader loss train training
  trainer prefill decode inference serve serving generate sampling request requests completed failed forward backward fwd bwd
  fwdbwd ac2g loop init allreduce all_reduce allgather all_gather reducescatter reduce_scatter broadcast alltoall send recv
  receive barrier reduce gather scatter matmul bmm addmm gemm gemv conv conv2d convolution linear embedding norm layernorm
  layer_norm rmsnorm rms_norm softmax attention attn flash flash_attn flashattention rope relu gelu silu swiglu add sub mul div
  exp sqrt cast fill zero ones concat split transpose permute reshape view index_select sort topk elementwise memcpy memset
  malloc alloc allocated reserved sync synchronize record

  cpu_op cpu_instant_event user_annotation gpu_user_annotation python_function gpu_memcpy gpu_memset cuda_runtime cuda_driver
  cuda_sync privateuse1_runtime overhead dequeue enqueue float float16 float32 bfloat16 half double int int8 int32 int64 bool
  char long tensor list scalar lower higher neither pass regression`;

/** As `plainWord` writes them. */
export function ordinaryWords(plainWord: (word: string) => string): ReadonlySet<string> {
  const parts = OWN.flatMap((word) => word.split(/[^A-Za-z0-9]+/));
  return new Set([...OWN, ...parts, ...USUAL.trim().split(/\s+/)].map(plainWord));
}
