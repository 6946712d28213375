/** Sentences of reports. What is put in is already formatted. */
import { DEVICE_WORDS } from '../base/index.ts';
import type { Localised } from './index.ts';

export interface ReportSentences {
  files(count: string): string;
  more(count: string): string;
  window(length: string, rule: string): string;
  from(start: string): string;
  range(from: string, to: string): string;
  steps(chosen: string): string;
  ranks(count: string): string;
  level(level: string): string;
  chip(code: string): string;
  chipCalled(name: string, code: string): string;
  meanToken(count: string, devices: string, mean: string, p50: string, p95: string): string;
  meanStep(count: string, devices: string, mean: string, p50: string, p95: string): string;
  oneStep(devices: string, length: string): string;
  ofPhase(phase: string, steps: string): string;
  tokensPerSecond(rate: string): string;
  legend(compute: string, exposed: string, idle: string, unseenGraph?: string): string;
  bubbles(idle: string, count: string, threshold: string, listed: string, shorter: string, below: string): string;
  noIdle(idle: string): string;
  causesUnknown: string;
  someDevices(count: string, figure: string): string;
  allDevices(count: string): string;
  labelled(label: string, text: string): string;
  stepsFrom(source: string, confidence: string): string;
  slowestSteps(shown: string, count: string): string;
  /** Ids of steps. */
  cutSteps(ids: readonly string[]): string;
  first: string;
  outlier: string;
  alignment(method: string): string;
  residual(median: string, max: string): string;
  /** Where a rank has several captures. */
  severalRuns: string;
  slowRank(votes: string, collectives: string, lost: string, why: string, sure: string): string;
  meanOf(count: string): string;
  stake(time: string, share: string, sure: string): string;
  /** Where there is little room. */
  moreOnFindings: string;
  zoom: string;
  confirm: string;
  advice: string;
  noFindings: string;
  criticalStep(step: string, device: string, length: string): string;
  unmatchedOps(count: string): string;
  vendorAgrees(count: string, all: string): string;
  unseenGraphs(count: string, time: string): string;
  skew(time: string): string;
  nothingLost: string;
  rank(rank: string): string;
  /** 'TPU 5', by its makers' word where that is known. */
  device(device: string, word?: string): string;
  theDevice: string;
  definitions(tool: string): string;
  readonly launchDelays: string;
  readonly queues: string;
  unknownLaunches(count: string): string;
  readonly copies: string;
  readonly annotations: string;
  launchedBy(what: string): string;
  readonly noLaunches: string;
  stacks(host: string, launched: string, device: string): string;
  smallFrames(count: string, share: string): string;
  foldedFrames(count: string): string;
  readonly noStacks: string;
}

/** Nothing is said of one device. */
function onDevices(count: string): string {
  return count === '1' ? '' : ` on ${count} devices`;
}

function counted(count: string, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === '1' ? noun : plural}`;
}

export const reportSentences: Localised<ReportSentences> = {
  en: {
    files: (count) => counted(count, 'file'),
    more: (count) => `and ${count} more`,
    window: (length, rule) => `window ${length} (${rule})`,
    from: (start) => `from ${start}`,
    range: (from, to) => `only ${from} to ${to}`,
    steps: (chosen) => `only steps ${chosen}`,
    ranks: (count) => `${count} ranks`,
    level: (level) => `profiled at ${level}`,
    chip: (code) => `chip code ${code}`,
    chipCalled: (name, code) => `chip ${name} (code ${code})`,
    meanToken: (count, devices, mean, p50, p95) =>
      `${counted(count, 'token')}${onDevices(devices)}, ${mean} each on average; p50 ${p50}, p95 ${p95}`,
    meanStep: (count, devices, mean, p50, p95) =>
      `${counted(count, 'step')}${onDevices(devices)}, ${mean} each on average; p50 ${p50}, p95 ${p95}`,
    oneStep: (devices, length) => `1 step of ${length}${onDevices(devices)}`,
    ofPhase: (phase, steps) => `${phase}: ${steps}`,
    tokensPerSecond: (rate) => `${rate} tokens/s`,
    legend: (compute, exposed, idle, unseenGraph) =>
      `${compute} compute  ${exposed} exposed communication  ${idle} idle${unseenGraph === undefined ? '' : `  ${unseenGraph} graph, not recorded`}`,
    bubbles: (idle, count, threshold, listed, shorter, below) =>
      `${idle}: ${counted(count, 'bubble')} of ${threshold} or longer, ${listed} together` +
      (shorter === '0' ? '' : `; ${shorter} shorter, ${below}`),
    noIdle: (idle) => `${idle}: none`,
    causesUnknown:
      'Causes are told by the calls that launch ops, and the capture has none for these: read it with its timeline (trace_view.json, msprof_*.json).',
    someDevices: (count, figure) =>
      `Of ${count} devices those with the most, the median and the least ${figure}; --top ${count} shows all.`,
    allDevices: (count) => `all ${count} devices`,
    labelled: (label, text) => `${label}: ${text}`,
    stepsFrom: (source, confidence) => `Told by ${source}, ${confidence} sure.`,
    slowestSteps: (shown, count) => `The ${shown} slowest of ${count}:`,
    cutSteps: (ids) =>
      `The range holds only a part of ${ids.length === 1 ? 'step' : 'steps'} ${ids.join(', ')}: no figure of steps is of these.`,
    first: 'first',
    outlier: 'outlier',
    alignment: (method) => `Times of ranks are compared by ${method}.`,
    residual: (median, max) => ` Ends of one collective are then ${median} apart (median), ${max} at most.`,
    severalRuns: ' Captures of one rank are of several runs: only ranks that ran together are compared.',
    slowRank: (votes, collectives, lost, why, sure) =>
      `others wait for it in ${votes} of ${collectives} collectives and lose ${lost}; ${why} (${sure} sure)`,
    meanOf: (count) => `mean of ${count}`,
    stake: (time, share, sure) => `${time} at stake (${share} of the window), ${sure} sure`,
    moreOnFindings: '--verbose says how to confirm each and what to do; so do --format md and html.',
    zoom: 'see it',
    confirm: 'to confirm',
    advice: 'to do',
    noFindings: 'No rule found anything.',
    criticalStep: (step, device, length) => `Step ${step} on ${device}, ${length}:`,
    vendorAgrees: (count, all) => `${count} of ${counted(all, 'figure')} agree with ours to the rounding.`,
    unmatchedOps: (count) => `${counted(count, 'row')} of op tables without an op in the timeline.`,
    unseenGraphs: (count, time) =>
      `${counted(count, 'graph launch', 'graph launches')} left nothing on a device: ${time} of the time without ops comes after that and may be work.`,
    skew: (time) => `The clocks of host and device may be ${time} apart.`,
    nothingLost: 'Everything was read; nothing was lost or repaired.',
    rank: DEVICE_WORDS.rank,
    device: (device, word = 'device') => `${word} ${device}`,
    theDevice: 'the device',
    definitions: (tool) => `What ${tool} would say of this run.`,
    launchDelays: 'Launch delay, from the end of the call to the start on the device:',
    queues: 'Queue length, of what has been launched and has not begun:',
    unknownLaunches: (count) => `Nothing tells the launch of ${counted(count, 'op')}.`,
    copies: 'Bandwidth of copies:',
    annotations: 'Marked ranges, with what was launched in them or ran in them on their stream:',
    launchedBy: (what) => `What launched the ops, by ${what}:`,
    noLaunches: 'Nothing tells what launched the ops of this run.',
    stacks: (host, launched, device) =>
      `${host} on all threads of the host, which launched ${launched} of the ${device} of ops and copies.`,
    smallFrames: (count, share) => `${counted(count, 'frame')} below ${share}: --top shows more, --format json all.`,
    foldedFrames: (count) => `Too many frames: ${counted(count, 'slice')} are counted in the frame around theirs.`,
    noStacks: 'No slice of a host was read.',
  },
  zh: {
    files: (count) => `${count} 个文件`,
    more: (count) => `另有 ${count} 项`,
    window: (length, rule) => `窗口 ${length}（${rule}）`,
    from: (start) => `起于 ${start}`,
    range: (from, to) => `仅 ${from} 至 ${to}`,
    steps: (chosen) => `仅迭代 ${chosen}`,
    ranks: (count) => `${count} 卡`,
    level: (level) => `采集级别 ${level}`,
    chip: (code) => `芯片代号 ${code}`,
    chipCalled: (name, code) => `芯片 ${name}（代号 ${code}）`,
    meanToken: (count, devices, mean, p50, p95) =>
      `${count} 个 token${onDevicesInChinese(devices)}，平均 ${mean}；p50 ${p50}，p95 ${p95}`,
    meanStep: (count, devices, mean, p50, p95) =>
      `${count} 次迭代${onDevicesInChinese(devices)}，平均 ${mean}；p50 ${p50}，p95 ${p95}`,
    oneStep: (devices, length) => `1 次迭代${onDevicesInChinese(devices)}，${length}`,
    ofPhase: (phase, steps) => `${phase}：${steps}`,
    tokensPerSecond: (rate) => `${rate} token/s`,
    legend: (compute, exposed, idle, unseenGraph) =>
      `${compute} 计算  ${exposed} 未掩盖通信  ${idle} 空闲${unseenGraph === undefined ? '' : `  ${unseenGraph} 图执行（未采集）`}`,
    bubbles: (idle, count, threshold, listed, shorter, below) =>
      `${idle}：不短于 ${threshold} 的空泡 ${count} 个，共 ${listed}` +
      (shorter === '0' ? '' : `；更短的 ${shorter} 个，共 ${below}`),
    noIdle: (idle) => `${idle}：无`,
    causesUnknown:
      '原因要由算子的下发调用判断，而采集数据中没有这些调用：请连同时间线（trace_view.json、msprof_*.json）一起读取。',
    someDevices: (count, figure) => `${count} 个设备中${figure}最多、居中和最少的；--top ${count} 显示全部。`,
    allDevices: (count) => `全部 ${count} 个设备`,
    labelled: (label, text) => `${label}：${text}`,
    stepsFrom: (source, confidence) => `依据：${source}，置信度 ${confidence}。`,
    slowestSteps: (shown, count) => `${count} 次迭代中最慢的 ${shown} 次：`,
    cutSteps: (ids) => `所选时间段只含第 ${ids.join('、')} 次迭代的一部分，不计入按迭代统计。`,
    first: '首次',
    outlier: '异常',
    alignment: (method) => `卡间时间按${method}对齐。`,
    residual: (median, max) => `对齐后同一集合通信的结束时刻相差 ${median}（中位数），最多 ${max}。`,
    severalRuns: '同一 rank 有多份采集数据，属于多次运行：只比较同时运行的卡。',
    slowRank: (votes, collectives, lost, why, sure) =>
      `${collectives} 次集合通信中有 ${votes} 次其他卡等待它，共损失 ${lost}；${why}（置信度 ${sure}）`,
    meanOf: (count) => `${count} 次迭代平均`,
    stake: (time, share, sure) => `最多可省 ${time}（占窗口 ${share}），置信度 ${sure}`,
    moreOnFindings: '确认方法和建议见 --verbose，或 --format md、html。',
    zoom: '查看',
    confirm: '确认方法',
    advice: '建议',
    noFindings: '没有规则命中。',
    criticalStep: (step, device, length) => `${device} 的迭代 ${step}，${length}：`,
    vendorAgrees: (count, all) => `${all} 个指标中有 ${count} 个与本工具一致（舍入误差内）。`,
    unmatchedOps: (count) => `算子表中有 ${count} 行与时间线上的算子对不上。`,
    unseenGraphs: (count, time) =>
      `有 ${count} 次图下发在 Device 上没有任何记录：其后无算子的 ${time} 可能正在执行图，不能认定为空闲。`,
    skew: (time) => `Host 与 Device 的时钟可能相差 ${time}。`,
    nothingLost: '数据完整读取，没有丢失或修复。',
    rank: DEVICE_WORDS.rank,
    device: (device, word = '设备') => `${word} ${device}`,
    theDevice: '设备',
    definitions: (tool) => `按 ${tool} 的口径：`,
    launchDelays: '下发延迟（下发调用结束到 Device 开始执行）：',
    queues: '队列长度（已下发而未开始执行）：',
    unknownLaunches: (count) => `有 ${count} 个算子无法得知其下发调用。`,
    copies: '拷贝带宽：',
    annotations: '打点区间，以及其中下发的、或在其 Stream 上执行的算子：',
    launchedBy: (what) => `算子的下发者，按${what}：`,
    noLaunches: '没有数据说明算子由谁下发。',
    stacks: (host, launched, device) => `Host 全部线程共 ${host}，下发了算子与拷贝 ${device} 中的 ${launched}。`,
    smallFrames: (count, share) => `另有 ${count} 个栈帧占比低于 ${share}：--top 显示更多，--format json 含全部。`,
    foldedFrames: (count) => `栈帧过多：${count} 个切片计入其上层栈帧。`,
    noStacks: '没有读到 Host 切片。',
  },
};

function onDevicesInChinese(devices: string): string {
  return devices === '1' ? '' : `（${devices} 个设备）`;
}
