// Headers as they have been over the years, and headers of others.
import { describe, expect, test } from 'vitest';
import { readers } from '../../../src/readers/index.ts';
import { TABLE_FORMATS } from '../../../src/readers/ascend/tables/formats/index.ts';
import { formatsOf } from '../../../src/readers/ascend/tables/header.ts';

const labelsOf = (header: string): string[] => formatsOf(header.split(',')).map(({ label }) => label);

const STEPS =
  'Step,Computing,Communication(Not Overlapped),Overlapped,Communication,Free,Stage,Bubble,' +
  'Communication(Not Overlapped and Exclude Receive)';
const TOTALS = 'Total Time(us),Min Time(us),Avg Time(us),Max Time(us),Ratio(%)';
const NIC =
  'Timestamp(us),Bandwidth(MB/s),Rx Bandwidth efficiency(%),rxPacket/s,rxError rate(%),rxDropped rate(%),' +
  'Tx Bandwidth efficiency(%),txPacket/s,txError rate(%),txDropped rate(%),funcId';
const OPERATOR_MEMORY = 'Name,Size(KB),Allocation Time(us),Release Time(us)';

const KNOWN: readonly (readonly [label: string, header: string])[] = [
  ['op_statistic', `OP Type,Core Type,Count,${TOTALS}`],
  ['op_statistic', `Device_id,Model Name,OP Type,Core Type,Count,${TOTALS}`],
  ['api_statistic', 'Level,API Name,Time(us),Count,Avg(us),Min(us),Max(us),Variance'],
  ['api_statistic', 'Device_id,Level,API Name,Time(us),Count,Avg(us),Min(us),Max(us),Variance'],
  ['communication_statistic', `Device_id,OP Type,Count,${TOTALS}`],
  ['communication_statistic', 'OP Type,Count,Total Time(us),Min(us),Avg(us),Max(us),Ratio(%)'],
  ['step_trace_time or cluster_step_trace_time', STEPS],
  ['step_trace_time or cluster_step_trace_time', `${STEPS},Preparing`],
  ['step_trace_time or cluster_step_trace_time', `Device_id,${STEPS},Preparing`],
  ['step_trace_time or cluster_step_trace_time', STEPS.replace('Step,', 'Step,Type,Index,')],
  [
    'step_trace',
    'Device_id,Iteration ID,FP Start(us),BP End(us),Iteration End(us),Iteration Time(us),FP to BP Time(us),' +
      'Iteration Refresh(us),Data Aug Bound(us),Model ID,Reduce Start(us),Reduce Duration(us),Reduce Start(us),' +
      'Reduce Duration(us)',
  ],
  [
    'operator_details',
    'Name,Input Shapes,Call Stack,Host Self Duration(us),Host Total Duration(us),Device Self Duration(us),Device Total Duration(us)',
  ],
  ['memory_record', 'Component,Timestamp(us),Total Allocated(MB),Total Reserved(MB),Device Type'],
  ['memory_record', 'Device_id,Component,Timestamp(us),Total Allocated(KB),Total Reserved(KB),Device'],
  ['npu_module_mem', 'Device_id,Component,Timestamp(us),Total Reserved(KB),Device'],
  ['npu_mem', 'Device_id,event,ddr(KB),hbm(KB),memory(KB),timestamp(us)'],
  [
    'operator_memory',
    `${OPERATOR_MEMORY},Active Release Time(us),Duration(us),Active Duration(us),Stream Ptr,Device Type`,
  ],
  ['operator_memory', 'Device_id,Name,Size(KB),Allocation Time(us),Duration(us),Allocation Total Allocated(KB),Device'],
  ['l2_cache', 'Stream Id,Task Id,Hit Rate,Victim Rate,Op Name'],
  ['l2_cache', 'Device_id,Stream Id,Task Id,Hit Rate,Victim Rate,Op Name'],
  [
    'ai_core_utilization or ai_vector_core_utilization',
    'Device_id,Core ID,mac_ratio,scalar_ratio,mte1_ratio,icache_miss_rate',
  ],
  ['ai_core_utilization or ai_vector_core_utilization', 'Core ID,ub_read_bw(GB/s),ub_write_bw(GB/s)'],
  ['ai_core_utilization or ai_vector_core_utilization', 'Device_id,Core ID,aiv_ub_read_bw_vector(GB/s)'],
  ['ai_core_utilization or ai_vector_core_utilization', 'Device_id,Core ID,write_cache_hit,r0_read_cache_hit'],
  ['soc_pmu', 'Device_id,Stream Id,Task Id,TLB Hit Rate,TLB Miss Rate,Op Name'],
  ['page_fault', 'Device Id,Stream Id,Task Id,Page Fault Num,Op Name'],
  [
    'aicpu or data_preprocess',
    'Device_id,Timestamp(us),Node,Compute_time(us),Memcpy_time(us),Task_time(us),Dispatch_time(us),Total_time(us),Stream ID,Task ID',
  ],
  [
    'fusion_op',
    'Device_id,Model Name,Model ID,Fusion Op,Original Ops,Memory Input(KB),Memory Output(KB),Memory Weight(KB),Memory Workspace(KB),Memory Total(KB)',
  ],
  ['static_op_mem', 'Device_id,Op Name,Model Name,Graph ID,Node Index Start,Node Index End,Size(KB)'],
  ['os_runtime_statistic', 'Device_id,Process ID,Thread ID,Name,Time(%),Time(us),Count,Avg(us),Max(us),Min(us)'],
  [
    'msprof_tx',
    'pid,tid,category,event_type,payload_type,payload_value,Start_time(us),End_time(us),message_type,message,domain,Device Start_time(us),Device End_time(us)',
  ],
  [
    'msprof_tx',
    'pid,tid,category,event_type,payload_type,payload_value,Start_time(ns),End_time(ns),message_type,message',
  ],
  ['nic or roce', NIC],
  ['nic or roce', `Device_id,${NIC}`],
  ['llc_read_write', 'Device_id,Mode,Task,Hit Rate(%),Throughput(MB/s)'],
  ['ddr or hbm', 'Device_id,Metric,Read(MB/s),Write(MB/s)'],
  ['hccs or pcie', 'Device_id,Mode,Max,Min,Average'],
  ['hccs or pcie', 'Device_id,Mode,Min,Max,Avg'],
];

describe('a header is of exactly one format', () => {
  test.each(KNOWN)('%s: %s', (label, header) => {
    expect(labelsOf(header)).toEqual([label]);
  });

  test('and every format is among them', () => {
    const labels = new Set(KNOWN.map(([label]) => label));
    expect(TABLE_FORMATS.map(({ label }) => label).filter((label) => !labels.has(label))).toEqual([]);
  });

  test.each(KNOWN)('%s is read by no other reader', (_, header) => {
    const head = new TextEncoder().encode(`\ufeff${header}\r\n`);
    const found = [...readers].filter(({ sniff }) => sniff('x.csv', head).confidence > 0).map(({ id }) => id);
    expect(found).toEqual(['ascend-table-csv']);
  });
});

describe('no format has the header of', () => {
  test.each([
    [
      'op_summary',
      'Device_id,Model ID,Task ID,Stream ID,Op Name,OP Type,OP State,Task Type,Task Start Time(us),Task Duration(us),Task Wait Time(us),Block Num',
    ],
    [
      'op_summary with cache counters',
      'Device_id,Task ID,Stream ID,Op Name,OP Type,Task Type,Task Start Time(us),Task Duration(us),aic_write_cache_hit,aic_r0_read_cache_hit',
    ],
    ['kernel_details', 'Step Id,Name,Type,Accelerator Core,Start Time(us),Duration(us),Wait Time(us),Block Dim'],
    ['task_time', 'Device_id,kernel_name,kernel_type,stream_id,task_id,task_time(us),task_start(us),task_stop(us)'],
    [
      'the old task_time',
      'Time(%),Time(us),Count,Avg(us),Min(us),Max(us),Waiting(us),Running(us),Pending(us),Type,API,Task ID,Op Name,Stream ID',
    ],
    ['another profiler', 'Time (%),Total Time (ns),Instances,Avg (ns),Med (ns),Min (ns),Max (ns),StdDev (ns),Name'],
    ['a benchmark', 'Name,Count,Min,Max,Average,Device'],
    ['transfer rates of disks', 'Device,Metric,Read(MB/s),Write(MB/s)'],
    ['temperatures', 'Device,Core ID,Temperature'],
    ['modes of anything', 'Mode,Min,Max,Avg'],
    ['steps of a training', 'Step,Loss,Learning Rate,Time'],
    ['nothing', ''],
  ])('%s', (_, header) => {
    expect(labelsOf(header)).toEqual([]);
  });
});
