import type { Localised } from './index.ts';

/** Everything a key, the palette of commands or the help may name. */
export type CommandId =
  | 'zoom-in'
  | 'zoom-out'
  | 'pan-left'
  | 'pan-right'
  | 'scroll-up'
  | 'scroll-down'
  | 'fit'
  | 'undo-zoom'
  | 'measure'
  | 'previous-same'
  | 'next-same'
  | 'next-bubble'
  | 'clear'
  | 'align-left'
  | 'align-right'
  | 'undo-align'
  | 'collapse-all'
  | 'expand-all'
  | 'move-up'
  | 'move-down'
  | 'captured-order'
  | 'colour'
  | 'slice-list'
  | 'filter-tracks'
  | 'search'
  | 'copy-link'
  | 'save-png'
  | 'save-svg'
  | 'theme'
  | 'language'
  | 'next-run'
  | 'panels'
  | 'help'
  | 'palette';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type ThemeName = (typeof THEMES)[number];

export const HELP_TOPICS = ['move', 'find', 'show', 'page'] as const;
export type HelpTopic = (typeof HELP_TOPICS)[number];

/** What the page around the panels says, and the timeline. */
export interface PageWords {
  readonly commands: Readonly<Record<CommandId, string>>;
  readonly topics: Readonly<Record<HelpTopic, string>>;
  readonly themes: Readonly<Record<ThemeName, string>>;
  readonly theme: string;
  readonly languageName: string;
  readonly colourBy: string;
  readonly colours: Readonly<Record<'kind' | 'name', string>>;
  readonly timeline: string;
  readonly timelineHint: string;
  readonly overview: string;
  readonly tracks: string;
  readonly filter: string;
  readonly steps: string;
  readonly runs: string;
  readonly openRun: string;
  readonly reading: (percent: number) => string;
  readonly notRead: string;
  readonly panelTabs: string;
  readonly panelSize: string;
  readonly closePanels: string;
  readonly openPanels: string;
  readonly namesSize: string;
  readonly movedTo: (name: string, place: number, count: number) => string;
  readonly isAtEnd: (name: string) => string;
  readonly moveWhat: string;
  readonly asCaptured: string;
  readonly pin: (name: string) => string;
  readonly unpin: (name: string) => string;
  readonly computing: string;
  readonly exposed: string;
  readonly idle: string;
  readonly bubble: string;
  readonly start: string;
  readonly duration: string;
  readonly several: string;
  readonly moreMarks: (count: number) => string;
  readonly mouse: readonly (readonly [gesture: string, does: string])[];
  readonly close: string;
  readonly noCommand: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly measuring: string;
  readonly noMoreBubbles: string;
  readonly noMoreSame: string;
  readonly noTracks: string;
  readonly emptyRun: string;
  readonly failed: (why: string) => string;
  readonly inView: (count: number) => string;
  readonly sliceListMore: (count: number) => string;
  readonly listColumns: Readonly<Record<'name' | 'track' | 'start' | 'duration', string>>;
  readonly windowSaid: (start: string, length: string) => string;
  readonly selectedSaid: (name: string, duration: string, start: string) => string;
  readonly measuredSaid: (length: string, start: string) => string;
  readonly bubbleSaid: (cause: string, duration: string, device: string) => string;
  readonly viewMenu: string;
  readonly shifted: (by: string) => string;
  readonly onlyDrawn: string;
  readonly alignFirst: string;
  readonly alignFixed: (name: string) => string;
}

export const PAGE_WORDS: Localised<PageWords> = {
  en: {
    commands: {
      'zoom-in': 'Zoom in',
      'zoom-out': 'Zoom out',
      'pan-left': 'Move left',
      'pan-right': 'Move right',
      'scroll-up': 'Tracks above',
      'scroll-down': 'Tracks below',
      fit: 'Fit the selection, or the whole run',
      'undo-zoom': 'Undo the last zoom',
      measure: 'Measure a time: drag, or the selected slice',
      'previous-same': 'Previous slice of the same name',
      'next-same': 'Next slice of the same name',
      'next-bubble': 'Next bubble',
      clear: 'Clear what is selected, marked and aligned',
      'align-left': 'Align: the selected op stays where it is',
      'align-right': 'Align: move the rank of the selected op to it',
      'undo-align': 'Undo alignment',
      'collapse-all': 'Close all groups of tracks',
      'expand-all': 'Open all groups of tracks',
      'move-up': 'Move the track or group up',
      'move-down': 'Move the track or group down',
      'captured-order': 'Tracks in the order as captured',
      colour: 'Colour by kind or by name',
      'slice-list': 'List of the slices in view',
      'filter-tracks': 'Filter tracks',
      search: 'Search',
      'copy-link': 'Copy a link to this view',
      'save-png': 'Save this view as PNG',
      'save-svg': 'Save this view as SVG',
      theme: 'Next theme',
      language: '切换到中文',
      'next-run': 'Next run',
      panels: 'Open or close the panels',
      help: 'Keys and gestures',
      palette: 'All commands',
    },
    topics: { move: 'Move and zoom', find: 'Select and find', show: 'What is shown', page: 'Page' },
    themes: { system: 'System', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
    theme: 'Theme',
    languageName: '中文',
    colourBy: 'Colour by',
    colours: { kind: 'kind', name: 'name' },
    timeline: 'Timeline',
    timelineHint: 'Arrow keys move, W and S zoom, question mark shows all keys, T lists the slices in view',
    overview: 'Whole run: drag to choose what is shown',
    tracks: 'Tracks',
    filter: 'Filter tracks',
    steps: 'Steps',
    runs: 'Runs',
    openRun: 'Open it',
    reading: (percent) => `${percent} %`,
    notRead: 'not read',
    panelTabs: 'Panels',
    panelSize: 'Height of the panels',
    closePanels: 'Close the panels',
    openPanels: 'Open the panels',
    namesSize: 'Width of the names',
    movedTo: (name, place, count) => `${name} moved to place ${place} of ${count}`,
    isAtEnd: (name) => `${name} is already at the end`,
    moveWhat: 'To move a track, put the focus on its name or select a slice on it',
    asCaptured: 'Tracks stand in the order as captured',
    pin: (name) => `Pin ${name} to the top`,
    unpin: (name) => `Unpin ${name}`,
    computing: 'computing',
    exposed: 'exposed communication',
    idle: 'idle',
    bubble: 'bubble',
    start: 'start',
    duration: 'duration',
    several: 'longest here',
    moreMarks: (count) => `and ${count} more marks here`,
    mouse: [
      ['Drag', 'move in time'],
      ['Wheel', 'scroll tracks; sideways: move in time'],
      ['Ctrl + wheel, pinch', 'zoom at the pointer'],
      ['Shift + drag', 'select an area: totals of all in it'],
      ['Click', 'select a slice or a bubble; list marks of a name'],
      ['Double click', 'zoom to it'],
      ['Drag a name', 'move the track or group to another place'],
    ],
    close: 'Close',
    noCommand: 'No such command',
    copied: 'Link copied',
    notCopied: 'The browser did not let the link be copied; it is in the address bar',
    measuring: 'Drag to measure; Esc ends it',
    noMoreBubbles: 'No bubble after this one',
    noMoreSame: 'No other slice of this name on that side',
    noTracks: 'No track has this text in its name',
    emptyRun: 'This run holds nothing that could be drawn',
    failed: (why) => `The answer did not come: ${why}`,
    inView: (count) => `${count} slices in view that are wide enough for a name`,
    sliceListMore: (count) => `and ${count} more; zoom in to list them`,
    listColumns: { name: 'Name', track: 'Track', start: 'Start', duration: 'Duration' },
    windowSaid: (start, length) => `From ${start}, ${length}`,
    selectedSaid: (name, duration, start) => `Selected ${name}, ${duration}, at ${start}`,
    measuredSaid: (length, start) => `Measured ${length} from ${start}`,
    bubbleSaid: (cause, duration, device) => `Bubble of ${duration} on ${device}: ${cause}`,
    viewMenu: 'Save this view',
    shifted: (by) => `shifted by ${by}`,
    onlyDrawn: 'Ranks are aligned in the drawing only: all figures are as measured.',
    alignFirst: 'Select an op and press L, then an op of another rank and press R',
    alignFixed: (name) => `${name} stays; select an op of another rank and press R`,
  },
  zh: {
    commands: {
      'zoom-in': '放大',
      'zoom-out': '缩小',
      'pan-left': '左移',
      'pan-right': '右移',
      'scroll-up': '向上滚动泳道',
      'scroll-down': '向下滚动泳道',
      fit: '缩放到选中内容或整个运行',
      'undo-zoom': '撤销上一次缩放',
      measure: '测量时间：拖动，或选中的切片',
      'previous-same': '上一个同名切片',
      'next-same': '下一个同名切片',
      'next-bubble': '下一个空泡',
      clear: '清除选中、标记和对齐',
      'align-left': '对齐：以选中的算子为基准',
      'align-right': '对齐：将选中算子所在的卡移到基准处',
      'undo-align': '取消对齐',
      'collapse-all': '折叠所有泳道组',
      'expand-all': '展开所有泳道组',
      'move-up': '上移泳道或组',
      'move-down': '下移泳道或组',
      'captured-order': '恢复采集时的泳道顺序',
      colour: '按类型或名称着色',
      'slice-list': '可见切片列表',
      'filter-tracks': '筛选泳道',
      search: '搜索',
      'copy-link': '复制当前视图的链接',
      'save-png': '将当前视图保存为 PNG',
      'save-svg': '将当前视图保存为 SVG',
      theme: '切换主题',
      language: 'Switch to English',
      'next-run': '下一个运行',
      panels: '打开或关闭面板',
      help: '快捷键与手势',
      palette: '全部命令',
    },
    topics: { move: '移动与缩放', find: '选择与查找', show: '显示', page: '页面' },
    themes: { system: '跟随系统', light: '浅色', dark: '深色', contrast: '高对比度' },
    theme: '主题',
    languageName: 'English',
    colourBy: '着色',
    colours: { kind: '类型', name: '名称' },
    timeline: '时间线',
    timelineHint: '方向键移动，W 和 S 缩放，问号显示全部快捷键，T 列出可见切片',
    overview: '整个运行：拖动选择显示范围',
    tracks: '泳道',
    filter: '筛选泳道',
    steps: '迭代',
    runs: '运行',
    openRun: '打开',
    reading: (percent) => `${percent} %`,
    notRead: '读取失败',
    panelTabs: '面板',
    panelSize: '面板高度',
    closePanels: '关闭面板',
    openPanels: '打开面板',
    namesSize: '名称栏宽度',
    movedTo: (name, place, count) => `${name} 已移到第 ${place} 位，共 ${count} 位`,
    isAtEnd: (name) => `${name} 已在尽头`,
    moveWhat: '要移动泳道，请将焦点移到其名称上，或选中其中的切片',
    asCaptured: '泳道已恢复采集时的顺序',
    pin: (name) => `置顶 ${name}`,
    unpin: (name) => `取消置顶 ${name}`,
    computing: '计算',
    exposed: '未掩盖通信',
    idle: '空闲',
    bubble: '空泡',
    start: '开始',
    duration: '耗时',
    several: '此处最长',
    moreMarks: (count) => `此处另有 ${count} 个标记`,
    mouse: [
      ['拖动', '沿时间移动'],
      ['滚轮', '滚动泳道；横向：沿时间移动'],
      ['Ctrl + 滚轮、双指缩放', '以指针为中心缩放'],
      ['Shift + 拖动', '框选区域：统计其中全部切片'],
      ['单击', '选中切片或空泡；列出同名标记'],
      ['双击', '缩放到该处'],
      ['拖动名称', '将泳道或组移到其他位置'],
    ],
    close: '关闭',
    noCommand: '没有此命令',
    copied: '链接已复制',
    notCopied: '浏览器不允许复制链接；链接在地址栏中',
    measuring: '拖动进行测量；Esc 结束',
    noMoreBubbles: '后面没有空泡',
    noMoreSame: '该方向没有其他同名切片',
    noTracks: '没有名称包含此文字的泳道',
    emptyRun: '此运行没有可显示的内容',
    failed: (why) => `没有得到应答：${why}`,
    inView: (count) => `可见且宽度足以显示名称的切片：${count} 个`,
    sliceListMore: (count) => `另有 ${count} 个；放大后列出`,
    listColumns: { name: '名称', track: '泳道', start: '开始', duration: '耗时' },
    windowSaid: (start, length) => `从 ${start} 起，${length}`,
    selectedSaid: (name, duration, start) => `已选中 ${name}，${duration}，位于 ${start}`,
    measuredSaid: (length, start) => `测得 ${length}，从 ${start} 起`,
    bubbleSaid: (cause, duration, device) => `${device} 上 ${duration} 的空泡：${cause}`,
    viewMenu: '保存当前视图',
    shifted: (by) => `平移 ${by}`,
    onlyDrawn: '仅在图中对齐各卡：所有数值仍为实测值。',
    alignFirst: '选中一个算子按 L，再选中另一张卡的算子按 R',
    alignFixed: (name) => `以 ${name} 为基准；选中另一张卡的算子后按 R`,
  },
};
