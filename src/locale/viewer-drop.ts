import type { Localised } from './index.ts';

/** What the viewer says where it has no run yet. */
export interface DropWords {
  readonly title: string;
  readonly drop: string;
  readonly stays: string;
  readonly chooseFiles: string;
  readonly chooseFolder: string;
  readonly nothing: string;
}

export const DROP_WORDS: Localised<DropWords> = {
  en: {
    title: 'Look at a capture',
    drop: 'Drop files here, or the folder that the profiler wrote.',
    stays: 'They are read by this page and go nowhere else.',
    chooseFiles: 'Choose files',
    chooseFolder: 'Choose a folder',
    nothing: 'There was no file in what was dropped.',
  },
  zh: {
    title: '查看采集数据',
    drop: '将文件或 Profiler 生成的文件夹拖到这里。',
    stays: '数据只在本页面内读取，不会发送到任何地方。',
    chooseFiles: '选择文件',
    chooseFolder: '选择文件夹',
    nothing: '拖入的内容中没有文件。',
  },
};
