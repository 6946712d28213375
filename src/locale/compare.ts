import { compareChecks, type CheckWords } from './compare-checks.ts';
import type { Localised } from './index.ts';
import { reportMetrics, type ReportMetricWords } from './report-metrics.ts';
import { reportWords } from './report-words.ts';

/** What people read of a comparison. Numbers come in as text, with their units. */
export interface CompareTexts {
  readonly title: string;
  /** A title, or what a line begins with, and what follows. */
  titled(title: string, rest: string): string;
  /** Between the parts of a list. */
  readonly comma: string;
  readonly verdict: Readonly<Record<'pass' | 'regression' | 'not-comparable', string>>;
  readonly base: string;
  readonly head: string;
  readonly change: string;
  readonly rule: string;
  readonly rules: string;
  readonly outcomes: Readonly<Record<'pass' | 'noise' | 'fail' | 'absent' | 'accepted' | 'not-applied', string>>;
  readonly statuses: Readonly<Record<'new' | 'gone' | 'slower' | 'faster' | 'worse' | 'better' | 'same', string>>;
  /** Of what counts as the same although it changed. */
  readonly whySame: Readonly<Record<'equal' | 'within-noise' | 'small' | 'not-judged', string>>;
  readonly phases: Readonly<Record<'prefill' | 'decode' | 'other', string>>;
  readonly checks: CheckWords;
  readonly measured: ReportMetricWords;
  readonly where: string;
  readonly what: string;
  readonly outcome: string;
  readonly status: string;
  readonly interval: string;
  readonly comparability: string;
  readonly check: string;
  readonly severities: Readonly<Record<'same' | 'unknown' | 'warning' | 'not-comparable', string>>;
  readonly changes: string;
  readonly noChange: string;
  readonly allRows: string;
  readonly matchedAs: string;
  readonly tiers: Readonly<Record<'exact' | 'shape-bucket' | 'name' | 'type', string>>;
  readonly noBase: string;
  side(names: string, details: string): string;
  readonly runs: (count: number, steps: number) => string;
  readonly oneRun: string;
  readonly oneRunPlain: string;
  readonly driftTaken: (phase: string, ratio: string) => string;
  readonly driftLeft: (phase: string, ratio: string) => string;
  readonly coverage: (exact: string, roughly: string, unmatched: string) => string;
  readonly more: (count: number) => string;
  onNeitherSide(metric: string): string;
  onOneSide(key: string, isInBase: boolean): string;
  /** Why a rule fails that cannot be judged, and why a default one does not. */
  readonly absentWhy: string;
  readonly notAppliedWhy: string;
  because(finding: string, why: string): string;
  readonly noiseWhy: string;
  /** Of limits on single measurements: why nothing is sure where they hold, and what is not sure where they are broken. */
  readonly boundsOverlapWhy: string;
  readonly plainWhy: string;
  readonly acceptedWhy: (reason: string) => string;
  readonly ruleBroken: (key: string, base: string, head: string, change: string) => string;
  /** What a rule found, and how many more like it. */
  others(found: string, count: number): string;
  readonly wholeRunHint: string;
  readonly guessedSteps: (confidence: string) => string;
  readonly lonePhase: (phase: string, isInBase: boolean) => string;
  readonly contents: string;
  readonly metrics: string;
  readonly metric: string;
  readonly labels: string;
  readonly noRules: string;
  readonly noCommonMetric: string;
  readonly unlikeRepeats: string;
  readonly unlikeFailures: string;
  commonLabels(labels: string): string;
}

export const COMPARE_TEXTS: Localised<CompareTexts> = {
  en: {
    title: 'Performance comparison',
    titled: (title, rest) => `${title}: ${rest}`,
    comma: ', ',
    verdict: { pass: 'pass', regression: 'regression', 'not-comparable': 'not comparable' },
    base: 'base',
    head: 'head',
    change: 'change',
    rule: 'rule',
    rules: 'Rules',
    outcomes: {
      pass: 'pass',
      noise: 'noise',
      fail: 'FAIL',
      absent: 'ABSENT',
      accepted: 'accepted',
      'not-applied': 'not applied',
    },
    statuses: {
      ...{ new: 'new', gone: 'gone', same: 'same' },
      ...{ slower: 'slower', faster: 'faster', worse: 'worse', better: 'better' },
    },
    whySame: { equal: 'same', 'within-noise': 'within noise', small: 'negligible', 'not-judged': 'not judged' },
    phases: reportWords.en.phases,
    checks: compareChecks.en,
    measured: reportMetrics.en,
    where: 'worst',
    what: 'what',
    outcome: 'outcome',
    status: 'status',
    interval: '95 % of it',
    comparability: 'Comparability',
    check: 'check',
    severities: { same: 'same', unknown: 'unknown', warning: 'warning', 'not-comparable': 'not comparable' },
    changes: 'Changes',
    noChange: 'no change beyond noise',
    allRows: 'All rows',
    matchedAs: 'matched by',
    tiers: { exact: 'exact', 'shape-bucket': 'shape bucket', name: 'name', type: 'type' },
    noBase: 'There is no base yet: nothing was compared. Keep a baseline of this run to compare the next one with.',
    side: (names, details) => `${names} (${details})`,
    runs: (count, steps) =>
      `${count} run${count === 1 ? '' : 's'}${steps === 0 ? '' : `, ${steps} step${steps === 1 ? '' : 's'}`}`,
    oneRun:
      'One run a side: how far two runs of the same thing are apart is assumed, not measured, so only large changes count. Three runs a side find 5 %.',
    oneRunPlain:
      'One run a side cannot tell noise from change. Your own limits on measurements are held against the plain change; of everything else only large changes count. Three runs a side show the noise.',
    driftTaken: (phase, ratio) =>
      `${phase}: the median op changed by ${ratio}, no more than runs of the same thing differ by; ops are judged without that.`,
    driftLeft: (phase, ratio) =>
      `${phase}: the median op changed by ${ratio}, more than runs of the same thing differ by; ops are judged with it.`,
    coverage: (exact, roughly, unmatched) =>
      `Time of ops: ${exact} matched exactly, ${roughly} by shape bucket, name or type, ${unmatched} only on one side.`,
    more: (count) => `… and ${count} more, left out here; the JSON and HTML reports have all.`,
    onNeitherSide: (metric) => `neither side has ${metric}`,
    onOneSide: (key, isInBase) => `${key}: only the ${isInBase ? 'base' : 'head'} has it`,
    absentWhy: 'nobody can say that it did not get worse',
    notAppliedWhy: 'a default rule, left out',
    because: (found, why) => `${found}; ${why}`,
    noiseWhy: 'beyond the limits, but no more than runs of the same thing differ by',
    boundsOverlapWhy:
      'each value is known only between bounds, and these overlap, so it may as well have changed the other way',
    plainWhy: 'one run a side cannot tell whether this is noise',
    acceptedWhy: (reason) => `accepted: ${reason}`,
    ruleBroken: (key, base, head, change) => `${key}: ${base} -> ${head} (${change})`,
    others: (found, count) => `${found} and ${count} more`,
    wholeRunHint: 'Where nothing repeats in a capture, --whole-run takes each run as one step.',
    guessedSteps: (confidence) =>
      `Steps were found from the repetition of ops, with ${confidence} confidence; --step-marker names marks, --no-detect-steps looks for none.`,
    lonePhase: (phase, isInBase) =>
      `${phase}: only the ${isInBase ? 'base' : 'head'} has steps of it, so they are not compared.`,
    contents: 'Contents',
    metrics: 'Metrics',
    metric: 'metric',
    labels: 'labels',
    noRules: 'No rule is about what was measured; --fail-on names metrics and how far they may change.',
    noCommonMetric:
      'The two sides have no metric in common, so nothing was compared. Compare results of the same kind of benchmark.',
    unlikeRepeats:
      'Some results that count as repeats differ by more than a fifth, so they may not be repeats: nothing in the files tells them apart. Compare each workload by itself.',
    unlikeFailures:
      'More requests failed on one side. Times and rates are of the requests that were answered and may look better for it. --allow failed-requests compares them all the same.',
    commonLabels: (labels) => `All measurements: ${labels}.`,
  },
  zh: {
    title: '性能对比',
    titled: (title, rest) => `${title}：${rest}`,
    comma: '，',
    verdict: { pass: '通过', regression: '性能退化', 'not-comparable': '不可比' },
    base: '基准',
    head: '当前',
    change: '变化',
    rule: '规则',
    rules: '规则',
    outcomes: {
      pass: '通过',
      noise: '噪声',
      fail: '未通过',
      absent: '缺失',
      accepted: '已接受',
      'not-applied': '未应用',
    },
    statuses: {
      ...{ new: '新增', gone: '消失', same: '不变' },
      ...{ slower: '变慢', faster: '变快', worse: '变差', better: '变好' },
    },
    whySame: { equal: '不变', 'within-noise': '噪声以内', small: '可忽略', 'not-judged': '不作判定' },
    phases: reportWords.zh.phases,
    checks: compareChecks.zh,
    measured: reportMetrics.zh,
    where: '最差项',
    what: '对象',
    outcome: '结果',
    status: '状态',
    interval: '95 % 区间',
    comparability: '可比性',
    check: '检查项',
    severities: { same: '相同', unknown: '未知', warning: '警告', 'not-comparable': '不可比' },
    changes: '变化项',
    noChange: '没有超出噪声的变化',
    allRows: '全部行',
    matchedAs: '匹配方式',
    tiers: { exact: '精确', 'shape-bucket': '形状相近', name: '名称', type: '类型' },
    noBase: '还没有基准：未作比较。请用 traceconv baseline 保存本次运行，供下次比较。',
    side: (names, details) => `${names}（${details}）`,
    runs: (count, steps) => `${count} 次运行${steps === 0 ? '' : `，${steps} 次迭代`}`,
    oneRun:
      '每侧只有一次运行：同样的程序两次运行相差多少只能假定，不能测得，因此只认较大的变化。每侧三次运行可发现 5 % 的变化。',
    oneRunPlain:
      '每侧只有一次运行，无法区分噪声与变化。对运行指标设定的阈值直接与实测变化比较；其余各项只认较大的变化。每侧三次运行即可看出噪声。',
    driftTaken: (phase, ratio) =>
      `${phase}：算子的中位变化为 ${ratio}，不超过同样程序两次运行的差异；判定算子时已扣除。`,
    driftLeft: (phase, ratio) => `${phase}：算子的中位变化为 ${ratio}，超过同样程序两次运行的差异；判定算子时未扣除。`,
    coverage: (exact, roughly, unmatched) =>
      `算子时间：${exact} 精确匹配，${roughly} 按相近的形状、名称或类型匹配，${unmatched} 只在一侧出现。`,
    more: (count) => `……另有 ${count} 项未列出；JSON 和 HTML 报告中有全部内容。`,
    onNeitherSide: (metric) => `两侧都没有 ${metric}`,
    onOneSide: (key, isInBase) => `${key}：只有${isInBase ? '基准' : '当前'}一侧有`,
    absentWhy: '无法确认它没有变差',
    notAppliedWhy: '默认规则，未应用',
    because: (found, why) => `${found}；${why}`,
    noiseWhy: '超出阈值，但不超过同样程序两次运行的差异',
    boundsOverlapWhy: '数值只知道上下界，且两侧的范围重叠，无法判断变化的方向',
    plainWhy: '每侧只有一次运行，无法判断是否为噪声',
    acceptedWhy: (reason) => `已接受：${reason}`,
    ruleBroken: (key, base, head, change) => `${key}：${base} -> ${head}（${change}）`,
    others: (found, count) => `${found}，另有 ${count} 项`,
    wholeRunHint: '如果采集中没有重复的迭代，可用 --whole-run 把每次运行当作一次迭代。',
    guessedSteps: (confidence) =>
      `迭代由算子的重复识别，置信度 ${confidence}；--step-marker 指定标记，--no-detect-steps 关闭识别。`,
    lonePhase: (phase, isInBase) => `${phase}：只有${isInBase ? '基准' : '当前'}有这种迭代，未作比较。`,
    contents: '目录',
    metrics: '运行指标',
    metric: '指标',
    labels: '标签',
    noRules: '没有规则涉及所测指标；用 --fail-on 指定指标及其允许的变化。',
    noCommonMetric: '两侧没有共同的指标，未作比较。请比较同一类 benchmark 的结果。',
    unlikeRepeats:
      '有些按重复测量处理的结果相差超过五分之一，可能并非重复测量：文件中没有可区分它们的信息。请将不同负载分开比较。',
    unlikeFailures:
      '两侧失败请求的比例不同。时延和吞吐只统计得到响应的请求，可能因此显得更好。--allow failed-requests 可忽略此差异继续比较。',
    commonLabels: (labels) => `所有测量的共同标签：${labels}。`,
  },
};
