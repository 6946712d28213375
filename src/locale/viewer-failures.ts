/** Why a run cannot be looked at, for those who do not want to know which byte it was. */
import type { Localised } from './index.ts';

export type FailureKind = 'notTrace' | 'noEvents' | 'damaged' | 'tooBig' | 'notFound' | 'notExported' | 'other';

/** By the codes of errors. */
const KINDS = new Map<string, FailureKind>([
  ...(['not_a_trace', 'no_trace', 'ambiguous_format', 'unknown_extension'] as const).map(
    (code) => [code, 'notTrace'] as const,
  ),
  ...(['no_events', 'empty_file', 'no_input'] as const).map((code) => [code, 'noEvents'] as const),
  ...(['gzip_truncated', 'gzip_damaged', 'db_unreadable'] as const).map((code) => [code, 'damaged'] as const),
  ...(['too_big', 'worker'] as const).map((code) => [code, 'tooBig'] as const),
  ['not_found', 'notFound'],
  ['not_exported', 'notExported'],
]);

export const failureKind = (code: string): FailureKind => KINDS.get(code) ?? 'other';

export interface FailureWords {
  readonly kinds: Readonly<Record<FailureKind, string>>;
  /** Stands before what the reader says. */
  readonly exactly: string;
}

export const FAILURE_WORDS: Localised<FailureWords> = {
  en: {
    kinds: {
      notTrace: 'This is no trace that is known here: a timeline or a table that a profiler exported is.',
      noEvents: 'Nothing was recorded in it.',
      damaged: 'It is damaged or incomplete; it may not have been copied to its end.',
      tooBig: 'It is too big for the memory there is. traceconv view reads more than a page of the browser can.',
      notFound: 'There is no such file or folder.',
      notExported: 'The capture was not exported yet: the profiler has to analyse it first.',
      other: 'It cannot be read.',
    },
    exactly: 'In detail',
  },
  zh: {
    kinds: {
      notTrace: '无法识别为采集数据：请使用 Profiler 导出的时间线或统计表。',
      noEvents: '其中没有任何记录。',
      damaged: '数据损坏或不完整，可能没有复制完。',
      tooBig: '数据超出可用内存。traceconv view 能读取的数据比浏览器页面更大。',
      notFound: '没有这个文件或文件夹。',
      notExported: '采集数据尚未导出：请先用 Profiler 解析。',
      other: '无法读取。',
    },
    exactly: '具体信息',
  },
};
