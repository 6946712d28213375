// Our numbers in HTA's definitions against what HTA itself (f4d0062, pandas 2.2.3) computed on the same captures: equal, but
// for the mean and deviation of queues, where HTA leaves the order of a launch and a start in one microsecond to chance.
import { describe, expect, test } from 'vitest';
import { analyseRun, type DefinitionRow, definitionFigures, hostFigures } from '../../src/analysis/index.ts';
import { type HtaRows, htaRows } from '../../src/analysis/definitions/hta/rank-rows.ts';
import { NONE, type Run } from '../../src/timeline/index.ts';
import { readFiles } from '../support/reading.ts';
import { runOf } from '../support/runs.ts';
import { noticeWhenAbsent, readSample, samplesAbsent } from '../support/samples.ts';

noticeWhenAbsent("HTA's numbers");

const FOLDER = 'torch/hta';
/** By their names in the file of expected numbers. */
const CAPTURES: Readonly<Record<string, readonly string[]>> = {
  negative_queue_length_values_check: ['negative_queue_length_values_check/rank0.json.gz'],
  'trace_filter(2 ranks)': ['trace_filter/sampled_rank-0.json.gz', 'trace_filter/sampled_rank-1.json.gz'],
  nccl_parser_config: ['nccl_parser_config/nccl_data.json.gz'],
  amd_trace: ['amd_trace/mi250_minitoy_train_ROCm6_2_kineto.json.gz'],
};

const ALEXNET = 'critical_path/alexnet/benchmark_result_2869224_1695835535_trace.json.gz';

type Cell = string | number | null;
type Rows = readonly Readonly<Record<string, Cell>>[];
interface Expected {
  readonly get_temporal_breakdown: Rows;
  readonly get_comm_comp_overlap: Rows;
  readonly get_idle_time_breakdown: Rows;
  readonly get_gpu_kernel_breakdown: { readonly types: Rows; readonly kernels_top10_by_type: Rows };
  readonly get_queue_length_summary: Rows;
  readonly get_memory_bw_summary: Rows;
  readonly get_profiler_steps: readonly number[];
}

const expectedOf = (): Readonly<Record<string, Expected>> =>
  JSON.parse(new TextDecoder().decode(readSample(`${FOLDER}/expected-by-hta.json`)));

async function runOfFiles(paths: readonly string[]): Promise<Run> {
  const read = async (path: string) =>
    (await readFiles('torch-kineto', [{ path, bytes: readSample(`${FOLDER}/${path}`) }])).timeline;
  return runOf(...(await Promise.all(paths.map(read))));
}

/** HTA calls a rank that the file does not name 0. */
const rankOf = ({ rank }: Pick<DefinitionRow, 'rank'>): number => (rank === NONE ? 0 : rank);

/** HTA's floating point adds up in another order. */
const close = (ours: number | undefined, hta: Cell, what: string): void => {
  if (hta === null) expect(ours, what).toBeUndefined();
  else expect(Math.abs((ours ?? Number.NaN) - Number(hta)), what).toBeLessThanOrEqual(1e-9 * Math.max(1, Number(hta)));
};

const STATISTICS = ['count', 'mean', 'std', 'min', '25%', '50%', '75%', 'max'];

describe.skipIf(samplesAbsent).each(Object.entries(CAPTURES))('%s', async (name, paths) => {
  const hta = samplesAbsent ? undefined! : expectedOf()[name];
  const run = samplesAbsent ? undefined! : await runOfFiles(paths);
  const { rows } = samplesAbsent ? { rows: [] } : definitionFigures('hta', run);
  const find = (table: string, of: Readonly<Record<string, Cell>>, figure: string): DefinitionRow[] =>
    rows.filter(
      (row) =>
        row.table === table &&
        row.figure === figure &&
        (of.rank === undefined || rankOf(row) === of.rank) &&
        (of.stream === undefined || row.stream === of.stream) &&
        (of.subject === undefined || row.subject === of.subject),
    );
  const same = (table: string, of: Readonly<Record<string, Cell>>, figure: string, expected: Cell): void => {
    const found = find(table, of, figure);
    const what = [table, ...Object.values(of), figure].join(' ');
    expect(found.length, what).toBe(1);
    close(found[0].value, expected, what);
  };

  test('has the steps that HTA keeps', () => {
    const steps = rows.filter(({ table }) => table === 'profiler steps').map(({ step }) => Number(step));
    expect([...new Set(steps)]).toEqual(hta.get_profiler_steps);
  });

  test('has the temporal breakdown', () => {
    for (const { rank, ...figures } of hta.get_temporal_breakdown) {
      for (const [figure, value] of Object.entries(figures)) {
        same('temporal breakdown', { rank }, figure.replace('(us)', ''), value);
      }
    }
  });

  test('has the share of communication that computation hides', () => {
    for (const { rank, ...figures } of hta.get_comm_comp_overlap) {
      for (const [figure, value] of Object.entries(figures)) {
        same('communication computation overlap', { rank }, figure, value);
      }
    }
  });

  test('has the idle time of each stream by cause, and none of causes that HTA does not find', () => {
    for (const { rank, stream, idle_category, idle_time, idle_time_ratio } of hta.get_idle_time_breakdown) {
      const of = { rank, stream, subject: idle_category };
      same('idle time breakdown', of, 'idle_time', idle_time);
      // HTA prints a share with two digits.
      const percent = idle_time_ratio === null ? null : Math.round(Number(idle_time_ratio) * 100);
      same('idle time breakdown', of, 'idle_time_ratio', percent);
    }
    const ours = rows.filter((row) => row.table === 'idle time breakdown' && row.figure === 'idle_time');
    const sum = (values: readonly Cell[]): number => values.reduce<number>((all, value) => all + Number(value), 0);
    expect(sum(ours.map(({ value }) => value ?? Number.NaN))).toBe(
      sum(hta.get_idle_time_breakdown.map(({ idle_time }) => idle_time)),
    );
  });

  test('has the exclusive time of each combination of kernel types', () => {
    const { types } = hta.get_gpu_kernel_breakdown;
    for (const { kernel_type: subject, ...figures } of types) {
      for (const [figure, value] of Object.entries(figures)) same('kernel type breakdown', { subject }, figure, value);
    }
    expect(rows.filter(({ table }) => table === 'kernel type breakdown').length).toBe(2 * types.length);
  });

  test('has the longest kernels of each type', () => {
    // Names are cut in the file of expected numbers, so that only all numbers together tell a kernel.
    const FIGURES = ['sum', 'max', 'min', 'stddev', 'mean'];
    for (const kernel of hta.get_gpu_kernel_breakdown.kernels_top10_by_type) {
      const table = `kernel breakdown ${kernel.kernel_type}`;
      const subjects = find(table, { rank: kernel.rank }, 'sum').flatMap(({ subject = '' }) => subject);
      const matches = subjects.filter((subject) => {
        if (!subject.startsWith(`${kernel.name}`)) return false;
        return FIGURES.every((figure) => {
          const [{ value = Number.NaN }] = find(table, { rank: kernel.rank, subject }, figure);
          return Math.abs(value - Number(kernel[figure === 'stddev' ? figure : `${figure} (us)`])) < 1e-6;
        });
      });
      expect(matches.length, `${kernel.name} of rank ${kernel.rank}`).toBeGreaterThanOrEqual(1);
    }
  });

  test('has the lengths of queues', () => {
    for (const { rank, stream, ...figures } of hta.get_queue_length_summary) {
      for (const figure of STATISTICS.filter((each) => each !== 'mean' && each !== 'std')) {
        same('queue length', { rank, stream }, figure, figures[figure]);
      }
      const [{ value: mean = Number.NaN }] = find('queue length', { rank, stream }, 'mean');
      const [{ value: std = Number.NaN }] = find('queue length', { rank, stream }, 'std');
      const ties = tiesOf(
        htaRows(run).find((each) => rankOf(each) === rank)!,
        Number(stream),
      );
      // Where a start comes before a launch of its microsecond, one length more is counted one less.
      const leastMean = mean - (2 * ties) / Number(figures.count);
      expect(Number(figures.mean)).toBeLessThanOrEqual(mean + 1e-9);
      expect(Number(figures.mean)).toBeGreaterThanOrEqual(leastMean - 1e-9);
      expect(Math.abs(Number(figures.std) - std)).toBeLessThanOrEqual(ties === 0 ? 1e-9 : 0.01);
    }
    expect(rows.filter(({ table }) => table === 'queue length').length).toBe(
      STATISTICS.length * hta.get_queue_length_summary.length,
    );
  });

  test('has the bandwidth of each kind of copy', () => {
    for (const { rank, name: subject, ...figures } of hta.get_memory_bw_summary) {
      for (const figure of STATISTICS) same('memory bandwidth', { rank, subject }, figure, figures[figure]);
    }
    expect(rows.filter(({ table }) => table === 'memory bandwidth').length).toBe(
      STATISTICS.length * hta.get_memory_bw_summary.length,
    );
  });
});

/** How many launches fall into the microsecond of a start on the same stream. */
function tiesOf(rows: HtaRows, stream: number): number {
  const own = Array.from({ length: rows.length }, (_, row) => row).filter(
    (row) => rows.stream[row] === stream && rows.isEnqueued[row] === 1,
  );
  const starts = new Set(own.map((row) => rows.startUs[row]));
  return own.filter((row) => starts.has(rows.callStartUs[row])).length;
}

describe.skipIf(samplesAbsent)('a capture that waits for the whole device', () => {
  test('counts such waits as slices, as HTA does', async () => {
    const { rows } = definitionFigures('hta', await runOfFiles([ALEXNET]));
    const valueOf = (table: string, figure: string, stream?: number): number | undefined =>
      rows.find((row) => row.table === table && row.figure === figure && row.stream === stream)?.value;
    const breakdown = ['kernel_time', 'idle_time', 'compute_time', 'non_compute_time'];
    expect(breakdown.map((figure) => valueOf('temporal breakdown', figure))).toEqual([
      12_996_011, 12_929_684, 10_630, 55_697,
    ]);
    expect(valueOf('queue length', 'max', 7)).toBe(18);
    expect(valueOf('queue length', 'mean', 7)).toBeCloseTo(3.346, 3);
    const idle = rows.filter((row) => row.figure === 'idle_time' && row.stream === 7).map(({ value }) => value);
    expect(idle).toEqual([12_855_007, 104, 0]);
  });
});

// HolisticTraceAnalysis 0.5.0 with pandas 2.2.3 was run for these: get_cuda_kernel_launch_stats, in us.
const LAUNCHES = [
  { paths: CAPTURES['trace_filter(2 ranks)'], rank: 0, count: 602, call: 5109, kernel: 302_241, delay: 9_880_122 },
  { paths: CAPTURES['trace_filter(2 ranks)'], rank: 1, count: 577, call: 4988, kernel: 306_242, delay: 9_761_662 },
  { paths: [ALEXNET], rank: 0, count: 98, call: 3_113_616, kernel: 66_203, delay: 39_283 },
];

describe.skipIf(samplesAbsent)('launches', () => {
  test.each(LAUNCHES)('of rank $rank of $paths take and wait as long as HTA says', async ({ paths, rank, ...hta }) => {
    const { rows } = definitionFigures('hta', await runOfFiles(paths));
    const own = rows.filter((row) => row.table === 'kernel launch statistics' && rankOf(row) === rank);
    for (const [subject, totalUs] of [
      ['cpu_duration', hta.call],
      ['gpu_duration', hta.kernel],
      ['launch_delay', hta.delay],
    ] as const) {
      const find = (figure: string): number | undefined =>
        own.find((row) => row.subject === subject && row.figure === figure)?.value;
      expect(find('count')).toBe(hta.count);
      close((find('mean') ?? Number.NaN) * hta.count, totalUs, subject);
    }
  });
});

describe.skipIf(samplesAbsent)('marked ranges', () => {
  test('are as many and as long as HTA says', async () => {
    const [{ annotations }] = hostFigures(analyseRun(await runOfFiles([ALEXNET]))).devices;
    const ours = annotations.map(({ name, count, totalNs }) => [name, count, totalNs / 1000]);
    // get_gpu_user_annotation_breakdown(use_gpu_annotation=False): sum, and count as sum by mean. It drops no step here.
    const model = '[param|pytorch.model.alex_net|0|0|0';
    expect(ours).toEqual([
      ['[param|cuda]', 1, 43_425_283],
      [`${model}|warmup|forward]`, 2, 25_500_733],
      [`${model}]`, 1, 12_840_436],
      [`${model}|measure|forward]`, 2, 116_034],
      ['[param|clear_cache]', 2, 56_408],
    ]);
  });
});
