// Captures in which somebody's names stand wherever names can stand: folders, files, metadata, events, args, tables.
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { hostSlice, kinetoText, launched } from './kineto-events.ts';

const FIXTURE = fileURLToPath(new URL('../../fixtures/ascend-folders/ascend-pt-ranks', import.meta.url));

/** As the machines of these people would write it. */
const path = (...names: readonly string[]): string => ['', ...names].join('/');
const HOME = path('home', 'zelda.quux');

/** None of these may stand in an output. */
export const ORIGINALS = [
  ...['zelda', 'quux', 'zeus17', 'hera18', 'cluster.example', 'blackbird', 'moonshot', '10.81.7.9', 'fe80::aa:7'],
  ...['job-774411', '774411', 'corp.example', '3f2a77aa', 'bucket-x', 'sesame', '0a:1b:2c:3d:4e:5f', 'gpu-pool-west'],
];

/** What readers of an output still need. */
export const KEPT = ['aten::mm', 'sgemm_128x64', 'torch/nn/functional.py', '4711'];

function kinetoEvents(): object[] {
  const stack = `${HOME}/moonshot/train.py(12): step;${HOME}/lib/python3.10/site-packages/torch/nn/functional.py(7): linear`;
  const steps = [0, 1, 2].flatMap((step) => {
    const at = 1000 * step;
    return [
      hostSlice('user_annotation', `ProfilerStep#${step}`, [at, at + 900]),
      hostSlice('cpu_op', 'aten::mm', [at + 10, at + 60], { 'Call stack': stack, 'Input Dims': [[8, 8]] }),
      ...launched(10 * step + 1, 'sgemm_128x64', 7, [at + 20, at + 30], [at + 100, at + 500]),
      ...launched(10 * step + 2, 'zelda_quux_fused_kernel', 7, [at + 40, at + 50], [at + 500, at + 800]),
    ];
  });
  return [
    ...steps,
    hostSlice('python_function', `${HOME}/My Models/moonshot v2/blackbird.py(3): forward`, [1, 9]),
    hostSlice('python_function', 'moonshot/layers/blackbird.py(31): forward', [3001, 3002]),
    hostSlice('user_annotation', 'load s3://bucket-x/moonshot for zelda.quux@corp.example on zeus17', [3003, 3004]),
    hostSlice('user_annotation', 'connect 10.81.7.9:29500 fe80::aa:7 0a:1b:2c:3d:4e:5f', [3005, 3006]),
    hostSlice('cpu_op', 'aten::add', [3007, 3009], {
      user: 'zelda.quux',
      job_id: 774411,
      hosts: ['zeus17.cluster.example', 'hera18.cluster.example'],
      note: 'submitted as job-774411 from hera18',
      escaped: `${HOME}/moonshot/"odd".bin`,
      nested: JSON.stringify({ checkpoint: `${HOME}/moonshot/last.pt` }),
      'trace id': '3f2a77aa-0000-4000-8000-00000000beef',
    }),
    {
      ph: 'i',
      s: 'g',
      cat: 'x',
      name: `saved to C:\\Users\\zelda.quux\\moonshot`,
      pid: 4711,
      tid: 4711,
      ts: 3010,
      args: {},
    },
    { ph: 'M', name: 'process_name', pid: 4711, tid: 0, args: { name: `python ${HOME}/moonshot/train.py` } },
    { ph: 'M', name: 'thread_name', pid: 4711, tid: 4711, args: { name: 'loader of zelda.quux' } },
  ];
}

const KINETO_FACTS = {
  host_name: 'zeus17.cluster.example',
  username: 'zelda.quux',
  trace_id: '3f2a77aa-0000-4000-8000-00000000beef',
  job_id: 'job-774411',
  SLURM_JOB_NODELIST: 'hera18.cluster.example',
  team_secret: 'sesame',
  MY_ENV_TOKEN: 'sesame',
  traceName: `${HOME}/moonshot/zeus17_4711.pt.trace.json`,
  distributedInfo: { backend: 'nccl', rank: 0, world_size: 1, master: 'zeus17' },
};

/** A trace of torch.profiler; returns what to name on a command line, from `folder`. */
export function plantKineto(folder: string): string {
  const inside = join('moonshot of zelda', 'blackbird');
  mkdirSync(join(folder, inside), { recursive: true });
  const file = join(inside, 'zeus17_4711.pt.trace.json.gz');
  writeFileSync(join(folder, file), gzipSync(kinetoText(kinetoEvents(), KINETO_FACTS)));
  return file;
}

/** Captures of four ranks by torch_npu, with one file that cannot be read. */
export function plantAscend(folder: string): string {
  const inside = join(folder, 'blackbird-runs');
  cpSync(FIXTURE, inside, { recursive: true });
  for (const name of readdirSync(inside)) {
    const home = join(inside, name.replace('serve-node-a', 'zeus17').replace('serve-node-b', 'hera18'));
    if (name.endsWith('_ascend_pt')) {
      renameSync(join(inside, name), home);
      plantInRank(home);
    }
  }
  const [broken] = readdirSync(inside);
  writeFileSync(join(inside, broken, 'ASCEND_PROFILER_OUTPUT', 'api_statistic.csv'), '');
  writeFileSync(join(inside, 'zelda.quux.json'), '{"moonshot":');
  return 'blackbird-runs';
}

function plantInRank(home: string): void {
  const file = (name: string): string => join(home, name);
  const replaceIn = (name: string, pairs: readonly (readonly [from: string, to: string])[]): void => {
    const before = readFileSync(file(name), 'utf8');
    const after = pairs.reduce((text, [from, to]) => text.replaceAll(from, to), before);
    if (after === before) throw new Error(`nothing was planted in ${name}`);
    writeFileSync(file(name), after);
  };
  const stack = [path('srv', 'serve'), `${HOME}/moonshot`] as const;
  replaceIn('ASCEND_PROFILER_OUTPUT/trace_view.json', [stack]);
  replaceIn('ASCEND_PROFILER_OUTPUT/operator_details.csv', [stack]);
  replaceIn('ASCEND_PROFILER_OUTPUT/communication.json', [['hcom_', 'zeus17_hcom_']]);
  replaceIn('profiler_metadata.json', [
    [
      '"ENV_VARIABLES": {',
      `"ENV_VARIABLES": {"HCCL_IF_IP": "10.81.7.9", "LD_PRELOAD": "${HOME}/x.so", "POOL": "gpu-pool-west", `,
    ],
    ['{"distributed_args"', '{"owner": "zelda.quux", "job_id": "774411", "remark": "sesame", "distributed_args"'],
    ['"default_group"', '"default_group", "master_addr": "10.81.7.9"'],
  ]);
}

/** The result of a benchmark, with what somebody added to it. */
export function plantBenchmark(folder: string): string {
  const result = {
    ...{ date: '20260102-030405', backend: 'vllm', model_id: `${HOME}/moonshot/Plain-7B`, tokenizer_id: `${HOME}/x` },
    ...{ host: 'zeus17.cluster.example', user: 'zelda.quux', remark: 'for zelda.quux on zeus17', num_prompts: 2 },
    ...{ base_url: 'http://10.81.7.9:8000', request_rate: 4, duration: 2, completed: 2, errors: ['', `${HOME}/x`] },
    ...{ total_input_tokens: 10, total_output_tokens: 20, request_throughput: 1, output_throughput: 10 },
    ...{ mean_ttft_ms: 20, median_ttft_ms: 20, p99_ttft_ms: 21, mean_tpot_ms: 10, median_tpot_ms: 10, p99_tpot_ms: 11 },
  };
  writeFileSync(join(folder, 'zelda.quux-bench.json'), JSON.stringify(result));
  return 'zelda.quux-bench.json';
}
