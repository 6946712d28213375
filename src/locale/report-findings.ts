/** What each rule of the findings says and how it is confirmed. A rule without words here is called by its name. */
import type { Localised } from './index.ts';

export interface FindingWords {
  readonly title: string;
  readonly confirm: string;
}

const en: Readonly<Record<string, FindingWords>> = {
  'host-bound': {
    title: 'The host launches too late for the device',
    confirm: 'compare the launch calls with the bubbles after them; graph mode or fewer, larger ops help',
  },
  'ai-cpu-ops': {
    title: 'Ops run on the AI CPU',
    confirm: 'look for a kernel of the same op for AI cores, or other types of data',
  },
  'small-ops': {
    title: 'Many small ops: launching takes longer than computing',
    confirm: 'fuse them, or capture them in a graph',
  },
  'transpose-cast': {
    title: 'Time goes into transposes and casts',
    confirm: 'see which op asks for another format or type, and keep both through the model',
  },
  'frequency-drop': {
    title: 'The clock of the cores drops',
    confirm: 'look at temperature and power of the chip over the run',
  },
  'memcpy-in-loop': {
    title: 'Copies between host and device in every step',
    confirm: 'keep the data on the device, or copy from pinned memory beside the computing',
  },
  'synchronous-api': {
    title: 'Synchronous calls make the host wait for the device',
    confirm: 'look for .item(), print of tensors and copies without non_blocking',
  },
  'unbalanced-ranks': {
    title: 'Ranks wait for a slower one',
    confirm: 'compare its compute time with that of the others: same work or a slow chip',
  },
  'low-cube-utilisation': {
    title: 'Matrix ops leave the cube units idle',
    confirm: 'look at their shapes and at what bounds them: memory or launch',
  },
  'profiling-overhead': {
    title: 'The profiler itself took time',
    confirm: 'profile again without stacks, shapes and memory',
  },
  'jittery-communication': {
    title: 'The same communication takes very different times',
    confirm:
      'transparent huge pages may be off on the host: try "always" for /sys/kernel/mm/transparent_hugepage/enabled',
  },
};

const zh: typeof en = {
  'host-bound': {
    title: 'Host 下发跟不上 Device 执行',
    confirm: '对比下发接口与其后的空泡；可用图模式，或减少、合并小算子',
  },
  'ai-cpu-ops': { title: '存在 AI CPU 算子', confirm: '查找同一算子的 AI Core 实现，或更换数据类型' },
  'small-ops': { title: '小算子过多：下发耗时超过计算', confirm: '融合算子，或用图模式下发' },
  'transpose-cast': { title: '格式与类型转换耗时', confirm: '查明哪个算子要求另一种格式或类型，并使全模型一致' },
  'frequency-drop': { title: 'AI Core 降频', confirm: '查看运行期间芯片的温度与功耗' },
  'memcpy-in-loop': {
    title: '每步都有 Host 与 Device 间拷贝',
    confirm: '让数据留在 Device 上，或用锁页内存与计算并行拷贝',
  },
  'synchronous-api': {
    title: '同步接口使 Host 等待 Device',
    confirm: '检查 .item()、打印张量以及未加 non_blocking 的拷贝',
  },
  'unbalanced-ranks': { title: '快慢卡：其他卡在等待慢卡', confirm: '对比其计算时间：负载不均还是芯片偏慢' },
  'low-cube-utilisation': { title: '矩阵算子的 Cube 利用率低', confirm: '查看其形状与瓶颈：访存还是下发' },
  'profiling-overhead': { title: '采集本身带来开销', confirm: '关闭调用栈、形状与内存后重新采集' },
  'jittery-communication': {
    title: '同一通信算子耗时抖动大',
    confirm: '主机可能未开启透明大页：将 /sys/kernel/mm/transparent_hugepage/enabled 设为 always',
  },
};

export const reportFindings: Localised<typeof en> = { en, zh };
