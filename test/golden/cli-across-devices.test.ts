// `compare --across-devices` on captures of two vendors whose work is known, because it was put together here.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AcrossDevices } from '../../src/analysis/across-devices/index.ts';
import { hostSlice, kinetoText, launched } from '../support/kineto-events.ts';
import { freshFolder, PROJECT, textOf, traceconv } from './command.ts';

const TIMEOUT_MS = 60_000;
const folder = freshFolder();

/** Name, type, core and microseconds of each op of an Ascend device, one after the other. */
const ASCEND_OPS = [
  ['aclnnMatmul_MatMulV2_1', 'MatMulV2', 'AI_CORE', 400],
  ['FlashAttentionScore_2', 'FlashAttentionScore', 'MIX_AIC', 300],
  ['RmsNorm_3', 'RmsNorm', 'AI_VECTOR_CORE', 50],
  ['Add_4', 'Add', 'AI_VECTOR_CORE', 30],
  ['TransData_5', 'TransData', 'AI_VECTOR_CORE', 20],
  ['DSAGenBitMask_6', 'DSAGenBitMask', 'DSA_SQE', 7],
  ['HouseMadeThing_7', 'HouseMadeThing', 'AI_VECTOR_CORE', 13],
] as const;

/** Kernel, the operator around its launch, and microseconds. */
const CUDA_OPS = [
  ['ampere_bf16_s16816gemm_bf16_128x128_ldg8_f2f_stages_32x5_tn', 'aten::mm', 200],
  ['void flash_fwd_kernel<Flash_fwd_kernel_traits<128, 64>>(Flash_fwd_params)', 'flash_attn::_flash_attn_forward', 100],
  ['void vectorized_elementwise_kernel<4, CUDAFunctor_add<float>>(int)', 'aten::add', 60],
  ['void house_kernel<int>()', 'aten::copy_', 10],
  ['ncclDevKernel_AllReduce_Sum_bf16_RING_LL(ncclDevComm*)', 'c10d::allreduce_', 80],
  ['void cub::DeviceRadixSortOnesweepKernel<int>()', 'aten::sort', 5],
  ['void mystery<float>()', 'house::mystery', 45],
] as const;

function ascendTable(): string {
  const header =
    'Step Id,Device_id,Model ID,Task ID,Stream ID,Name,Type,OP State,Accelerator Core,Start Time(us),Duration(us),Wait Time(us),Block Dim,HF32 Eligible,Input Shapes,Input Data Types,Input Formats,Output Shapes,Output Data Types,Output Formats,Context ID';
  let at = 1_736_408_883_000_000;
  const rows = ASCEND_OPS.map(([name, type, core, us], task) => {
    const row = [
      '',
      0,
      4294967295,
      task,
      2,
      name,
      type,
      'static',
      core,
      `${at}.000\t`,
      us,
      0,
      20,
      'NO',
      ...Array<string>(7).fill('N/A'),
    ];
    at += us + 10;
    return row.join(',');
  });
  return `${[header, ...rows].join('\n')}\n`;
}

function cudaTrace(scale: number): string {
  let at = 0;
  const events = [0, 1, 2].flatMap((step) => {
    const from = at;
    const ops = CUDA_OPS.flatMap(([kernel, operator, us], op) => {
      const call = at;
      at += scale * us + 20;
      return [
        hostSlice('cpu_op', operator, [call, call + 8]),
        ...launched(100 * step + op + 1, kernel, 7, [call + 1, call + 5], [call + 6, call + 6 + scale * us]),
      ];
    });
    return [hostSlice('user_annotation', `ProfilerStep#${step}`, [from, at - 1]), ...ops];
  });
  return kinetoText(events, { deviceProperties: [{ id: 0, name: 'NVIDIA A100' }] });
}

beforeAll(() => {
  writeFileSync(join(folder, 'kernel_details.csv'), ascendTable());
  writeFileSync(join(folder, 'cuda.pt.trace.json'), cudaTrace(1));
  writeFileSync(join(folder, 'slow.pt.trace.json'), cudaTrace(3));
});

const schema = JSON.parse(readFileSync(join(PROJECT, 'docs', 'schemas', 'across-devices-1.schema.json'), 'utf8'));
const isValid = new Ajv({ strict: false }).compile(schema);

/** What every document is, its schema says. */
function documentIn(path: string): AcrossDevices {
  const document: unknown = JSON.parse(readFileSync(join(folder, path), 'utf8'));
  expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true);
  return document as AcrossDevices;
}

async function compared(...words: string[]): Promise<AcrossDevices> {
  const { exitCode, stderr } = await traceconv(['compare', '--across-devices', ...words, '--report', 'json=a.json'], {
    cwd: folder,
  });
  expect(exitCode, stderr).toBe(0);
  return documentIn('a.json');
}

const micros = ({ phases: [phase] }: AcrossDevices, side: 'base' | 'head'): Record<string, number> =>
  Object.fromEntries(phase.classes.map((row) => [row.class, row[side] / 1000]));

const ASCEND_TRUTH = {
  ...{ attention: 300, matmul: 400, elementwise: 80, communication: 0, movement: 20, other: 7, unmapped: 13 },
};
const CUDA_TRUTH = {
  ...{ attention: 100, matmul: 200, elementwise: 60, communication: 80, movement: 10, other: 5, unmapped: 45 },
};

describe('an Ascend table beside a CUDA trace', () => {
  let found: AcrossDevices;
  beforeAll(async () => {
    found = await compared('kernel_details.csv', 'cuda.pt.trace.json', '--whole-run');
  }, TIMEOUT_MS);

  test('has the planted time of each class', () => {
    expect(micros(found, 'base')).toEqual(ASCEND_TRUTH);
    const inThreeSteps = Object.fromEntries(Object.entries(CUDA_TRUTH).map(([name, us]) => [name, 3 * us]));
    expect(micros(found, 'head')).toEqual(inThreeSteps);
  });

  test('has shares of all ops and ratios of the two', () => {
    const [matmul] = found.phases[0].classes.filter((row) => row.class === 'matmul');
    expect(matmul).toMatchObject({ ratio: 1.5, share: { base: 0.487805, head: 0.4 } });
    expect(found.phases[0].classes.find((row) => row.class === 'communication')?.ratio).toBeNull();
  });

  test('lists what is unmapped, with its time and count', () => {
    expect(found.phases[0].unmapped).toEqual({
      base: [{ op: 'HouseMadeThing', perStepNs: 13_000, countPerStep: 1 }],
      head: [{ op: 'void mystery<float>()', perStepNs: 135_000, countPerStep: 3 }],
    });
  });

  test('is not refused for its devices, and tells of nothing that differs by nature', () => {
    const checks = found.checks.map(({ check }) => check);
    expect(checks).toContain('step-source');
    for (const check of ['device', 'chip', 'toolkit', 'model', 'shapes']) expect(checks).not.toContain(check);
    expect(found.checks.filter(({ severity }) => severity === 'not-comparable')).toEqual([]);
  });
});

test(
  'with steps, times are per step and the first is left out',
  async () => {
    const found = await compared('cuda.pt.trace.json', 'slow.pt.trace.json');
    expect(found.phases.map(({ phase, per, stepCount }) => ({ phase, per, stepCount }))).toEqual([
      { phase: 'other', per: 'step', stepCount: { base: 2, head: 2 } },
    ]);
    expect(micros(found, 'base')).toEqual(CUDA_TRUTH);
    expect(found.phases[0].classes.map(({ ratio }) => ratio)).toEqual(Array(7).fill(3));
  },
  TIMEOUT_MS,
);

test.each(['en', 'zh'])(
  'people read it as text, Markdown and HTML: %s',
  async (language) => {
    const { stdout, exitCode } = await traceconv(
      [
        ...[
          'compare',
          '--across-devices',
          'kernel_details.csv',
          'cuda.pt.trace.json',
          '--whole-run',
          '--lang',
          language,
        ],
        ...['--report', 'md=a.md', '--report', 'html=a.html'],
      ],
      { cwd: folder },
    );
    expect(exitCode).toBe(0);
    const markdown = readFileSync(join(folder, 'a.md'), 'utf8');
    const html = readFileSync(join(folder, 'a.html'), 'utf8');
    await expect(`${textOf(stdout)}\n${markdown}`).toMatchFileSnapshot(`expected/across-devices.${language}.txt`);
    for (const shown of ['HouseMadeThing', '48.8 %', '1.50x']) expect(html).toContain(shown);
    expect(html).toContain('void mystery&lt;float&gt;()');
  },
  TIMEOUT_MS,
);

test(
  'runs without a phase in common are not comparable, and forms that judge are refused',
  async () => {
    const without = await traceconv(['compare', '--across-devices', 'kernel_details.csv', 'cuda.pt.trace.json'], {
      cwd: folder,
    });
    expect(without.exitCode).toBe(6);
    expect(textOf(without.stdout)).toContain('--whole-run');
    const junit = await traceconv(
      ['compare', '--across-devices', 'kernel_details.csv', 'cuda.pt.trace.json', '--report', 'junit=r.xml'],
      { cwd: folder },
    );
    expect(junit.exitCode).toBe(2);
    expect(junit.stderr).toContain('--across-devices');
  },
  TIMEOUT_MS,
);

test(
  'results of benchmarks have no ops, which is said instead of asking for steps',
  async () => {
    writeFileSync(join(folder, 'result.json'), JSON.stringify({ avg_latency: 6.1, percentiles: { 50: 6 } }));
    const words = ['compare', '--across-devices', 'result.json', 'cuda.pt.trace.json', '--whole-run'];
    const { exitCode, stdout } = await traceconv([...words, '--report', 'json=none.json'], { cwd: folder });
    expect(exitCode).toBe(6);
    expect(textOf(stdout)).toContain('The base has no ops of a device');
    expect(textOf(stdout)).not.toContain('--whole-run');
    expect(documentIn('none.json')).toMatchObject({ exitCode: 6, base: { hasOps: false }, head: { hasOps: true } });
  },
  TIMEOUT_MS,
);
