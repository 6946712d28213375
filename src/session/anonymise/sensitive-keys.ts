/** What the keys of profilers, schedulers and users say of their values. */
import type { OriginalKind } from './replacements.ts';
import { NAME_LETTERS } from './text-patterns.ts';

/** Keys are compared without case, spaces and punctuation: `hostUid`, `host_uid` and `Host UID` are one. */
const KIND_BY_KEY: readonly (readonly [pattern: RegExp, kind: OriginalKind])[] = [
  [
    /^(hosts?|hostnames?|machinename|computername|podname|podip|hostip|instance|slurm[a-z]*node(list|name)|主机名?)$/,
    'host',
  ],
  [/^(hostuid|hostid|machineid|containerid|traceid|(device|gpu)?uuid|(board|device)?serial(no|num|number)?)$/, 'id'],
  [/^(users?|username|useremail|logname|login|loginname|owner|author|email|用户名?)$/, 'user'],
  [/^(job|jobname|jobids?|joburl|runid|runname|experimentid|workflowid|podid|作业名?)$/, 'job'],
  [/^(slurm|pbs|lsb|kubernetes|mlflow|wandb|sagemaker)[a-z0-9]+$/, 'job'],
];

/** Among the args of ops these would be nodes of a graph. */
const KIND_BY_FACT: typeof KIND_BY_KEY = [
  [
    /^(nodes?|nodenames?|nodelist|machine|cluster|clustername|container|containername|master|master(host|addr|address))$/,
    'host',
  ],
  [/^((rdzv)?endpoint|(coordinator|server)address|initmethod|(local|server)ip)$/, 'host'],
  [/^(cmd|cmdline|command|commandline|argv)$/, 'value'],
];

/** The same keys where they stand in running text: `"host_name": "x"`, `user=y`. Group 1 is the key, 2 the value, 3 a list of such. */
export const SAID_IN_TEXT = new RegExp(
  String.raw`(?<![\w.-])((?:host|pod|machine|computer)[_ ]?(?:name|ip|uid|id)|hosts?|users?(?:[_ ]?name)?|logname|login|job(?:[_ ]?(?:id|name))?|trace[_ ]?id|run[_ ]?id|slurm_\w{1,40}|pbs_\w{1,40}|用户名?|主机名?|作业名?)"?\s{0,4}[:=：]\s{0,4}(?:"?([${NAME_LETTERS}]{1,200})|\[([^\]]{0,2000})\])`,
  'gi',
);

/** undefined where the key says nothing of this kind. */
export function kindOfKey(key: string, isFact: boolean): OriginalKind | undefined {
  const known = isFact ? KNOWN_FACT_KINDS : KNOWN_KINDS;
  if (known.has(key)) return known.get(key);
  const word = key
    .replace(/^.*\./, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
  const table = isFact ? [...KIND_BY_KEY, ...KIND_BY_FACT] : KIND_BY_KEY;
  const kind = table.find(([pattern]) => pattern.test(word))?.[1];
  if (known.size > MOST_KEYS) known.clear();
  known.set(key, kind);
  return kind;
}

/** The same few keys stand in the args of many ops. */
const MOST_KEYS = 4096;
const KNOWN_KINDS = new Map<string, OriginalKind | undefined>();
const KNOWN_FACT_KINDS = new Map<string, OriginalKind | undefined>();

/** First words of the facts that profilers and readers themselves write down. Text under another was added by somebody. */
const KNOWN_FACTS: readonly RegExp[] = [
  // Kineto
  /^(schemaVersion|deviceProperties|distributedInfo|displayTimeUnit|baseTimeNanoseconds|traceName|record_shapes)$/,
  /^(with_(stack|flops|modules)|profile_memory|INFO|WARNING|ERROR|STAGE)$/,
  /^\w+_(driver|runtime|toolkit|cann|torch|torch_npu|mindspore|platform|cupti|mupti|nccl)?_?version$/i,
  /^(cann|torch|torch_npu|mindspore|platform|cupti|nccl|version)_?(version)?$/,
  // Ascend
  /^(META_DATA|HOST_INFO|NPU_INFO|RANK_DEVICE_MAP|SESSION_TIME_INFO|parallel_group_info|distributed_args)$/,
  /^(config|common_config|experimental_config|start_info|end_info|rank_id|rankId|DeviceInfo|CPU|hwtype)$/,
  // Sophon, and what readers add
  /^(arch|source|chip|chip_arguments|page_caption|platform|summary_caption|sophon|own_clock|vendor_tool)$/,
];

/** `key`: `config` tells of `config.common_config.with_stack`. */
export function isKnownFact(key: string): boolean {
  const [first] = key.split('.');
  return KNOWN_FACTS.some((pattern) => pattern.test(first));
}

/** Numbers, switches and nothing at all tell nobody. */
export function isPlainValue(text: string): boolean {
  return /^(|[-+]?\d+(\.\d+)?([eE][-+]?\d+)?|\d+(, ?\d+)+|true|false|null|none|on|off|yes|no)$/i.test(text);
}
