/** What the panels of the viewer say; words that reports use, too, are in the files of the report. */
import type { Localised } from './index.ts';
import { type CompareWords, viewerCompare } from './viewer-compare.ts';
import { type DetailWords, viewerDetails } from './viewer-details.ts';
import { type FlameWords, viewerFlame } from './viewer-flame.ts';
import { type MetricPanelWords, viewerMetrics } from './viewer-metrics.ts';
import { type MissingWords, viewerMissing } from './viewer-missing.ts';
import { type TableWords, viewerTables } from './viewer-tables.ts';

type Grouping = 'type' | 'name' | 'shape' | 'class' | 'core' | 'layer' | 'stream' | 'rank' | 'arg';
type BubbleKind = 'device' | 'compute' | 'stream';

/** What is put in is already formatted. */
export interface PanelWords extends TableWords, DetailWords, CompareWords, FlameWords, MetricPanelWords, MissingWords {
  readonly groupings: Readonly<Record<Grouping, string>>;
  readonly bubbleKinds: Readonly<Record<BubbleKind, string>>;
  readonly waiting: string;
  readonly failed: string;
  readonly nothing: string;
  readonly notKnown: string;
  readonly all: string;
  readonly wholeRun: string;
  readonly showIt: string;
  readonly clear: string;
  readonly previous: string;
  readonly next: string;
  readonly more: string;
  readonly track: string;
  readonly process: string;
  moreFindings(count: string): string;
  runFacts(slices: string, tracks: string, devices: string): string;
  readonly stepTimes: string;
  slowestOf(count: string): string;
  moreDevices(count: string): string;
  readonly whatToDo: string;
  diagnostics(count: string): string;
  readonly groupBy: string;
  readonly argKey: string;
  readonly topOfToken: string;
  readonly topOfStep: string;
  readonly topOfRun: string;
  readonly whyIdle: string;
  readonly allOps: string;
  timesEach(count: string): string;
  readonly noOps: string;
  onlyMost(count: string): string;
  onlyFirst(shown: string, count: string): string;
  instancesOf(name: string): string;
  placeOf(place: string, count: string): string;
  readonly listThem: string;
  readonly bubbleKind: string;
  readonly listedBubbles: string;
  bubblesNotListed(count: string, time: string): string;
  readonly byCause: string;
  readonly chooseCause: string;
  onlyCause(cause: string): string;
  readonly allCauses: string;
  readonly lengthsOfBubbles: string;
  readonly longestBubbles: string;
  onlyLongest(shown: string, count: string): string;
  readonly bubbleGroups: string;
  readonly noBubbles: string;
  readonly during: string;
  readonly launch: string;
  readonly beforeLaunch: string;
  readonly inLaunch: string;
  readonly afterLaunch: string;
  launchLate(time: string): string;
  launchEarly(time: string): string;
  readonly mark: string;
  readonly figure: string;
  readonly ranksBySteps: string;
  readonly meanPerRank: string;
  readonly slowestFirst: string;
  readonly noSlowRank: string;
  readonly heatMapHint: string;
  readonly collectives: string;
  readonly waitShare: string;
  readonly links: string;
  fromRank(rank: string): string;
  readonly toRank: string;
  readonly group: string;
  readonly matrixHint: string;
  readonly distributions: string;
  readonly steadyCounters: string;
  readonly counter: string;
  readonly amount: string;
  peak(value: string): string;
  moreCounters(count: string): string;
  readonly memoryOwners: string;
  readonly chooseSlice: string;
  readonly category: string;
  readonly noMoreOfThem: string;
  readonly chain: string;
  readonly facts: string;
  readonly args: string;
  readonly arrows: string;
  arrowTo(name: string): string;
  arrowFrom(name: string): string;
  moreArrows(count: string): string;
  readonly chooseArea: string;
  areaHolds(slices: string, tracks: string, length: string): string;
  readonly emptyArea: string;
  readonly byOp: string;
  readonly byTrack: string;
  readonly busy: string;
  readonly times: string;
  readonly change: string;
  readonly searchFor: string;
  readonly searchHint: string;
  readonly nothingFound: string;
  foundSlices(count: string): string;
  readonly names: string;
  readonly places: string;
  readonly tracks: string;
  trackPinned(track: string): string;
}

function counted(count: string, noun: string): string {
  return `${count} ${noun}${count === '1' ? '' : 's'}`;
}

export const viewerPanels: Localised<PanelWords> = {
  en: {
    ...viewerTables.en,
    ...viewerDetails.en,
    ...viewerMissing.en,
    ...viewerCompare.en,
    ...viewerFlame.en,
    ...viewerMetrics.en,
    groupings: {
      type: 'type',
      name: 'name',
      shape: 'type and shapes',
      class: 'kind of work',
      core: 'core',
      layer: 'layer',
      stream: 'stream',
      rank: 'rank',
      arg: 'a key of the args …',
    },
    bubbleKinds: { device: 'the device', compute: 'its compute units', stream: 'each stream' },
    waiting: 'Waiting for an answer …',
    failed: 'This could not be answered.',
    nothing: 'nothing',
    notKnown: 'not known',
    all: 'all',
    wholeRun: 'whole run',
    showIt: 'Show on the timeline',
    clear: 'Clear',
    previous: '‹ Previous',
    next: 'Next ›',
    more: 'More',
    track: 'track',
    process: 'process',
    moreFindings: (count) => `${count} more, with less at stake`,
    runFacts: (slices, tracks, devices) =>
      `${counted(slices, 'slice')} · ${counted(tracks, 'track')} · ${counted(devices, 'device')}`,
    stepTimes: 'Time of each step',
    slowestOf: (count) => `Each column is the slowest of ${count} steps in a row.`,
    moreDevices: (count) => `${count} more ${count === '1' ? 'device' : 'devices'}: the panel of ranks compares them.`,
    whatToDo: 'How to confirm it, and what to do',
    diagnostics: (count) => `What was not as it should be while reading (${count})`,
    groupBy: 'Group by',
    argKey: 'Key of the args',
    topOfToken: 'What takes most of a token',
    topOfStep: 'What takes most of a step',
    topOfRun: 'What takes most of the run',
    whyIdle: 'Why devices idle',
    allOps: 'All ops',
    timesEach: (count) => counted(count, 'time'),
    noOps: 'No op ran in what was read.',
    onlyMost: (count) => `The ${count} groups that take most.`,
    onlyFirst: (shown, count) => `The first ${shown} of ${count}.`,
    instancesOf: (name) => `Instances of ${name}`,
    placeOf: (place, count) => `${place} of ${count}`,
    listThem: 'List them',
    bubbleKind: 'Idle time of',
    listedBubbles: 'List bubbles',
    bubblesNotListed: (count, time) =>
      `${count} shorter ones, ${time} together, are not listed: choose above to see them.`,
    byCause: 'By cause',
    chooseCause: 'Choose a cause to see only its bubbles.',
    onlyCause: (cause) => `Only: ${cause}. `,
    allCauses: 'All causes',
    lengthsOfBubbles: 'Idle time by the length of the bubble',
    longestBubbles: 'The longest bubbles',
    onlyLongest: (shown, count) => `The ${shown} longest of ${count}.`,
    bubbleGroups: 'By cause and the ops around',
    noBubbles: 'No idle time is known.',
    during: 'meanwhile',
    launch: 'launched by',
    beforeLaunch: 'before the launch call',
    inLaunch: 'in the launch call',
    afterLaunch: 'after the launch call',
    launchLate: (time) => `The launch call began ${time} after the device had run dry.`,
    launchEarly: (time) => `The launch call began ${time} before the device ran dry: the host was not late.`,
    mark: 'mark',
    figure: 'Show',
    ranksBySteps: 'Ranks by steps',
    meanPerRank: 'Mean step of each rank',
    slowestFirst: 'Whom others wait for, the worst first',
    noSlowRank: 'No rank keeps the others waiting.',
    heatMapHint: 'Point at a cell, or walk through them with the arrow keys; Enter shows it on the timeline.',
    collectives: 'Collectives',
    waitShare: 'waiting',
    links: 'Links',
    fromRank: (rank) => `from ${rank}`,
    toRank: 'to rank',
    group: 'group',
    matrixHint: 'Point at a cell, or walk through them with the arrow keys.',
    distributions: 'Distributions',
    steadyCounters: 'Counters that stay the same',
    counter: 'counter',
    amount: 'value',
    peak: (value) => `at most ${value}`,
    moreCounters: (count) => `${count} more counters are on the timeline.`,
    memoryOwners: 'What owned most memory',
    chooseSlice: 'Choose a slice on the timeline to see all that is known of it.',
    category: 'category',
    noMoreOfThem: 'There is no other of this name in that direction.',
    chain: 'From the host to the device',
    facts: 'From op tables',
    args: 'Args',
    arrows: 'Arrows',
    arrowTo: (name) => `${name} to`,
    arrowFrom: (name) => `${name} from`,
    moreArrows: (count) => `and ${count} more`,
    chooseArea: 'Drag over the timeline with Shift held down to see what lies in an area.',
    areaHolds: (slices, tracks, length) => `${counted(slices, 'slice')} on ${counted(tracks, 'track')} in ${length}`,
    emptyArea: 'Nothing ran in this area.',
    byOp: 'By op',
    byTrack: 'By track',
    busy: 'busy',
    times: 'Times',
    change: 'Change',
    searchFor: 'Search names of slices and tracks',
    searchHint: 'Type a part of a name. Enter goes to the first place.',
    nothingFound: 'Nothing has such a name.',
    foundSlices: (count) => counted(count, 'slice'),
    names: 'Names',
    places: 'Places',
    tracks: 'Tracks',
    trackPinned: (track) => `${track} is pinned`,
  },
  zh: {
    ...viewerTables.zh,
    ...viewerDetails.zh,
    ...viewerMissing.zh,
    ...viewerCompare.zh,
    ...viewerFlame.zh,
    ...viewerMetrics.zh,
    groupings: {
      type: '算子类型',
      name: '算子名称',
      shape: '类型和形状',
      class: '类别',
      core: '核',
      layer: '层',
      stream: 'Stream',
      rank: 'Rank',
      arg: '某个参数 …',
    },
    bubbleKinds: { device: 'Device', compute: '计算单元', stream: '各 Stream' },
    waiting: '正在查询 …',
    failed: '查询失败。',
    nothing: '无',
    notKnown: '未知',
    all: '全部',
    wholeRun: '整个运行',
    showIt: '在时间线上查看',
    clear: '清除',
    previous: '‹ 上一个',
    next: '下一个 ›',
    more: '更多',
    track: '泳道',
    process: '进程',
    moreFindings: (count) => `另有 ${count} 项影响较小的发现`,
    runFacts: (slices, tracks, devices) => `${slices} 个切片 · ${tracks} 条泳道 · ${devices} 个设备`,
    stepTimes: '各迭代耗时',
    slowestOf: (count) => `每列为相邻 ${count} 次迭代中最慢的一次。`,
    moreDevices: (count) => `另有 ${count} 个设备，见“各卡对比”。`,
    whatToDo: '确认方法与建议',
    diagnostics: (count) => `读取时发现的问题（${count}）`,
    groupBy: '分组方式',
    argKey: '参数名',
    topOfToken: '单个 token 中最耗时的算子',
    topOfStep: '单次迭代中最耗时的算子',
    topOfRun: '整个运行中最耗时的算子',
    whyIdle: '空闲原因',
    allOps: '全部算子',
    timesEach: (count) => `${count} 次`,
    noOps: '读到的数据中没有算子。',
    onlyMost: (count) => `仅显示耗时最多的 ${count} 组。`,
    onlyFirst: (shown, count) => `仅显示 ${count} 个中的前 ${shown} 个。`,
    instancesOf: (name) => `${name} 的全部实例`,
    placeOf: (place, count) => `${place} / ${count}`,
    listThem: '列出全部',
    bubbleKind: '空闲类型',
    listedBubbles: '列出空泡',
    bubblesNotListed: (count, time) => `另有 ${count} 个更短的空泡（共 ${time}）未列出，可在上方选择后查看。`,
    byCause: '按原因',
    chooseCause: '选择一个原因，只看由它造成的空泡。',
    onlyCause: (cause) => `仅显示：${cause} `,
    allCauses: '全部原因',
    lengthsOfBubbles: '按空泡时长统计的空闲时间',
    longestBubbles: '最长的空泡',
    onlyLongest: (shown, count) => `仅显示 ${count} 个中最长的 ${shown} 个。`,
    bubbleGroups: '按原因与前后算子',
    noBubbles: '没有空闲时间数据。',
    during: '其间',
    launch: '下发调用',
    beforeLaunch: '下发调用之前',
    inLaunch: '下发调用之中',
    afterLaunch: '下发调用之后',
    launchLate: (time) => `Device 空闲 ${time} 后，下发调用才开始。`,
    launchEarly: (time) => `下发调用早于 Device 空闲 ${time} 开始：Host 并未滞后。`,
    mark: '标记',
    figure: '显示',
    ranksBySteps: '各卡各迭代',
    meanPerRank: '各卡平均迭代',
    slowestFirst: '被等待的慢卡（最严重的在前）',
    noSlowRank: '没有拖慢其他卡的慢卡。',
    heatMapHint: '将鼠标移到单元格上，或用方向键逐格查看；回车键在时间线上显示。',
    collectives: '集合通信',
    waitShare: '等待占比',
    links: '链路',
    fromRank: (rank) => `源 ${rank}`,
    toRank: '目的 rank',
    group: '通信域',
    matrixHint: '将鼠标移到单元格上，或用方向键逐格查看。',
    distributions: '分布',
    steadyCounters: '保持不变的计数器',
    counter: '计数器',
    amount: '值',
    peak: (value) => `峰值 ${value}`,
    moreCounters: (count) => `另有 ${count} 个计数器，见时间线。`,
    memoryOwners: '占用内存最多的算子',
    chooseSlice: '在时间线上选择一个切片，查看其全部信息。',
    category: '类别',
    noMoreOfThem: '该方向没有更多同名切片。',
    chain: '从 Host 到 Device',
    facts: '来自算子表',
    args: '参数',
    arrows: '连线',
    arrowTo: (name) => `${name} 指向`,
    arrowFrom: (name) => `${name} 来自`,
    moreArrows: (count) => `另有 ${count} 条`,
    chooseArea: '按住 Shift 在时间线上拖动，查看所选区域的内容。',
    areaHolds: (slices, tracks, length) => `${length} 内 ${tracks} 条泳道上共 ${slices} 个切片`,
    emptyArea: '该区域内没有切片。',
    byOp: '按名称',
    byTrack: '按泳道',
    busy: '忙时',
    times: '时间',
    change: '变化',
    searchFor: '搜索切片和泳道的名称',
    searchHint: '输入名称的一部分；回车键转到第一处。',
    nothingFound: '没有找到。',
    foundSlices: (count) => `${count} 个切片`,
    names: '名称',
    places: '位置',
    tracks: '泳道',
    trackPinned: (track) => `已固定 ${track}`,
  },
};
