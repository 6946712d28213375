// The rules by which originals are told from other texts. Paths are put together here: none of these exists.
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/base/index.ts';
import { anonymousError } from '../../../src/session/anonymise/anonymous-findings.ts';
import { AnonymousStrings, anonymousTable } from '../../../src/session/anonymise/anonymous-tables.ts';
import { anonymousFact } from '../../../src/session/anonymise/facts.ts';
import { learnTable } from '../../../src/session/anonymise/discover.ts';
import { anonymousJson } from '../../../src/session/anonymise/json-texts.ts';
import { Anonymiser } from '../../../src/session/anonymise/index.ts';
import { decodeBaseline, encodeBaseline } from '../../../src/analysis/compare/index.ts';
import { STEP_LABELS } from '../../../src/analysis/compare/measured-metrics.ts';
import { PHASES } from '../../../src/analysis/steps/step.ts';
import { type Labels, metricsOf, metricTable } from '../../../src/timeline/index.ts';
import { exact, phaseSummary, runSummary, USUAL_OPS } from '../../support/run-summaries.ts';

const path = (...names: readonly string[]): string => ['', ...names].join('/');
const HOME = path('home', 'ada');

function anonymiser(...learned: string[]): Anonymiser {
  const made = new Anonymiser();
  for (const text of learned) made.learn(text);
  return made;
}

describe('in a text', () => {
  test.each([
    [`${HOME}/project/train.py(12): step`, '/path-1/file-1.py(12): step'],
    [
      `${HOME}/project/train.py(12): a;${HOME}/project/train.py(9): b`,
      '/path-1/file-1.py(12): a;/path-1/file-1.py(9): b',
    ],
    [`${HOME}/my models/a b/net.py(3): f`, '/path-1/file-1.py(3): f'],
    [`--model=${path('data', 'llm', 'secret')} --tp 2`, '--model=/path-1 --tp 2'],
    ['C:\\Users\\ada\\x.bin', '/path-1/file-1.bin'],
    ['~ada/x/y.json', '/path-1/file-1.json'],
    ['net/layers.py(3): f', 'path-1/file-1.py(3): f'],
    ['mail ada.l@corp.example now', 'mail email-1 now'],
    ['10.1.2.3:8000', 'ip-1:8000'],
    ['10.1.2.3%enp189s0f0_60000_0 on 10.1.2.3', 'ip-1_60000_0 on ip-1'],
    [`built from ${'0a1b2c3d4e'.repeat(4)}, in ${'0a1b2c3d'.repeat(8)}`, 'built from id-1, in id-2'],
    ['GPU-3f2a77aa-0000-4000-8000-00000000beef', 'GPU-id-1'],
    ['s3://bucket/x and https://a.example/b', 's3://url-1 and https://url-2'],
    ['3f2a77aa-0000-4000-8000-00000000beef', 'id-1'],
    [path('odd', 'root', 'file.py'), '/path-1/file-1.py'],
  ])('%s becomes %s', (text, expected) => {
    expect(anonymiser(path('odd', 'root', 'file.py')).text(text)).toBe(expected);
  });

  test.each([
    'aten::mm',
    'void at::native::vectorized_elementwise_kernel<4, at::native::FillFunctor<float>, at::detail::Array<char*, 1>>(int)',
    'ampere_bf16_s16816gemm_bf16_128x128_ldg8_f2f_stages_32x5_tn',
    'Default/network-Net/backbone/MatMul-op12',
    '/model/layers.0/self_attn/MatMul',
    'torch/nn/modules/module.py(1520): _call_impl',
    'threading.py(966): _bootstrap_inner',
    'hcom_allReduce__028_0_1',
    '1736408883704643',
    '4711',
    'http://127.0.0.1:9417/',
    'Memcpy HtoD (Pageable -> Device)',
    'a::b::c::deadbeef',
    `aten::add ${'1234567890'.repeat(4)}`,
    `Cijk_${'0a1b2c3d4e'.repeat(4)}`,
    '12:30:05.123',
    '2.7.1',
  ])('%s stays', (text) => {
    expect(anonymiser().text(text)).toBe(text);
  });

  test('files of packages keep what is imported', () => {
    const installed = `${HOME}/env/lib/python3.10/site-packages`;
    expect(anonymiser().text(`${installed}/torch/nn/functional.py(7): linear`)).toBe(
      '/path-1/torch/nn/functional.py(7): linear',
    );
    expect(anonymiser().text(`${installed}/house/nn.py(7): f`)).toBe('/path-1/file-1.py(7): f');
  });
});

describe('what was learned', () => {
  test.each([
    ['"host_name": "node17.cluster.example"', 'op on NODE17 and node17.cluster.example', 'op on host-1 and host-1'],
    ['"hosts": ["nodea1", "nodeb2"]', 'nodeb2_kernel, nodea1', 'host-2_kernel, host-1'],
    [`${HOME}/x`, 'ada_kernel by ada, not adamw', 'user-1_kernel by user-1, not adamw'],
    ['user=ada.love', 'ada_love ada-love', 'user-1 user-1'],
    ['"job_id": "774411"', 'job 774411 of 7744110', 'job job-1 of 7744110'],
    ['"host": "flash-attn-03"', 'flash_fwd on flash_attn_03', 'flash_fwd on host-1'],
    ['"host": "flash-3.lab.example"', 'flash_fwd on flash-3 in lab.example', 'flash_fwd on host-1 in domain-1'],
  ])('by %s is replaced in %s', (said, text, expected) => {
    expect(anonymiser(said).text(text)).toBe(expected);
  });

  test('is nothing that everybody is called', () => {
    const common = anonymiser(`${path('home', 'root')}/x`, '"host": "localhost"', 'user=user', '"user": "torch"');
    expect(common.text('root localhost user torch')).toBe('root localhost user torch');
  });
});

describe('whatever somebody is called', () => {
  const learnedBy = (kind: 'user' | 'host' | 'job', name: string): Anonymiser => {
    const made = new Anonymiser();
    made.learnWord(kind, name);
    return made;
  };

  test.each([
    ['user', 'a', 'a aten::add b'],
    ['host', 'e', 'e 1e5 exp'],
    ['user', '', 'x  y'],
    ['user', ' ', 'x  y'],
    ['user', '...', 'x --- y___'],
    ['user', 'step', 'step 3 ProfilerStep#3'],
    ['user', 'ProfilerStep', 'ProfilerStep#3'],
    ['user', 'run', 'run model phases'],
    ['host', 'GPU', 'GPU 0 gpu'],
    ['user', 'exposed-comm', 'exposed-comm'],
    ['user', 'aten', 'aten::mm'],
    ['user', '.*', 'anything at all'],
    ['user', '12.345', 'took 12.345 us'],
    ['job', '774411', '774411'],
    ['job', '774411', '1774411.774411 774411.5 [774411, 64] 774411,8 bytes: 774411 x=774411 774411 us'],
  ] as const)('%s %j: %s stays', (kind, name, text) => {
    expect(learnedBy(kind, name).text(text)).toBe(text);
  });

  test.each([
    ['user', 'a.*b+(c|d)[', 'by a.*b+(c|d)[ and axxb', 'by user-1 and axxb'],
    ['user', '$&', 'pay $& now', 'pay $& now'],
    ['user', '张伟', '张伟的模型, 张_伟', 'user-1的模型, 张_伟'],
    ['user', 'José', 'josé JOSÉ Josés jos', 'user-1 user-1 Josés jos'],
    ['host', 'NodeA7', 'nodea7 NODEA7 nodea70', 'host-1 host-1 nodea70'],
    [
      'job',
      '774411',
      'job-774411 job 774411, JobID: 774411 run_774411 774411_log',
      'job-job-1 job job-1, JobID: job-1 run_job-1 job-1_log',
    ],
  ] as const)('%s %j: %s becomes %s', (kind, name, text, expected) => {
    expect(learnedBy(kind, name).text(text)).toBe(expected);
  });

  test.each([
    [path('root', 'x.py'), '/path-1/file-1.py'],
    [path('home', 'x'), '/path-1'],
    [`${path('home', '张伟', '实验', 'a.py')}(3): f`, '/path-1/file-1.py(3): f'],
    ['D:\\工作\\张伟\\a.bin', '/path-1/file-1.bin'],
    ['\\\\srv7\\share\\x.bin', '/path-1/file-1.bin'],
  ])('the path %s becomes %s', (text, expected) => {
    expect(new Anonymiser().text(text)).toBe(expected);
  });

  test('names in Chinese are learned from paths and from what is said', () => {
    const made = anonymiser(path('home', '李小龙', 'x'), '{"用户名": "张伟", "主机名": "训练一号机"}', 'user: 王芳');
    expect(made.text('李小龙_op 张伟 训练一号机 王芳')).toBe('user-1_op user-2 host-1 user-3');
    expect(anonymousJson('{"user":"赵四","用户名":"张伟"}', made)).toBe('{"user":"user-4","用户名":"user-2"}');
  });

  test('keys, units, metrics and other words of our documents stay', () => {
    const metric = { id: 'ttft.p99', unit: 'ns', better: 'lower', value: 1, error: 0, labels: STEP_LABELS } as const;
    const phases = PHASES.map((phase) => phaseSummary(phase, { bubbles: { 'host-late-launch': exact(1) } }));
    const summary = runSummary({ phases, metrics: [metric], dataLoss: { time_bad: 1 } });
    const baseline = encodeBaseline([{ name: 'a', summary }], { name: 'traceconv', version: '1' });
    const words = new Set(baseline.match(/[A-Za-z][\w.-]*/g));
    expect(words.size).toBeGreaterThan(60);
    const names = new Set(USUAL_OPS.flatMap(({ type, name }) => [type, name]));
    for (const word of words) {
      const made = learnedBy('user', word);
      const other = made.texts(summary);
      if (!names.has(word) && !['ascend', 'CANN'].includes(word)) expect(other, word).toEqual(summary);
      expect(decodeBaseline(encodeBaseline([{ name: 'a', summary: other }], { name: 't', version: '1' }), 'b')).toEqual(
        [{ name: 'a', summary: other }],
      );
    }
    const labelled = { ...summary, metrics: [{ ...metric, labels: { op3_note: 'x' } }] };
    expect(learnedBy('user', 'Op3').texts(labelled).metrics[0].labels).toEqual({ 'user-1_note': 'x' });
    expect(learnedBy('user', 'Op3').texts(summary).phases[0].ops[3].name).toBe('user-1');
  });
});

describe('args', () => {
  const inArgs = (json: string): string => anonymousJson(json, anonymiser(json));

  test('stay to the byte where nothing is hidden in them', () => {
    const json = '{"a":1.50, "b" :[1,2], "c":"\\u0041", "big":12345678901234567890}';
    expect(inArgs(json)).toBe(json);
  });

  test('lose what sensitive keys say, whatever it is', () => {
    const said = '{"user":"bo","job_id":774411,"hosts":["n1","n2"],"grid":[1,1]}';
    expect(JSON.parse(inArgs(said))).toEqual({
      ...{ user: 'user-1', job_id: 'job-1', hosts: ['host-1', 'host-2'], grid: [1, 1] },
    });
  });

  test('stay numbers where a job has the number of one', () => {
    const said = '{"job_id":151936,"Input Dims":[[151936,true]],"Input Shapes":"151936,8","dur":151936.5}';
    expect(inArgs(said)).toBe(
      '{"job_id":"job-1","Input Dims":[[151936,true]],"Input Shapes":"151936,8","dur":151936.5}',
    );
  });

  test('that are never closed take no longer than others', () => {
    const quotes = '\\"'.repeat(50_000);
    expect(anonymousJson(`{"${quotes}ada`, anonymiser('user=ada'))).toBe(`{"${quotes}user-1`);
  });

  test('are looked into through escapes, and through quotes that are wrong', () => {
    const slashes = HOME.replaceAll('/', '\\/');
    expect(inArgs(`{"a":"${slashes}\\/x"}`)).toBe('{"a":"/path-1"}');
    expect(inArgs(`{"a":"b "c" ${HOME}/x","d":2}`)).not.toContain('ada');
  });
});

test.each([
  ['distributedInfo', { backend: 'nccl', rank: 0, master_addr: 'nodex', pg: [{ endpoint: 'nodey:29500' }] }],
  ['config', { MASTER_ADDR: 'nodex', rdzv_endpoint: 'nodey:29500', world: 8 }],
  ['config', { container_id: 'nodex', serial: 'nodey', device_uuid: 'nodex' }],
  ['config', { cmdline: 'python -m nodex.train --exp nodey', argv: ['nodex', 'nodey'] }],
])('a fact %s says nothing of machines, containers and command lines: %j', (key, fact) => {
  const replaced = anonymousFact(key, JSON.stringify(fact), new Anonymiser());
  expect(replaced).not.toMatch(/nodex|nodey/);
  expect(Object.keys(JSON.parse(replaced) as object)).toEqual(Object.keys(fact));
});

test('numbers of machines stay, and a host is known without its port', () => {
  const made = new Anonymiser();
  expect(anonymousFact('config', '{"nodes":2,"cluster":"4"}', made)).toBe('{"nodes":2,"cluster":"4"}');
  made.learnWord('host', 'nodey7:29500');
  expect(made.text('nodey7 and nodey7:29500')).toBe('host-1 and host-1');
});

describe('labels of metrics', () => {
  const labelsAfterwards = (all: readonly Labels[], ...learned: string[]): readonly Labels[] => {
    const made = anonymiser(...learned);
    const table = metricTable(
      'x.json',
      all.map((labels) => ({ id: 'req_s', unit: '1/s', better: 'higher', value: 1, labels })),
    );
    learnTable(table, new Set(), made);
    return metricsOf(anonymousTable(table, new AnonymousStrings(made), made)).map(({ labels }) => labels);
  };

  test('become equal where the same is meant, and can be read all the same', () => {
    const hosts = [{ host: 'gpu1.lab.example' }, { host: 'gpu1' }];
    expect(labelsAfterwards(hosts)).toEqual([{ host: 'host-1' }, { host: 'host-1' }]);
  });

  test('may hold whatever JSON has to escape', () => {
    expect(labelsAfterwards([{ note: 'C:\\Users\\ada"x' }])).toEqual([{ note: '/path-1"x' }]);
  });

  test('are found whatever a user is called', () => {
    expect(labelsAfterwards([{ note: 'by metrix' }], 'user=labels', 'user=metrix')).toEqual([{ note: 'by user-1' }]);
  });

  test('say at which address a server was', () => {
    const [labels] = labelsAfterwards([{ instance: 'gpu-node7:8000', note: 'of gpu-node7:8000' }]);
    expect(labels).toEqual({ instance: 'host-1', note: 'of host-1' });
  });
});

test('an address of the machine itself stays, one that only begins so does not', () => {
  expect(anonymiser().text('http://localhost:8000/ http://localhost:x@secret.example/')).toBe(
    'http://localhost:8000/ http://url-1',
  );
});

test('inputs are replaced in messages in the way they were named', () => {
  const made = new Anonymiser();
  made.learnPlace('runs of ada/first');
  expect(made.message('runs of ada/first/rank0: is "first" read?')).toBe('path-1/rank0: is "path-1" read?');
  expect(made.message('/path-1/file-1.json')).toBe('/path-1/file-1.json');
});

test('errors say the same with other names, and nothing of what stands in a file', () => {
  const found = 'a JSON object with secret, plan and no trace events';
  const error = new InputError('not_a_trace', { at: { path: 'ada/x.json', offset: 3 }, expected: 'a trace', found });
  expect(anonymousError(error, new Anonymiser())).toMatchObject({
    message: 'path-1/file-1.json, byte 3: expected a trace, found a JSON object without trace events',
  });
});

// Quadratic work on such texts takes minutes, and the test is over before.
test.each(['/', 'a/', 'a+', 'a.', '@a', '1.', 'a:', '()', `${HOME} `, '~a/', 'http://', "'", '\\', '/a,'])(
  'a text of nothing but %s takes no longer than others',
  (piece) => {
    const made = anonymiser('user=ada.love');
    const hostile = piece.repeat(20_000);
    made.learn(hostile);
    expect(anonymousJson(hostile, made)).not.toBe('');
  },
  20_000,
);
