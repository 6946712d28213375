import type { FindingTexts } from './findings.ts';

const FIGURES: Readonly<Record<string, string>> = { compute: '计算耗时', communication: '通信耗时', idle: '空闲时间' };

export const findingsInChinese: FindingTexts = {
  'host-bound': {
    title: ({ windowShare }) => `下发瓶颈（Host Bound）：设备有 ${windowShare} 的时间在等待算子下发`,
    explanation: ({ lateNs, gapCount, idleShare, layer, layerShare, ops, emptyShare }) =>
      `${gapCount} 处空闲共 ${lateNs}（占空闲时间的 ${idleShare}），空闲开始时下一个算子尚未下发；其中 ${layerShare} ` +
      `${layer === 'launch' ? '耗在下发接口本身' : '耗在下发之前的框架侧'}。${emptyShare === '' ? '' : `空闲时间中有 ${emptyShare} 所有队列为空。`}等待最久的算子：${ops}。`,
    confirm: '放大该区间：空闲之后那个算子的下发接口，在空闲开始之后才被调用。',
    advice:
      '使用图模式（aclgraph、torchair）或任务队列下发（TASK_QUEUE_ENABLE=2）；进程绑核到离设备最近的 CPU；CPU 调频策略设为 ' +
      'performance；减少算子之间的 Python 代码。',
  },
  'slow-environment': {
    title: ({ settings }) => `使用了定位问题用的环境变量：${settings}`,
    explanation: ({ settings, hostIdleNs, windowShare }) =>
      `${settings} 会拖慢每次算子下发；设备空闲 ${hostIdleNs}（${windowShare}），无法排除由 Host 侧引起。`,
    confirm: '去掉该设置后重新采集，比较空闲时间。',
    advice: '取消 ASCEND_LAUNCH_BLOCKING；ASCEND_GLOBAL_LOG_LEVEL 保持为 3。',
  },
  'synchronous-api': {
    title: ({ windowShare }) => `同步接口：设备有 ${windowShare} 的时间因同步而无算子可执行`,
    explanation: ({ callCount, hostNs, idleNs, calls }) =>
      `Host 侧共等待设备 ${hostNs}；其中 ${callCount} 次同步之后下发队列已空，设备空闲 ${idleNs}。接口：${calls}。`,
    confirm: '放大该区间：空闲开始时 Host 正处于同步接口中，下一次下发在该接口返回之后。',
    advice:
      '循环中不要对设备张量调用 item()、tolist()、print、nonzero，或推迟一个 step 再取值；拷贝使用锁页内存和 non_blocking=True。',
  },
  'op-compilation': {
    title: ({ windowShare }) => `运行时编译算子：设备有 ${windowShare} 的时间在等待`,
    explanation: ({ callCount, hostNs, longestNs, idleNs, calls }) =>
      `Host 侧编译或查找算子共 ${hostNs}，单次最长 ${longestNs}；${callCount} 次调用期间设备空闲 ${idleNs}。接口：${calls}。`,
    confirm: '放大该区间：空闲之后的算子在该接口末尾才下发。',
    advice:
      '设置 torch_npu.npu.set_compile_mode(jit_compile=False) 和 torch_npu.npu.config.allow_internal_format = False；用填充或' +
      '分桶限制 shape 的种类（动态 shape）；预热之后再采集。',
  },
  'garbage-collection': {
    title: ({ windowShare }) => `Python 垃圾回收（GC）：设备空闲 ${windowShare}`,
    explanation: ({ callCount, longestNs, idleNs }) =>
      `${callCount} 次 GC，单次最长 ${longestNs}，使设备空闲 ${idleNs}。`,
    confirm: '放大该区间：空闲在 GC 结束之后才结束。',
    advice: '预热后调用 gc.disable() 或 gc.freeze()，在不影响性能的位置再调用 gc.collect()。',
  },
  'memory-allocation': {
    title: ({ windowShare }) => `循环中申请或释放设备内存：设备空闲 ${windowShare}`,
    explanation: ({ callCount, hostNs, longestNs, idleNs, calls }) =>
      `Host 侧申请、释放设备内存共 ${hostNs}，单次最长 ${longestNs}；${callCount} 次调用使设备空闲 ${idleNs}。接口：${calls}。`,
    confirm: '放大该区间：设备所等待的那次下发之前有该接口。',
    advice: '设置 PYTORCH_NPU_ALLOC_CONF=expandable_segments:True；循环中不要调用 empty_cache()；为设备内存留出余量。',
  },
  'slow-data-loading': {
    title: ({ windowShare }) => `数据加载慢：设备空闲 ${windowShare}`,
    explanation: ({ callCount, longestNs, idleNs }) =>
      `${callCount} 次取数据（单次最长 ${longestNs}）期间设备空闲 ${idleNs}。`,
    confirm: '放大该区间：数据加载完成之后空闲才结束。',
    advice: '增加 DataLoader 的 worker 数，使用锁页内存和预取；提前完成数据预处理，或使用更快的存储。',
  },
  'profiling-overhead': {
    title: ({ settings }) => `采集本身可能拖慢了运行：${settings}`,
    explanation: ({ settings, hostIdleNs, windowShare }) =>
      `采集时打开了 ${settings}，每个算子都会增加 Host 侧开销；设备可能在等待 Host 的 ${hostIdleNs}（${windowShare}）中，` +
      '有一部分在不采集时并不存在。',
    confirm: '关闭这些选项重新采集，比较空闲时间。',
    advice: '定位原因时打开这些选项，测量耗时时关闭：Level1，不采集调用栈、模块和内存。',
  },
  'cache-counters': {
    title: ({ windowShare }) => `采集在算子之间读取 L2 Cache 计数：占时间的 ${windowShare}`,
    explanation: ({ gapCount, meanNs, pausedNs }) =>
      `采集时打开了 l2_cache=true。${gapCount} 个已按时下发的算子之前设备停顿，平均 ${meanNs}，共 ${pausedNs}；不采集时这些停顿基本不存在。`,
    confirm: '看是否几乎所有算子之间都有同样的最短间隔；再以 l2_cache=False 重新采集。',
    advice: '只在分析 L2 Cache 时采集它；这样测得的时间不要与其他结果比较。',
  },
  'small-ops': {
    title: ({ smallShare }) => `小算子多：${smallShare} 的算子短于一次下发`,
    explanation: ({ smallCount, meanNs, gapNs, windowShare, ops }) =>
      `${smallCount} 个小算子平均 ${meanNs}，其前的间隙共 ${gapNs}（${windowShare}），融合后可以省去。主要算子：${ops}。`,
    confirm: '放大这一串小算子：间隙与算子差不多长。',
    advice:
      '使用融合算子（融合优化器、npu_fusion_attention、npu_rms_norm、npu_swiglu 等，或自定义算子）、图模式（aclgraph、' +
      'torchair），或增大 batch。',
  },
  'ai-cpu-ops': {
    title: ({ computeShare }) => `AI CPU 算子：占计算耗时的 ${computeShare}`,
    explanation: ({ opCount, aloneNs, ops }) =>
      `${opCount} 个算子在 AI CPU 上执行，期间有 ${aloneNs} 没有其他计算。算子：${ops}。`,
    confirm: '在算子表中查看其输入数据类型：int64、double、bool 往往没有 AI Core 实现。',
    advice: '把输入转换为 AI Core 支持的类型（int32、float32），或改用其他算子。',
  },
  'layout-overhead': {
    title: ({ computeShare }) => `转置、格式与类型转换：占计算耗时的 ${computeShare}`,
    explanation: ({ opCount, aloneNs, ops }) => `有 ${aloneNs} 只在执行 ${opCount} 个仅改变排布或类型的算子：${ops}。`,
    confirm: '在算子表中查看其输入输出的格式和类型。',
    advice:
      'TransData：统一格式（torch_npu.npu.config.allow_internal_format = False），或只转换一次权重。Transpose：使用支持转置输入的' +
      '算子。Cast：让张量保持下一个算子所需的类型。',
  },
  'low-cube-utilisation': {
    title: ({ macShare }) => `Cube 利用率低：这些算子只有 ${macShare} 的时间在使用 Cube`,
    explanation: ({ opCount, opsNs, macShare, busiestPipe, busiestShare, ops }) =>
      `${opCount} 个矩阵乘或卷积共 ${opsNs}，Cube 工作时间占 ${macShare}，也未达到访存瓶颈；最忙的流水线是 ${busiestPipe}` +
      `（${busiestShare}）。算子：${ops}。`,
    confirm: '在算子表（PipeUtilization 指标）中查看这些算子的各项 ratio 和 shape。',
    advice:
      '内轴对齐到 16，最好是 256 的倍数；合并小的矩阵乘（grouped/batched matmul）；用 AOE 调优 tiling，或把 shape 反馈给算子' +
      '开发者。',
  },
  'frequency-drop': {
    title: ({ lowestMhz, highestMhz }) => `AI Core 降频：最低 ${lowestMhz} MHz，最高 ${highestMhz} MHz`,
    explanation: ({ lowNs, computeShare, lowestMhz, highestMhz }) =>
      `计算耗时中有 ${lowNs}（${computeShare}）低于自身最高频率 ${highestMhz} MHz，最低降到 ${lowestMhz} MHz。`,
    confirm: '对照算子查看计数器“AI Core Freq”；用 npu-smi info 查看功耗和温度。',
    advice: '检查服务器的散热、供电和功耗限制；换一张卡运行作对比。',
  },
  'copy-in-loop': {
    title: ({ windowShare }) => `循环中的内存拷贝：设备有 ${windowShare} 的时间在等待`,
    explanation: ({ copyCount, copiesPerStepCount, exposedNs, kinds }) =>
      `${copyCount} 次拷贝${copiesPerStepCount === '' ? '' : `（每个 step ${copiesPerStepCount} 次）`}，其间设备有 ` +
      `${exposedNs} 未做其他事。类型：${kinds}。`,
    confirm: '放大该区间：空闲中有一次拷贝，下一个算子在其完成后开始。',
    advice:
      '直接在设备上创建张量，不变的数据常驻设备；用单独的流、锁页内存和 non_blocking=True 提前拷贝；合并小的拷贝。',
  },
  'slow-feeding': {
    title: ({ windowShare }) => `等待访存：有 ${windowShare} 的时间只在搬运数据，没有计算`,
    explanation: ({ copyCount, exposedNs, bandwidthGbs, kinds }) =>
      `${copyCount} 次搬运，其间有 ${exposedNs} 没有任何引擎在计算` +
      `${bandwidthGbs === '' ? '' : `，平均带宽 ${bandwidthGbs} GB/s`}。主要是：${kinds}。`,
    confirm: '放大该区间：计算引擎在一次搬运结束时开始，而它等待的正是这次搬运。',
    advice:
      '将带宽与内存的峰值比较：若远低于峰值，合并小的搬运；若已接近，则减少搬运量：融合层使结果留在本地内存，' +
      '量化权重，或让权重服务更多的 token 或图像。让下一次搬运与计算并行（每个 tile 用更多本地内存，双缓冲）。',
  },
  'exposed-communication': {
    title: ({ windowShare }) => `未被掩盖的通信：占 ${windowShare}`,
    explanation: ({ exposedNs, exposedShare, pointToPointShare, ops }) =>
      `${exposedNs}（全部通信的 ${exposedShare}）没有被计算掩盖，其中 ${pointToPointShare} 是点对点收发。算子：${ops}。`,
    confirm: '区分等待与传输：集合通信的长短取决于最慢的卡迟到多久。',
    advice:
      '先消除快慢卡；再做通信计算掩盖（调整梯度分桶、异步通信、matmul + allreduce 融合算子）；小消息可设 ' +
      'HCCL_OP_EXPANSION_MODE=AIV；或调整并行策略。',
  },
  'unbalanced-ranks': {
    title: ({ slowRank, figure, mostRank, leastRank, mostToLeastRatio }) =>
      `快慢卡：rank ${slowRank} 慢，rank ${mostRank} ` +
      (mostToLeastRatio === ''
        ? `有${FIGURES[figure]}，rank ${leastRank} 没有`
        : `的${FIGURES[figure]}是 rank ${leastRank} 的 ${mostToLeastRatio} 倍`),
    explanation: ({ rankCount, slowRank, fastRank, ownSlowNs, ownFastNs }) =>
      `${rankCount} 张卡中，rank ${slowRank} 自身耗时最长（${ownSlowNs}），rank ${fastRank} 最短（${ownFastNs}）；其他卡在集合` +
      '通信中等待它。',
    confirm: '对比两张卡的 step：慢卡最后到达，等待最少。',
    advice:
      '若是计算不均：重新切分 token、专家或层；若是空闲不均：检查慢卡的 Host 侧；若总是同一张卡慢：检查其频率和链路。',
  },
  'jittery-communication': {
    title: ({ p95Ratio }) => `通信抖动：每二十次集合通信有一次达到平时的 ${p95Ratio} 倍`,
    explanation: ({ opCount, medianNs, longestNs, excessNs, ops }) =>
      `相同的集合通信（共比较 ${opCount} 次）平时为 ${medianNs}，最长 ${longestNs}，合计多耗 ${excessNs}。算子：${ops}。`,
    confirm: '在所有卡上对比一次长的通信：是某张卡迟到（Host 侧），还是传输都变慢（链路）？',
    advice:
      '在所有主机上：打开透明大页（cat /sys/kernel/mm/transparent_hugepage/enabled，并按昇腾指南写入 always）；CPU 调频策略设为 ' +
      'performance；进程绑核到离设备最近的 CPU；避免其他负载。',
  },
  'small-packets': {
    title: ({ link, volumeShare }) => `通信小包：占 ${link} 通信量的 ${volumeShare}`,
    explanation: ({ link, packetCount, meanBytes, transitNs }) =>
      `${packetCount} 个小包平均 ${meanBytes}，在 ${link} 上传输 ${transitNs}；只有大包（SDMA 16 MB 以上，RDMA 1 MB 以上）才能` +
      '用满带宽。',
    confirm: '在 communication.json 中对比小包与大包的带宽。',
    advice: '增大 batch 或梯度分桶，合并消息，增大 HCCL_BUFFSIZE；减小通信域可使每个包更大。',
  },
};
