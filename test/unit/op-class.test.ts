import { expect, test } from 'vitest';
import { opClasses } from '../../src/analysis/index.ts';
import { layer, rowName, sliceAt } from '../support/device-events.ts';
import { deviceSlice, kinetoText } from '../support/kineto-events.ts';
import { rowNumbers } from '../support/plain-timeline.ts';
import { readEvents, readText } from '../support/reading.ts';

const [HARDWARE, COMMUNICATION, OVERLAP, HOST] = [640551328, 640551360, 640551392, 640551167];

/** Name, task type ('' for none), class. Those of the first group stand in real captures. */
const TASKS: readonly (readonly [name: string, type: string, opClass: string])[] = [
  ['aclnnMatmul_MatMulV3Common_MatMulV3', 'AI_CORE', 'compute'],
  ['aclnnMul_MulAiCore_Mul', 'AI_VECTOR_CORE', 'compute'],
  ['aclnnReduceSum_ReduceSumOpAiCore_ReduceSum', 'MIX_AIV', 'compute'],
  ['aclnnIndex_Index_Index', 'AI_CPU', 'compute'],
  ['aclnnDropoutGenMaskV2_DSAGenBitMask_DSAGenBitMask', 'DSA_SQE', 'compute'],
  ['trans_TransData_1', 'Other', 'compute'],
  ['trans_TransData_1', '', 'compute'],
  ['MEMCPY_ASYNC', 'Other', 'copy'],
  ['MEMCPY_ASYNC', 'PCIE_DMA_SQE', 'copy'],
  ['MEMCPY_ASYNC', 'SDMA_SQE', 'copy'],
  ['SDMA', 'SDMA', 'part'],
  ['Notify Wait', 'Notify Wait', 'wait'],
  ['EVENT_WAIT', 'EVENT_WAIT_SQE', 'wait'],
  ['EVENT_RECORD', 'EVENT_RECORD_SQE', 'other'],
  ['EVENT_RECORD', 'PLACE_HOLDER_SQE', 'other'],
  ['Write Value', 'Write Value', 'other'],
  ['TASK_TIMEOUT_SET', 'TASK_TIMEOUT_SET', 'other'],
  ['PROFILING_ENABLE', 'PLACE_HOLDER_SQE', 'profiling'],
  ['PROFILING_DISABLE', 'PROFILING_DISABLE', 'profiling'],

  ['a name of its own', 'MEMCPY_ASYNC', 'copy'],
  ['aclnnMm_KernelAicore', 'KERNEL_AICORE', 'compute'],
  ['wait_flag_kernel', 'AI_VECTOR_CORE', 'compute'],
  ['hcom_allReduce_AivKernel', 'AI_VECTOR_CORE', 'communication'],
  ['allgatherAicpuKernel', 'AI_CPU', 'communication'],
  ['allgatherAicpuKernel', '', 'communication'],
  ['LcclAllReduce', 'AI_VECTOR_CORE', 'communication'],
  ['LcclAll2AllVC_910B3_half', 'MIX_AIV', 'communication'],
  ['AllReduceOperation_LcclAllReduce', 'AI_VECTOR_CORE', 'communication'],
  ['smallcclumps', 'AI_VECTOR_CORE', 'compute'],
  ['AivKernel_of_something', 'AI_VECTOR_CORE', 'compute'],
  ['RunAicpuRpcSrvLaunch', 'HCCL_AI_CPU', 'communication'],
  ['hcom_allReduce__586_0_1', 'COMMUNICATION', 'communication'],
  ['MODEL_EXECUTE', 'MODEL_EXECUTE', 'other'],
  ['CAPTURE_WAIT', '', 'wait'],
];

test('the type of a task tells its class, and its name where there is no type of kernels', async () => {
  const { timeline } = await readEvents('ascend-msprof-json', [
    ...layer(HARDWARE, 'Ascend Hardware', 'NPU 0'),
    ...TASKS.map(([name, type], at) =>
      sliceAt(HARDWARE, 2, name, 10 * at, 10 * at + 5, type === '' ? {} : { 'Task Type': type }),
    ),
  ]);
  const classOf = opClasses(timeline);
  expect(TASKS.map(([name, type], row) => [name, type, classOf(row)])).toEqual(TASKS);
});

test('a collective counts once, on the row of its group, and what others derived from it never', async () => {
  const { timeline } = await readEvents('ascend-msprof-json', [
    ...layer(HARDWARE, 'Ascend Hardware', 'NPU 0'),
    ...layer(COMMUNICATION, 'HCCL', 'NPU 0'),
    ...layer(OVERLAP, 'Overlap Analysis', 'NPU 0'),
    ...layer(HOST, 'CANN', 'CPU'),
    rowName(COMMUNICATION, 1, 'Group 0 Communication'),
    rowName(COMMUNICATION, 2, 'Plane 0'),
    sliceAt(COMMUNICATION, 1, 'on the row of the group', 0, 9),
    sliceAt(COMMUNICATION, 2, 'on a plane', 0, 4, { 'task type': 'Memcpy' }),
    sliceAt(HARDWARE, 4, 'SDMA', 0, 4, { 'Task Type': 'SDMA' }),
    sliceAt(OVERLAP, 1, 'Communication', 0, 9),
    sliceAt(HOST, 5, 'hcom_allReduce_', 0, 9),
  ]);
  const classOf = opClasses(timeline);
  const { slices, strings } = timeline;
  const classes = rowNumbers(slices.length).map((row) => [strings.get(slices.name[row]), classOf(row)] as const);
  expect(new Map(classes)).toEqual(
    new Map([
      ['on the row of the group', 'communication'],
      ['on a plane', 'part'],
      ['SDMA', 'part'],
      ['Communication', undefined],
      ['hcom_allReduce_', undefined],
    ]),
  );
});

/** Name, category, class. */
const KINETO_TASKS: readonly (readonly [name: string, category: string, opClass: string | undefined])[] = [
  ['void cutlass::Kernel<cutlass_80_tensorop>(Params)', 'kernel', 'compute'],
  ['Memcpy_like_kernel', 'kernel', 'compute'],
  ['musa_asm_sgemm_nn_512', 'Kernel', 'compute'],
  ['ncclKernel_SendRecv_RING_SIMPLE_Sum_int8_t(ncclDevComm*)', 'kernel', 'communication'],
  ['ncclDevKernel_Generic_4(ncclDevKernelArgsStorage<4096ul>)', 'kernel', 'communication'],
  ['void ncclDevKernel_AllReduce()', 'kernel', 'communication'],
  ['mcclKernel_AllReduce', 'kernel', 'communication'],
  ['bcclKernel_AllReduce', 'kernel', 'communication'],
  ['MCCL_Kernel_AllGather', 'kernel', 'communication'],
  ['msccl_allreduce', 'kernel', 'communication'],
  ['void ring::MCCLKernelAllGather<half>()', 'kernel', 'communication'],
  ['device_bccl_all_to_all', 'kernel', 'communication'],
  ['AllReduce', 'collective_comm', 'communication'],
  ['forward', 'musa_profiler_range', 'profiling'],
  ['forward', 'cuda_profiler_range', 'profiling'],
  ['void musa::dnn::(anonymous namespace)::kernel_unary<float>(int)', 'kernel', 'compute'],
  ['Graph 1', 'gpu_graph', 'compute'],
  ['Memcpy HtoD (Pageable -> Device)', 'gpu_memcpy', 'copy'],
  ['CopyHostToDevice', 'gpu_memcpy', 'copy'],
  ['Memcpy3 DtoD (Device -> Device)', 'gpu_memcpy', 'copy'],
  ['MemTransfer(d2d)', 'gpu_memcpy', 'copy'],
  ['Memcpy1 HtoD (Pageable -> Device)', 'gpu_memcpy', 'copy'],
  ['Memcpy DtoD (Device -> Device)', 'Memcpy', 'copy'],
  ['Memset (Device)', 'gpu_memset', 'copy'],
  ['Memset (Device)', 'Memset', 'copy'],
  ['Stream Wait Event', 'cuda_sync', 'wait'],
  ['Stream Sync', 'cuda_sync', 'other'],
  ['Event Sync', 'musa_sync', 'other'],
  ['Context Sync', 'supa_sync', 'other'],
  ['Context Sync', 'xpu_sync', 'other'],
  ['ProfilerStep#3', 'gpu_user_annotation', undefined],
];

test("the category of Kineto's slices tells their class", async () => {
  const events = KINETO_TASKS.map(([name, category], at) => deviceSlice(category, name, 7, [10 * at, 10 * at + 5]));
  const { timeline } = await readText('torch-kineto', kinetoText(events));
  const classOf = opClasses(timeline);
  expect(KINETO_TASKS.map(([name, category], row) => [name, category, classOf(row)])).toEqual(KINETO_TASKS);
});

test('a kernel that carries the args of a collective is communication, whatever its name', async () => {
  const { timeline } = await readText(
    'torch-kineto',
    kinetoText([
      deviceSlice('kernel', 'RingLL_half', 7, [10, 15], { 'Collective name': 'allreduce', 'In msg nelems': 1024 }),
      deviceSlice('kernel', 'RingLL_half', 7, [20, 25]),
    ]),
  );
  const classOf = opClasses(timeline);
  expect([classOf(0), classOf(1)]).toEqual(['communication', 'compute']);
});

test('what sets memory on an AI core is a kernel', async () => {
  const { timeline } = await readEvents('ascend-msprof-json', [
    ...layer(HARDWARE, 'Ascend Hardware', 'NPU 0'),
    sliceAt(HARDWARE, 2, 'MemSet', 0, 5, { 'Task Type': 'Other' }),
  ]);
  expect(opClasses(timeline)(0)).toBe('compute');
});
