/** What the panel of host stacks says. */
import type { Localised } from './index.ts';

export interface FlameWords {
  readonly measures: Readonly<Record<'host' | 'device', string>>;
  readonly widthIs: string;
  readonly flameHint: string;
  readonly flamePicture: string;
  readonly wholeStack: string;
  readonly longestOne: string;
  readonly findName: string;
  readonly findFrames: string;
  foundFrames(count: string, share: string): string;
  launchedOf(launched: string, device: string): string;
  smallFrames(count: string): string;
  hostTime(total: string, self: string, share: string): string;
  deviceTime(total: string, share: string, count: string): string;
  slicesOfFrame(count: string): string;
}

export const viewerFlame: Localised<FlameWords> = {
  en: {
    measures: { host: 'time on the host', device: 'device time of what it launched' },
    widthIs: 'Width is',
    flameHint: 'Click a frame to look into it, or walk with the arrow keys; Enter looks into it, Esc goes back.',
    flamePicture: 'Stacks of the host, from above',
    wholeStack: 'All stacks',
    longestOne: 'Show the longest on the timeline',
    findName: 'Find all of this name',
    findFrames: 'Mark frames by name',
    foundFrames: (count, share) =>
      count === '0'
        ? 'No frame has this in its name.'
        : `${count} ${count === '1' ? 'frame' : 'frames'}, ${share} of the width. Enter looks into the widest.`,
    launchedOf: (launched, device) => `Launched: ${launched} of ${device} of ops and copies.`,
    smallFrames: (count) => `The ${count} smallest frames are left out.`,
    hostTime: (total, self, share) => `host ${total} (${share}), itself ${self}`,
    deviceTime: (total, share, count) => `device ${total} (${share}) of ${count} launched`,
    slicesOfFrame: (count) => `${count} ${count === '1' ? 'slice' : 'slices'}`,
  },
  zh: {
    measures: { host: 'Host 时间', device: '所下发算子的 Device 时间' },
    widthIs: '宽度表示',
    flameHint: '点击栈帧可放大，也可用方向键逐个查看；回车键放大，Esc 返回。',
    flamePicture: 'Host 调用栈（自上而下）',
    wholeStack: '全部调用栈',
    longestOne: '在时间线上查看最长的一次',
    findName: '查找所有同名切片',
    findFrames: '按名称标出栈帧',
    foundFrames: (count, share) =>
      count === '0' ? '没有名称包含此文字的栈帧。' : `${count} 个栈帧，占宽度的 ${share}。按回车键放大最宽的一个。`,
    launchedOf: (launched, device) => `所下发：算子与拷贝 ${device} 中的 ${launched}。`,
    smallFrames: (count) => `最小的 ${count} 个栈帧未显示。`,
    hostTime: (total, self, share) => `Host ${total}（${share}），自身 ${self}`,
    deviceTime: (total, share, count) => `Device ${total}（${share}），下发 ${count} 次`,
    slicesOfFrame: (count) => `${count} 个切片`,
  },
};
