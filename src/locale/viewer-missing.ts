/** What a capture lacks that a panel would show, and how to capture it, with the options as the vendors call them. */
import type { Localised } from './index.ts';

export type Missing =
  'metrics' | 'memory' | 'owners' | 'collectives' | 'waits' | 'links' | 'ranks' | 'steps' | 'stacks' | 'traces';

export interface MissingWords {
  readonly missing: Readonly<Record<Missing, { readonly what: string; readonly how: string }>>;
}

export const viewerMissing: Localised<MissingWords> = {
  en: {
    missing: {
      metrics: {
        what: 'No benchmark and no server measured anything in what was read.',
        how: 'Open the results of a benchmark (vLLM writes them with --save-result --save-detailed) or scrapes of a metrics page, together with the trace.',
      },
      memory: {
        what: 'No counter and no table of memory was read.',
        how: 'torch.profiler and torch_npu.profiler record memory with profile_memory=True, msprof with --sys-hardware-mem=on (npu_mem) and --task-memory=on.',
      },
      owners: {
        what: 'No table says what owned the memory.',
        how: 'operator_memory says it: profile_memory=True in torch_npu.profiler, --task-memory=on in msprof (ops of GE graphs only).',
      },
      collectives: {
        what: 'No collective was read.',
        how: 'Ops of one device alone need none. Otherwise profile with profiler_level=Level1 in torch_npu.profiler, or --task-time=on in msprof (--hccl=on in older versions).',
      },
      waits: {
        what: 'How much of it is waiting and how much is transfer is not known.',
        how: 'Open the captures of all ranks together, or let torch_npu write communication.json: profiler_level=Level1, then analyse().',
      },
      links: {
        what: 'Nothing says what went from rank to rank.',
        how: 'communication_matrix.json does: profiler_level=Level1 in torch_npu.profiler, then analyse().',
      },
      ranks: {
        what: 'Only one rank was read, so there is nothing to compare it with.',
        how: 'Profile every rank and open the folder that holds all their captures (rank0_ascend_pt, rank1_ascend_pt, ...).',
      },
      stacks: {
        what: 'No slice of a host was read.',
        how: 'Profile the host, too: ProfilerActivity.CPU in torch.profiler and torch_npu.profiler, with_stack=True for frames of Python.',
      },
      traces: {
        what: 'No trace was read, so there is no timeline.',
        how: 'Capture a few requests of the same workload and open the trace together with these results: vLLM writes one when its server has VLLM_TORCH_PROFILER_DIR (--profiler-config since 0.13) and the benchmark --profile; msprof and torch.profiler work as well.',
      },
      steps: {
        what: 'Nothing tells where steps begin.',
        how: 'Call prof.step() once in every iteration, or put a range around each: torch.profiler.record_function("step 1") or mstx with --msproftx=on. Reports also take --step-marker.',
      },
    },
  },
  zh: {
    missing: {
      metrics: {
        what: '没有读到基准测试或服务的测量结果。',
        how: '请与 trace 一起打开基准测试结果（vLLM 用 --save-result --save-detailed 写出）或 metrics 页面的抓取文件。',
      },
      memory: {
        what: '没有读到内存计数器或内存表。',
        how: 'torch.profiler 与 torch_npu.profiler 采集时设置 profile_memory=True；msprof 使用 --sys-hardware-mem=on（npu_mem）和 --task-memory=on。',
      },
      owners: {
        what: '没有说明内存归属的表。',
        how: 'operator_memory 表给出内存归属：torch_npu.profiler 设置 profile_memory=True，msprof 使用 --task-memory=on（仅 GE 图的算子）。',
      },
      collectives: {
        what: '没有读到集合通信。',
        how: '单卡运行本无集合通信；否则请在 torch_npu.profiler 中设置 profiler_level=Level1，或在 msprof 中使用 --task-time=on（旧版本为 --hccl=on）。',
      },
      waits: {
        what: '无法区分等待与传输。',
        how: '请同时打开所有卡的数据，或让 torch_npu 生成 communication.json：设置 profiler_level=Level1 并执行 analyse()。',
      },
      links: {
        what: '没有卡间流量数据。',
        how: 'communication_matrix.json 给出卡间流量：torch_npu.profiler 设置 profiler_level=Level1 并执行 analyse()。',
      },
      ranks: {
        what: '只读到一张卡，无从比较。',
        how: '请采集每张卡，并打开包含所有卡数据的文件夹（rank0_ascend_pt、rank1_ascend_pt 等）。',
      },
      stacks: {
        what: '没有读到 Host 切片。',
        how: '请同时采集 Host：torch.profiler 与 torch_npu.profiler 使用 ProfilerActivity.CPU，with_stack=True 可记录 Python 栈帧。',
      },
      traces: {
        what: '没有读到 trace，因此没有时间线。',
        how: '请在相同负载下采集少量请求的 trace，并与这些结果一起打开：vLLM 服务设置 VLLM_TORCH_PROFILER_DIR（0.13 起为 --profiler-config），基准测试加 --profile；也可使用 msprof 或 torch.profiler。',
      },
      steps: {
        what: '无法识别迭代的起点。',
        how: '请在每个迭代调用一次 prof.step()，或用 torch.profiler.record_function("step 1")、mstx（--msproftx=on）标记每个迭代；报告还可用 --step-marker。',
      },
    },
  },
};
