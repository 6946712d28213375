import type { FindingTexts } from './findings.ts';

const DOES: Readonly<Record<string, string>> = { compute: 'computes', communication: 'communicates', idle: 'idles' };

export const findingsInEnglish: FindingTexts = {
  'host-bound': {
    title: ({ windowShare }) => `Host bound: the device waits for launches ${windowShare} of its time`,
    explanation: ({ lateNs, gapCount, idleShare, layer, layerShare, ops, emptyShare }) =>
      `For ${lateNs} in ${counted(gapCount, 'gap')} (${idleShare} of the idle time) the next op had not been launched yet; ` +
      `${layerShare} of it was lost ${layer === 'launch' ? 'in slow launch calls' : 'before the launch, in the framework'}. ` +
      (emptyShare === '' ? '' : `All queues were empty for ${emptyShare} of the idle time. `) +
      `Ops waited for most: ${ops}.`,
    confirm: 'Zoom in: the call that launches the op after a gap begins when the gap has begun already.',
    advice:
      'Replay graphs (aclgraph, torchair) or launch from a task queue (TASK_QUEUE_ENABLE=2), bind processes to the cores ' +
      'next to their device, set the CPU governor to performance, and take work between ops out of Python.',
  },
  'slow-environment': {
    title: ({ settings }) => `Debugging environment: ${settings}`,
    explanation: ({ settings, hostIdleNs, windowShare }) =>
      `${settings} slows every launch; the device stood idle for ${hostIdleNs} (${windowShare}), and nothing says that ` +
      'this was not the host.',
    confirm: 'Run once more without it and compare the idle time.',
    advice: 'Unset ASCEND_LAUNCH_BLOCKING; leave ASCEND_GLOBAL_LOG_LEVEL at 3.',
  },
  'synchronous-api': {
    title: ({ windowShare }) => `Synchronous calls: the device runs dry for ${windowShare} of its time`,
    explanation: ({ callCount, hostNs, idleNs, calls }) =>
      `The host waits for the device for ${hostNs} in all; ${counted(callCount, 'such call')} left it without anything to ` +
      `do for ${idleNs}. Calls: ${calls}.`,
    confirm: 'Zoom in: the gap begins while the host is in such a call, and the next launch comes after it.',
    advice:
      'Take item(), tolist(), print and nonzero of device tensors out of the loop, or ask for their values one step later; ' +
      'copy with non_blocking=True from pinned memory.',
  },
  'op-compilation': {
    title: ({ windowShare }) => `Ops compiled at run time: the device waits ${windowShare} of its time`,
    explanation: ({ callCount, hostNs, longestNs, idleNs, calls }) =>
      `The host compiles or looks up ops for ${hostNs}, up to ${longestNs} at a time; in ${counted(callCount, 'such call')} ` +
      `the device stood idle for ${idleNs}. Calls: ${calls}.`,
    confirm: 'Zoom in: the op after the gap is launched at the end of such a call.',
    advice:
      'Set torch_npu.npu.set_compile_mode(jit_compile=False) and torch_npu.npu.config.allow_internal_format = False; keep ' +
      'shapes to a few sizes (padding, buckets), and profile after the warm-up.',
  },
  'garbage-collection': {
    title: ({ windowShare }) => `Python's garbage collector: ${windowShare} of the time idle`,
    explanation: ({ callCount, longestNs, idleNs }) =>
      `${counted(callCount, 'collection')} of up to ${longestNs} kept the device idle for ${idleNs}.`,
    confirm: 'Zoom in: the gap ends when a collection is over.',
    advice: 'Call gc.disable() or gc.freeze() after the warm-up and gc.collect() where nothing waits.',
  },
  'memory-allocation': {
    title: ({ windowShare }) => `Device memory allocated in the loop: ${windowShare} of the time idle`,
    explanation: ({ callCount, hostNs, longestNs, idleNs, calls }) =>
      `The host takes or returns device memory for ${hostNs}, up to ${longestNs} at a time; ${counted(callCount, 'such call')} ` +
      `kept the device idle for ${idleNs}. Calls: ${calls}.`,
    confirm: 'Zoom in: such a call stands before the launch that the device waits for.',
    advice:
      'Set PYTORCH_NPU_ALLOC_CONF=expandable_segments:True, do not call empty_cache() in the loop, and leave room in the ' +
      'memory of the device.',
  },
  'slow-data-loading': {
    title: ({ windowShare }) => `Slow data loading: ${windowShare} of the time idle`,
    explanation: ({ callCount, longestNs, idleNs }) =>
      `In ${counted(callCount, 'call')} of up to ${longestNs} the host waited for data while the device stood idle for ${idleNs}.`,
    confirm: 'Zoom in: the gap ends when the batch has been loaded.',
    advice:
      'Give the loader more workers, pinned memory and prefetching; prepare the data beforehand or on faster disks.',
  },
  'profiling-overhead': {
    title: ({ settings }) => `The profiler may have slowed the run itself: ${settings}`,
    explanation: ({ settings, hostIdleNs, windowShare }) =>
      `Recorded: ${settings}. That costs the host time with every op, so some of the ${hostIdleNs} (${windowShare}) ` +
      'in which the device may have waited for the host is not there without the profiler.',
    confirm: 'Record once more without these settings and compare the idle time.',
    advice:
      'Look for causes with these settings, measure times without them: level 1, no stacks, no modules, no memory.',
  },
  'cache-counters': {
    title: ({ windowShare }) => `The profiler reads cache counters between ops: ${windowShare} of the time`,
    explanation: ({ gapCount, meanNs, pausedNs }) =>
      `Recorded: l2_cache=true. Before ${counted(gapCount, 'op')} that had been launched in time the device paused, for ` +
      `${meanNs} on average and ${pausedNs} in all; without the profiler it would hardly have.`,
    confirm: 'Look for a shortest gap that nearly all ops have; then record once more with l2_cache=False.',
    advice: 'Record the L2 cache only to look at the L2 cache; do not compare such times with others.',
  },
  'small-ops': {
    title: ({ smallShare }) => `Many small ops: ${smallShare} of all take less than a launch`,
    explanation: ({ smallCount, meanNs, gapNs, windowShare, ops }) =>
      `${counted(smallCount, 'op')} of ${meanNs} on average with ${gapNs} (${windowShare} of the time) of gaps before them ` +
      `that a fused op would not have. Most of them: ${ops}.`,
    confirm: 'Zoom in on the row of small ops: there is as much gap as op.',
    advice:
      'Fuse them (fused optimizers, npu_fusion_attention, npu_rms_norm, npu_swiglu and the like, or a kernel of your own), ' +
      'replay a graph (aclgraph, torchair), or raise the batch.',
  },
  'ai-cpu-ops': {
    title: ({ computeShare }) => `AI CPU ops: ${computeShare} of the computing time`,
    explanation: ({ opCount, aloneNs, ops }) =>
      `${counted(opCount, 'op')} ran on the AI CPU, and for ${aloneNs} nothing else computed. Ops: ${ops}.`,
    confirm:
      'Look at the data types of their inputs in the op table: int64, double and bool have often no kernel for AI cores.',
    advice: 'Cast their inputs to a type that AI cores know (int32, float32), or use another op.',
  },
  'layout-overhead': {
    title: ({ computeShare }) => `Transpose, format and type conversions: ${computeShare} of the computing time`,
    explanation: ({ opCount, aloneNs, ops }) =>
      `For ${aloneNs} nothing but ${counted(opCount, 'op')} ran that only change layout or type: ${ops}.`,
    confirm: 'Look at the formats and types of their inputs and outputs in the op table.',
    advice:
      'TransData: keep to one format (torch_npu.npu.config.allow_internal_format = False) or convert weights once. Transpose: ' +
      'use ops that take transposed inputs. Cast: keep tensors in the type that the next op wants.',
  },
  'low-cube-utilisation': {
    title: ({ macShare }) => `Low cube utilisation: the cube units work ${macShare} of the time of these ops`,
    explanation: ({ opCount, opsNs, macShare, busiestPipe, busiestShare, ops }) =>
      `${counted(opCount, 'matrix product or convolution', 'matrix products and convolutions')} that take ${opsNs} keep the ` +
      `cube units busy for ${macShare} of it, and memory does not bind them; the busiest pipe is ${busiestPipe} ` +
      `(${busiestShare}). Ops: ${ops}.`,
    confirm: 'Look at the ratios and shapes of these ops in the op table (metrics PipeUtilization).',
    advice:
      'Make inner dimensions multiples of 16, better of 256 elements; merge small products (grouped or batched matmul); tune ' +
      'tiling (AOE), or report the shape to the owners of the kernel.',
  },
  'frequency-drop': {
    title: ({ lowestMhz, highestMhz }) => `AI cores slowed down to ${lowestMhz} of ${highestMhz} MHz`,
    explanation: ({ lowNs, computeShare, lowestMhz, highestMhz }) =>
      `For ${lowNs} (${computeShare}) of the computing time the AI cores ran below their own maximum of ${highestMhz} MHz, ` +
      `down to ${lowestMhz} MHz.`,
    confirm: 'Look at the counter "AI Core Freq" beside the ops; npu-smi info tells power and temperature.',
    advice: 'Check cooling, power supply and power limits of the server; move the job to another device to compare.',
  },
  'copy-in-loop': {
    title: ({ windowShare }) => `Copies in the loop: the device waits ${windowShare} of its time`,
    explanation: ({ copyCount, copiesPerStepCount, exposedNs, kinds }) =>
      `${counted(copyCount, 'copy', 'copies')}${copiesPerStepCount === '' ? '' : ` (${copiesPerStepCount} per step)`} ran for ` +
      `${exposedNs} while the device did nothing else. Kinds: ${kinds}.`,
    confirm: 'Zoom in: a copy lies in the gap, and the next op starts when it is done.',
    advice:
      'Create tensors on the device, keep what does not change there, copy ahead on a stream of its own from pinned memory ' +
      'with non_blocking=True, and merge small copies.',
  },
  'slow-feeding': {
    title: ({ windowShare }) =>
      `Waiting for memory: nothing computes for ${windowShare} of the time while data is moved`,
    explanation: ({ copyCount, exposedNs, bandwidthGbs, kinds }) =>
      `${counted(copyCount, 'transfer')} ran for ${exposedNs} in which no engine computed` +
      `${bandwidthGbs === '' ? '' : `, at ${bandwidthGbs} GB/s on average`}. Most of them: ${kinds}.`,
    confirm:
      'Zoom in: the engine that computes starts when a transfer ends, and that transfer is the one it waits for.',
    advice:
      'Compare the bandwidth with what the memory can do. If it is far below, merge small transfers; if it is near, move ' +
      'less: fuse layers so that results stay in local memory, quantise weights, or reuse them for more tokens or images. ' +
      'Let the next transfer run beside the computation (more local memory per tile, double buffering).',
  },
  'exposed-communication': {
    title: ({ windowShare }) => `Communication that nothing hides: ${windowShare} of the time`,
    explanation: ({ exposedNs, exposedShare, pointToPointShare, ops }) =>
      `${exposedNs} (${exposedShare} of all communication) passed with no op computing beside it` +
      `${pointToPointShare === '0.0 %' ? '' : `; ${pointToPointShare} of it in sends and receives`}. Ops: ${ops}.`,
    confirm: 'Look whether they wait or transfer: a collective is as long as the slowest rank is late.',
    advice:
      'First balance the ranks. Then overlap (larger or earlier gradient buckets, asynchronous collectives, fused ' +
      'matmul + all-reduce), choose HCCL_OP_EXPANSION_MODE=AIV for small messages, or change the parallel layout.',
  },
  'unbalanced-ranks': {
    title: ({ slowRank, figure, mostRank, leastRank, mostToLeastRatio }) =>
      `Unbalanced ranks: rank ${slowRank} is slow, rank ${mostRank} ${DOES[figure]} ` +
      (mostToLeastRatio === ''
        ? `and rank ${leastRank} does not`
        : `${mostToLeastRatio} times as long as rank ${leastRank}`),
    explanation: ({ rankCount, slowRank, fastRank, ownSlowNs, ownFastNs }) =>
      `Of ${rankCount} ranks rank ${slowRank} has most to do by itself (${ownSlowNs}) and rank ${fastRank} least ` +
      `(${ownFastNs}); the others wait for it in collectives.`,
    confirm: 'Compare the steps of both ranks: the slow rank arrives last and waits least.',
    advice:
      'Is it computing: distribute tokens, experts or layers more evenly. Is it idle time: look at the host of the slow rank. ' +
      'Is it one device in all jobs: check its clock and its links.',
  },
  'jittery-communication': {
    title: ({ p95Ratio }) => `Jittery communication: one collective in twenty takes ${p95Ratio} times as long as usual`,
    explanation: ({ opCount, medianNs, longestNs, excessNs, ops }) =>
      `Equal collectives (${opCount} compared) take up to ${longestNs} where ${medianNs} is usual, ${excessNs} more in all. ` +
      `Ops: ${ops}.`,
    confirm:
      'Compare a long occurrence on all ranks: is one rank late (its host), or do all transfer for long (the link)?',
    advice:
      'On all hosts: transparent huge pages (cat /sys/kernel/mm/transparent_hugepage/enabled; echo always to it, as the ' +
      'Ascend guide advises), CPU governor performance, processes bound to the cores next to their device, no other load.',
  },
  'small-packets': {
    title: ({ link, volumeShare }) => `Small packets: ${volumeShare} of what goes over ${link}`,
    explanation: ({ link, packetCount, meanBytes, transitNs }) =>
      `${counted(packetCount, 'packet')} of ${meanBytes} on average took ${transitNs} on ${link}, which only large packets fill ` +
      '(from 16 MB on with SDMA, from 1 MB on with RDMA).',
    confirm: 'Compare the bandwidth of small and large packets in communication.json.',
    advice:
      'Raise the batch size or the size of gradient buckets, merge messages, raise HCCL_BUFFSIZE; fewer ranks per group make ' +
      'each packet larger.',
  },
};

function counted(count: string, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === '1' ? noun : plural}`;
}
