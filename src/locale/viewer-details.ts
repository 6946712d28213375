/** What the panel of details says of ops that are alike, and of the other sides of a collective. */
import type { Localised } from './index.ts';

export interface DetailWords {
  /** `key`: a type of ops, or a name without the numbers at its end. */
  similar(by: 'type' | 'name', count: string, key: string): string;
  allTake(count: string, time: string): string;
  spread(least: string, median: string, most: string): string;
  readonly thisOne: string;
  readonly counterparts: string;
  rank(rank: string): string;
  waitsAndTransfers(wait: string, transfer: string): string;
  readonly noOtherSide: string;
  readonly onlyInTable: string;
  /** Of a link that somebody copied. */
  readonly noSuchSlice: string;
  instants(count: string): string;
}

export const viewerDetails: Localised<DetailWords> = {
  en: {
    similar: (by, count, key) =>
      by === 'type' ? `${count} ops of type ${key}` : `${count} slices called ${key}, whatever their running numbers`,
    allTake: (count, time) => (count === '2' ? `Both take ${time}.` : `All ${count} take ${time}.`),
    spread: (least, median, most) => `From ${least} to ${most}, the middle one ${median}.`,
    thisOne: 'this one',
    counterparts: 'On all ranks of the collective',
    rank: (rank) => `rank ${rank}`,
    waitsAndTransfers: (wait, transfer) => `waits ${wait}, transfers ${transfer}`,
    noOtherSide: 'No other rank of this collective was read, or it cannot be told which of its ops it is.',
    onlyInTable: 'told by a table, not on the timeline',
    noSuchSlice: 'This link names a slice that is not in this run. Select another one on the timeline.',
    instants: (count) => `Marks without a length: ${count}`,
  },
  zh: {
    similar: (by, count, key) =>
      by === 'type' ? `类型为 ${key} 的算子 ${count} 个` : `名称为 ${key} 的切片 ${count} 个（不计末尾序号）`,
    allTake: (count, time) => `${count} 个耗时均为 ${time}。`,
    spread: (least, median, most) => `${least} 至 ${most}，中位数 ${median}。`,
    thisOne: '当前切片',
    counterparts: '该集合通信在各卡上',
    rank: (rank) => `rank ${rank}`,
    waitsAndTransfers: (wait, transfer) => `等待 ${wait}，传输 ${transfer}`,
    noOtherSide: '没有读到该集合通信的其他卡，或无法确定对应的算子。',
    onlyInTable: '仅见于统计表，不在时间线上',
    noSuchSlice: '此链接指向的切片不在当前运行中，请在时间线上另选一个。',
    instants: (count) => `瞬时标记 ${count} 个`,
  },
};
