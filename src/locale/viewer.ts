import type { Localised } from './index.ts';

/** What the viewer says. Words of panels and columns that reports use, too, are in the files of the report. */
export interface ViewerWords {
  readonly panels: Readonly<
    Record<
      | 'summary'
      | 'top-ops'
      | 'bubbles'
      | 'steps'
      | 'ranks'
      | 'communication'
      | 'memory'
      | 'flame'
      | 'metrics'
      | 'details'
      | 'selection'
      | 'compare'
      | 'search',
      string
    >
  >;
  readonly loading: (name: string, percent: number) => string;
}

export const VIEWER_WORDS: Localised<ViewerWords> = {
  en: {
    panels: {
      summary: 'Summary',
      'top-ops': 'Top ops',
      bubbles: 'Bubbles',
      steps: 'Steps',
      ranks: 'Ranks',
      communication: 'Communication',
      memory: 'Memory',
      flame: 'Flame',
      metrics: 'Metrics',
      details: 'Details',
      selection: 'Selection',
      compare: 'Compare',
      search: 'Search',
    },
    loading: (name, percent) => `Loading ${name}: ${percent} %`,
  },
  zh: {
    panels: {
      summary: '概览',
      'top-ops': '耗时算子',
      bubbles: '空泡',
      steps: '迭代',
      ranks: '各卡对比',
      communication: '通信',
      memory: '内存',
      flame: '火焰图',
      metrics: '运行指标',
      details: '详情',
      selection: '选区',
      compare: '对比',
      search: '搜索',
    },
    loading: (name, percent) => `正在加载 ${name}：${percent} %`,
  },
};
