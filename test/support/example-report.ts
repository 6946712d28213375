// A report in which every section has something to say, with made-up figures that fit together.
import type { ReportDocument } from '../../src/report/index.ts';

export const HOSTILE = 'Mat|Mul`<b>\u001b[31m\n=1+1‮';

const RANK_0 = { rank: 0, device: 4, capture: null };
const RANK_1 = { rank: 1, device: 5, capture: null };

const MESSAGES = {
  event_truncated: { severity: 'data_loss', text: 'the file ends in the middle of an event, which was dropped' },
  time_rounded: { severity: 'info', text: 'times finer than a nanosecond were rounded half up' },
} as const;

const token = (id: string, startNs: number, durNs: number): ReportDocument['steps']['items'][number] => ({
  ...{ id, ...RANK_0, phase: 'decode', startNs, durNs, isFirst: id === '0', isOutlier: durNs > 15_000_000 },
  ...{ computeNs: durNs / 2, exposedCommNs: durNs / 4, deviceIdleNs: durNs / 4 },
  topOps: [
    { key: 'MatMulV3', totalNs: durNs / 5 },
    { key: 'FusedInferAttentionScore', totalNs: durNs / 10 },
  ],
});

const op = (key: string, totalNs: number, count: number): ReportDocument['topOps'][number] => ({
  ...{ key, type: key, name: null, shape: null, class: 'cube', count, totalNs, selfNs: totalNs },
  ...{ meanNs: Math.round(totalNs / count), p50Ns: 90_000, p95Ns: 120_000, maxNs: 150_000 },
  ...{ shareOfBusy: totalNs / 30_000_000, perStepNs: totalNs / 4 },
});

const rankStep = { ...RANK_0, stepId: '0', startSkewNs: 0, durNs: 10_000_000, computeNs: 5_000_000 } as const;

const DELAY = { count: 20, clampedCount: 1, p50Ns: 4_000, p95Ns: 90_000, maxNs: 120_000, totalNs: 300_000 };

export const EXAMPLE: ReportDocument = {
  schema: 'traceconv.report/1',
  tool: { name: 'traceconv', version: '1.2.3' },
  originNs: '1764246878000000000',
  inputs: [
    { path: 'run/rank0/trace_view.json', sha256: 'ab'.repeat(32), reader: 'ascend-msprof-json', level: 'Level1' },
    { path: 'run/rank1/trace_view.json', sha256: null, reader: 'ascend-msprof-json', level: 'Level1' },
  ],
  environment: { device: 'Ascend NPU', chip: '5', chipName: 'V4_1_0', toolkit: 'CANN 8.3.RC1', world: 4, tp: 2, pp: 2 },
  window: { startNs: 1_000_000, endNs: 41_000_000, rule: 'first-to-last' },
  selection: { range: null, steps: null },
  dataQuality: {
    diagnostics: { event_truncated: 1, time_rounded: 1234 },
    messages: MESSAGES,
    unmatchedOps: 3,
    unseenGraphCount: 0,
    skewNs: -2500,
  },
  totals: [
    {
      ...{ ...RANK_0, windowNs: 40_000_000, computeNs: 20_000_000, commNs: 12_000_000, exposedCommNs: 10_000_000 },
      ...{
        copyNs: 100_000,
        deviceIdleNs: 10_000_000,
        unseenGraphNs: 0,
        computeIdleNs: 20_000_000,
        vendorFreeNs: 10_000_012,
      },
    },
    {
      ...{ ...RANK_1, windowNs: 40_000_000, computeNs: 30_000_000, commNs: 4_000_000, exposedCommNs: 2_000_000 },
      ...{ copyNs: 0, deviceIdleNs: 8_000_000, unseenGraphNs: 0, computeIdleNs: 10_000_000, vendorFreeNs: null },
    },
  ],
  steps: {
    cut: [],
    source: 'repetition',
    confidence: 0.93,
    items: [
      token('0', 1_000_000, 20_000_000),
      token('1', 21_000_000, 8_000_000),
      token('2', 29_000_000, 4_000_000),
      token('3', 33_000_000, 8_000_000),
    ],
    byPhase: {
      prefill: {
        ...{
          count: 1,
          deviceCount: 1,
          p50Ns: 90_000_000,
          p95Ns: 90_000_000,
          meanNs: 90_000_000,
          computeNs: 80_000_000,
        },
        ...{ usualCount: 1, usualMeanNs: 90_000_000 },
        ...{ exposedCommNs: 5_000_000, deviceIdleNs: 5_000_000, ops: [] },
      },
      decode: {
        ...{
          count: 4,
          deviceCount: 1,
          p50Ns: 8_000_000,
          p95Ns: 20_000_000,
          meanNs: 10_000_000,
          usualCount: 3,
          usualMeanNs: 10_000_000,
        },
        ...{ computeNs: 5_000_000, exposedCommNs: 2_500_000, deviceIdleNs: 2_500_000 },
        ops: [
          { key: 'MatMulV3', nsPerStep: 2_000_000, countPerStep: 64, share: 0.4 },
          { key: HOSTILE, nsPerStep: 1_234_567, countPerStep: 32.5, share: 0.25 },
        ],
      },
    },
  },
  topOps: [op('MatMulV3', 8_000_000, 256), op(HOSTILE, 4_938_268, 130), op('RmsNorm', 400_000, 64)],
  opClasses: [
    { class: 'cube', count: 386, totalNs: 12_938_268, share: 0.9 },
    { class: 'vector', count: 64, totalNs: 400_000, share: 0.1 },
  ],
  bubbles: {
    ...{ kind: 'device', thresholdNs: 10_000, totalNs: 18_000_000, belowThresholdNs: 3_000_000 },
    belowThresholdCount: 1500,
    groups: [
      { cause: 'host-late-framework', before: 'MatMulV3', after: 'RmsNorm', count: 30, totalNs: 12_000_000 },
      { cause: 'event-wait', before: null, after: HOSTILE, count: 1, totalNs: 3_000_000 },
    ],
    histogram: [
      {
        ...{ fromNs: 200_000, count: 30, totalNs: 12_000_000 },
        causes: [{ cause: 'host-late-framework', count: 30, totalNs: 12_000_000 }],
      },
      { fromNs: 500_000, count: 0, totalNs: 0, causes: [] },
      { fromNs: 1_000_000, count: 0, totalNs: 0, causes: [] },
      {
        ...{ fromNs: 2_000_000, count: 1, totalNs: 3_000_000 },
        causes: [{ cause: 'event-wait', count: 1, totalNs: 3_000_000 }],
      },
    ],
    count: 31,
    items: [
      {
        ...{ ...RANK_1, stream: null, startNs: 2_000_000, durNs: 3_000_000, cause: 'event-wait', confidence: 0.9 },
        ...{ stepId: '0', before: null, after: HOSTILE },
      },
    ],
  },
  overlap: [
    { ...RANK_0, compute: true, communication: false, copy: false, totalNs: 18_000_000 },
    { ...RANK_0, compute: true, communication: true, copy: false, totalNs: 2_000_000 },
  ],
  ranks: {
    alignment: { method: 'collective', residualMedianNs: 1500, residualMaxNs: 42_000, toleranceNs: 42_000 },
    items: [
      { ...rankStep, exposedCommNs: 2_500_000, idleNs: 2_500_000, waitNs: 2_000_000, transferNs: 600_000 },
      {
        ...{ ...rankStep, ...RANK_1, startSkewNs: 70_000, exposedCommNs: 500_000, idleNs: 500_000 },
        ...{ waitNs: 10_000, transferNs: 600_000 },
      },
    ],
    slow: [{ ...RANK_1, votes: 31, collectives: 40, lostNs: 9_000_000, confidence: 0.8, reason: 'computes-longer' }],
    slowLinks: [
      { group: null, fromRank: 0, toRank: 1, transport: 'HCCS', bytesPerSecond: 12_500_000_000, ratio: 0.41 },
    ],
  },
  criticalPath: [
    {
      stepId: '0',
      ...RANK_0,
      durNs: 20_000_000,
      kinds: [
        { kind: 'host', onPathNs: 19_100_000 },
        { kind: 'compute', onPathNs: 900_000 },
      ],
      ops: [{ key: HOSTILE, count: 3, onPathNs: 900_000, stakeNs: 700_000 }],
      host: [
        { name: HOSTILE, count: 40, onPathNs: 19_000_000 },
        { name: null, count: 2, onPathNs: 100_000 },
      ],
    },
  ],
  metrics: [
    {
      ...{ id: 'ttft.mean', unit: 'ns', direction: 'lower-is-better', labels: { model: HOSTILE }, value: 105_000_000 },
      ...{ low: null, high: null, error: 2_000_000, repeats: 3, count: 600 },
    },
    {
      ...{
        id: 'ttft.p99',
        unit: 'ns',
        direction: 'lower-is-better',
        labels: { model: HOSTILE },
        value: 10_000_000_000,
      },
      ...{ low: 10_000_000_000, high: null, error: 0, repeats: 1, count: 600 },
    },
    {
      ...{ id: 'tpot.mean', unit: 'ns', direction: 'lower-is-better', labels: { model: HOSTILE }, value: 12_500_000 },
      ...{ low: 10_000_000, high: 20_000_000, error: 2_886_751, repeats: 1, count: null },
    },
    {
      ...{ id: 'output_tok_s', unit: '1/s', direction: 'higher-is-better', labels: { model: HOSTILE } },
      ...{ value: 1234.5, low: null, high: null, error: 0, repeats: 1, count: null },
    },
    {
      ...{ id: HOSTILE, unit: 'count', direction: 'neither', labels: { model: HOSTILE }, value: 3 },
      ...{ low: null, high: null, error: 0, repeats: 1, count: null },
    },
  ],
  distributions: [
    {
      ...{ family: 'ttft', unit: 'ns', labels: { model: HOSTILE }, count: 600, isExact: true },
      points: [
        [90_000_000, 0],
        [100_000_000, 0.5],
        [10_000_000_000, 1],
      ],
    },
  ],
  latencies: [
    {
      ...{ family: 'tpot', phase: 'decode', labels: { model: HOSTILE }, measuredNs: 12_500_000, stepNs: 10_000_000 },
      ...{ restNs: 2_500_000, computeNs: 5_000_000, exposedCommNs: 2_500_000, deviceIdleNs: 2_500_000 },
    },
  ],
  metricsLeftOut: 1,
  findings: [
    {
      ...{ rule: 'rule-without-words', stakeNs: 5_000_000, confidence: 0.75, at: RANK_0 },
      window: { startNs: 2_000_000, endNs: 5_000_000 },
      evidence: { gapCount: 12, lateNs: 5_000_000, ops: [HOSTILE, 'RmsNorm'], windowShare: 0.125, reason: null },
    },
  ],
  vendor: [
    {
      ...{ ...RANK_0, step: null, figure: 'free', vendorNs: 10_000_012, oursNs: 10_000_000, differenceNs: -12 },
      ...{ roundingNs: 20, source: 'trace_view.json', window: 'first-to-last' },
    },
    {
      ...{ ...RANK_0, step: '0', figure: 'computing', vendorNs: 21_000_000, oursNs: 20_000_000 },
      ...{ differenceNs: -1_000_000, roundingNs: 20, source: 'step_trace_time.csv', window: null },
    },
  ],
  definitions: {
    definition: 'hta',
    rows: [
      {
        ...RANK_0,
        table: 'temporal breakdown',
        stream: null,
        step: null,
        subject: HOSTILE,
        figure: 'idle_time',
        unit: 'us',
        value: 12.5,
      },
      {
        ...RANK_0,
        table: 'idle time',
        stream: 7,
        step: '3',
        subject: null,
        figure: 'host_wait',
        unit: 'us',
        value: null,
      },
    ],
  },
  host: {
    launchDelays: [
      { ...RANK_0, stream: null, op: null, ...DELAY },
      { ...RANK_0, stream: 'Stream 2', op: null, ...DELAY },
      { ...RANK_0, stream: null, op: HOSTILE, ...DELAY },
    ],
    queues: [
      {
        ...{ ...RANK_0, stream: null, launchCount: 40, unknownCount: 2, mean: 3.25, most: 12 },
        ...{ emptyNs: 4_000_000, emptyIdleNs: 3_000_000, series: [0, 3, 12, 1.5] },
      },
    ],
    copies: [
      {
        ...{ ...RANK_0, kind: 'Memcpy HtoD', count: 4, ratedCount: 4, sizeBytes: 4096, busyNs: 2000 },
        ...{ bytesPerSecond: 2_048_000_000, mostBytesPerSecond: 4_000_000_000, series: [0, 1_000_000, 0] },
      },
    ],
    annotations: [
      {
        ...{ ...RANK_0, name: HOSTILE, side: 'host', count: 2, totalNs: 9_000_000, kernelCount: 20 },
        ...{ deviceNs: 5_000_000, share: 0.25, idleNs: 1_000_000 },
      },
    ],
    launchedBy: [
      { by: 'outermost', name: 'aten::linear', count: 20, deviceNs: 5_000_000, share: 0.5 },
      { by: 'outermost', name: null, count: 20, deviceNs: 5_000_000, share: 0.5 },
      { by: 'module', name: HOSTILE, count: 40, deviceNs: 10_000_000, share: 1 },
    ],
  },
  flame: {
    ...{ measure: 'host', hostNs: 10_000_000, deviceNs: 12_000_000, launchedNs: 10_000_000 },
    ...{ foldedCount: 0, leastShare: 0.005 },
    frames: [
      {
        ...{ parent: null, depth: 0, name: 'ProfilerStep', count: 2, hostNs: 10_000_000, hostSelfNs: 1_000_000 },
        ...{ deviceNs: 10_000_000, deviceSelfNs: 0, launchCount: 40 },
      },
      {
        ...{ parent: 0, depth: 1, name: HOSTILE, count: 20, hostNs: 8_990_000, hostSelfNs: 8_990_000 },
        ...{ deviceNs: 10_000_000, deviceSelfNs: 10_000_000, launchCount: 40 },
      },
      {
        ...{ parent: 0, depth: 1, name: 'aten::tiny', count: 1, hostNs: 10_000, hostSelfNs: 10_000 },
        ...{ deviceNs: 0, deviceSelfNs: 0, launchCount: 0 },
      },
    ],
  },
  absent: [],
};
