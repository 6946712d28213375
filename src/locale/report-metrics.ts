/** What reports say of numbers that somebody measured: latencies, rates. */
import type { Localised } from './index.ts';

export interface ReportMetricWords {
  /** By the family of a metric; others are called what their file calls them. */
  readonly names: Readonly<Record<string, string>>;
  /** What stands behind a rate. */
  readonly tokens: string;
  readonly requests: string;
  readonly common: string;
  repeats(count: string): string;
  /** After it, where repeats hardly look like ones. */
  readonly unlikeRepeats: string;
  notNumbers(count: string): string;
  /** Beside the mean step. */
  readonly besideSteps: string;
  readonly aboutRest: string;
  topOps(phase: string): string;
  idleCauses(causes: string): string;
  readonly shareOfValues: string;
  atMost(share: string, value: string): string;
}

export const reportMetrics: Localised<ReportMetricWords> = {
  en: {
    names: {
      ttft: 'TTFT',
      tpot: 'TPOT',
      itl: 'ITL',
      e2el: 'E2EL',
      latency: 'batch latency',
      queue_time: 'queue time',
      prefill_time: 'prefill time',
      decode_time: 'decode time',
      inference_time: 'inference time',
      input_tokens: 'input tokens',
      output_tokens: 'output tokens',
      req_s: 'requests per second',
      goodput_req_s: 'goodput',
      input_tok_s: 'input tokens per second',
      output_tok_s: 'output tokens per second',
      total_tok_s: 'all tokens per second',
      max_output_tok_s: 'output tokens per second, peak',
      duration: 'duration',
      'requests.completed': 'requests completed',
      'requests.failed': 'requests failed',
      'requests.running': 'requests running',
      'requests.waiting': 'requests waiting',
      'tokens.input': 'input tokens, all',
      'tokens.output': 'output tokens, all',
      'concurrency.max': 'requests at a time, peak',
      preemptions: 'preemptions',
      'requests.reject_rate': 'requests rejected',
      'kv_cache.usage': 'KV cache in use',
      'kv_cache.available': 'KV cache, memory for it',
      'prefix_cache.hit_rate': 'prefix cache hits',
      'spec_decode.acceptance_rate': 'speculated tokens accepted',
    },
    tokens: 'tok/s',
    requests: 'req/s',
    common: 'All measurements: ',
    repeats: (count) => `Mean of ${count} repeats; ± is the standard error.`,
    unlikeRepeats:
      'Some of them differ by more than a fifth, so they may not be repeats: nothing in the files tells them apart. Read them one by one, or put each workload into a folder of its own.',
    notNumbers: (count) => `${count} ${count === '1' ? 'value is' : 'values are'} NaN or infinite, and left out.`,
    besideSteps: 'What was measured beside the mean step of the trace:',
    aboutRest:
      'The rest is a computed difference: what was measured less the mean step. It holds what the steps on the device do not explain (work of the host, scheduling, waiting in queues), and whatever the traced steps and the measured requests do not have in common. Below zero, tracing made steps longer, or they are other steps.',
    topOps: (phase) => `Most of the mean ${phase} step is `,
    idleCauses: (causes) => `Idle time of the device is mostly: ${causes}.`,
    shareOfValues: 'share of values',
    atMost: (share, value) => `${share} take ${value} or less`,
  },
  zh: {
    names: {
      ttft: 'TTFT 首token时延',
      tpot: 'TPOT 每token时延',
      itl: 'ITL token间隔',
      e2el: 'E2EL 端到端时延',
      latency: '批次时延',
      queue_time: '排队时间',
      prefill_time: '预填充时间',
      decode_time: '解码时间',
      inference_time: '推理时间',
      input_tokens: '输入 token 数',
      output_tokens: '输出 token 数',
      req_s: '每秒请求数',
      goodput_req_s: '有效吞吐',
      input_tok_s: '输入吞吐',
      output_tok_s: '输出吞吐',
      total_tok_s: '总吞吐',
      max_output_tok_s: '输出吞吐峰值',
      duration: '时长',
      'requests.completed': '完成请求数',
      'requests.failed': '失败请求数',
      'requests.running': '运行中请求数',
      'requests.waiting': '等待请求数',
      'tokens.input': '输入 token 总数',
      'tokens.output': '输出 token 总数',
      'concurrency.max': '最大并发',
      preemptions: '抢占次数',
      'requests.reject_rate': '请求拒绝率',
      'kv_cache.usage': 'KV cache 占用率',
      'kv_cache.available': 'KV cache 可用内存',
      'prefix_cache.hit_rate': '前缀缓存命中率',
      'spec_decode.acceptance_rate': '投机 token 接受率',
    },
    tokens: 'tok/s',
    requests: 'req/s',
    common: '所有测量的共同标签：',
    repeats: (count) => `${count} 次重复测量的平均值；± 为标准误差。`,
    unlikeRepeats:
      '其中有的相差超过五分之一，可能并非重复测量：文件中没有可区分它们的信息。请逐个读取，或将不同负载放在各自的文件夹中。',
    notNumbers: (count) => `有 ${count} 个值为 NaN 或无穷大，未计入。`,
    besideSteps: '实测值与 trace 中平均迭代的对照：',
    aboutRest:
      '“其余”是计算所得的差值：实测值减去平均迭代。它包含设备上的迭代所不能解释的部分（Host 工作、调度、排队），以及所采集的迭代与所测请求之间的任何差异。为负则说明采集使迭代变长，或两者并非同样的迭代。',
    topOps: (phase) => `${phase}平均迭代中耗时最多的是 `,
    idleCauses: (causes) => `Device 空闲的主要原因：${causes}。`,
    shareOfValues: '占比',
    atMost: (share, value) => `${share} 不超过 ${value}`,
  },
};
