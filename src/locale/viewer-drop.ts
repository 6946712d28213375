import type { Localised } from './index.ts';

/** What the viewer says where it has no run yet. */
export interface DropWords {
  readonly title: string;
  readonly drop: string;
  readonly stays: string;
  readonly chooseFiles: string;
  readonly chooseFolder: string;
  readonly nothing: string;
  readonly unreadable: string;
  readonly together: string;
  readonly dropAnother: string;
  readonly otherLanguage: string;
}

export const DROP_WORDS: Localised<DropWords> = {
  en: {
    title: 'Look at a capture',
    drop: 'Drop files here, or the folder that the profiler wrote.',
    stays: 'They are read by this page and go nowhere else.',
    chooseFiles: 'Choose files',
    chooseFolder: 'Choose a folder',
    nothing: 'There was no file in what was dropped.',
    unreadable: 'The browser could not read what was dropped.',
    together:
      'What is dropped at once is one run, as the folders of several ranks are. Drop another one later to compare them.',
    dropAnother: 'Drop other files here, or the folder that the profiler wrote.',
    otherLanguage: '中文',
  },
  zh: {
    title: '查看采集数据',
    drop: '将文件或 Profiler 生成的文件夹拖到这里。',
    stays: '数据只在本页面内读取，不会发送到任何地方。',
    chooseFiles: '选择文件',
    chooseFolder: '选择文件夹',
    nothing: '拖入的内容中没有文件。',
    unreadable: '浏览器无法读取拖入的内容。',
    together: '一次拖入的内容视为一个运行，例如多张卡的文件夹。之后再拖入一个即可对比。',
    dropAnother: '请将其他文件或 Profiler 生成的文件夹拖到这里。',
    otherLanguage: 'English',
  },
};
