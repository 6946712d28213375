// Databases of Ascend's profilers, made here table by table: what becomes of each row.
import { describe, expect, test } from 'vitest';
import { apis, at, type Cell, readDatabase, stringTable, T0, type TableDraft, tasks } from '../../support/databases.ts';
import { argsTexts, plainFlows, plainSamples, plainSlices, typedValues } from '../../support/plain-timeline.ts';
import { diagnosticCounts, diagnosticLines, type ReadResult } from '../../support/reading.ts';

const thread = (pid: number, tid: number): bigint => (BigInt(pid) << 32n) | BigInt(tid);
const named = ({ timeline }: ReadResult): string[] =>
  plainSlices(timeline).map(({ track, name }) => `${track}: ${name}`);
const argsOf = async ({ timeline }: ReadResult): Promise<Record<string, unknown>[]> =>
  (await argsTexts(timeline)).map((text) => (text === '' ? {} : JSON.parse(text)));

describe('numbers beyond the reach of a double', () => {
  test('times keep their last nanosecond, as integers and as text', async () => {
    const { timeline } = await readDatabase({
      STRING_IDS: stringTable('EVENT_WAIT', 'aten::add'),
      TASK: tasks({ from: 1, to: 4 }, { from: 3, to: 5, id: 1 }),
      PYTORCH_API: {
        columns: 'startNs TEXT, endNs TEXT, globalTid INTEGER, connectionId INTEGER, name INTEGER, type INTEGER',
        rows: [[String(at(2)), String(at(9)), thread(99, 100), null, 1, 50001]],
      },
    });
    expect(plainSlices(timeline).map(({ name, startNs, durNs }) => [name, startNs - T0, durNs])).toEqual([
      ['aten::add', 2n, 7],
      ['EVENT_WAIT', 1n, 3],
      ['EVENT_WAIT', 3n, 2],
    ]);
  });

  test('ids of threads are taken apart, connections keep their digits', async () => {
    const big = 9_223_372_036_854_775_807n;
    const result = await readDatabase({
      STRING_IDS: stringTable('aclrtFree'),
      ENUM_API_TYPE: { columns: 'id INTEGER, name TEXT', rows: [[20000, 'acl']] },
      CANN_API: apis(
        [at(0), at(1), 20000, thread(3_136_493, 3_140_046), big, 0],
        [at(2), at(3), 20000, thread(1, 2), big - 1n, 0],
      ),
      TASK: tasks({ from: 20, connection: big }),
    });
    expect(result.timeline.processes.map(({ name, osPid }) => [name, osPid])).toEqual([
      ['CANN', 1],
      ['CANN', 3_136_493],
      ['Ascend Hardware', undefined],
    ]);
    expect(named(result)).toContain('Thread 3140046: AscendCL@aclrtFree');
    expect((await argsOf(result))[1].connection_id).toBe(String(big));
    // One of the two, although they are the same double.
    expect(plainFlows(result.timeline)).toHaveLength(1);
  });
});

describe('what a task is', () => {
  const OP_COLUMNS =
    'name INTEGER, globalTaskId INTEGER PRIMARY KEY, BLOCKS, taskType INTEGER, opType INTEGER, inputShapes INTEGER';
  const strings = stringTable('KERNEL_AICORE', 'MatMul_1', 'AI_CORE', 'MatMul', '"2,3;4"', 'N/A', '64');

  test('is told by the table of ops; what says nothing is left out', async () => {
    const result = await readDatabase({
      STRING_IDS: strings,
      TASK: tasks({ id: 4 }),
      COMPUTE_TASK_INFO: {
        columns: `${OP_COLUMNS.replace('BLOCKS', 'blockDim INTEGER')}, attrInfo INTEGER`,
        rows: [[1, 4, 20, 2, 3, 4, 5]],
      },
    });
    expect(plainSlices(result.timeline)).toMatchObject([{ name: 'MatMul_1', category: 'AI_CORE', track: 'Stream 2' }]);
    const typed = ['taskType', 'opType', 'blockCount', 'inputShapes', 'streamId', 'connectionId'];
    expect(typed.map((column) => typedValues(result.timeline, column)[0])).toEqual([
      'AI_CORE',
      'MatMul',
      20,
      '2,3;4',
      2,
      7,
    ]);
    const [args] = await argsOf(result);
    expect(args).toMatchObject({
      'Task Type': 'AI_CORE',
      'OP Type': 'MatMul',
      'Block Num': 20,
      'Input Shapes': '2,3;4',
    });
    expect(args).not.toHaveProperty('Attributes');
  });

  test('blockDim beside blockNum is the size of a block', async () => {
    const result = await readDatabase({
      STRING_IDS: strings,
      TASK: tasks({ id: 4 }),
      COMPUTE_TASK_INFO: {
        columns: OP_COLUMNS.replace('BLOCKS', 'blockNum INTEGER, blockDim INTEGER'),
        rows: [[1, 4, 20, 6, 2, 3, 4]],
      },
    });
    expect(typedValues(result.timeline, 'blockCount')).toEqual([20]);
    expect((await argsOf(result))[0]).toMatchObject({ 'Block Num': 20, 'Block Dim': '64' });
  });

  test('replays of a graph share its name, and have counters of their own in their order', async () => {
    const result = await readDatabase({
      STRING_IDS: strings,
      TASK: tasks({ from: 0, id: 4 }, { from: 100, id: 4 }, { from: 200, id: 4 }, { from: 300, id: 5 }),
      COMPUTE_TASK_INFO: { columns: OP_COLUMNS.replace('BLOCKS', 'blockNum INTEGER'), rows: [[1, 4, 20, 2, 3, 4]] },
      TASK_PMU_INFO: {
        columns: 'globalTaskId INTEGER, name INTEGER, value NUMERIC',
        rows: [
          [4, 3, 1.5],
          [4, 3, 2.5],
          [4, 3, 3.5],
          [5, 3, 9],
        ],
      },
    });
    expect(named(result)).toEqual([...Array(3).fill('Stream 2: MatMul_1'), 'Stream 2: KERNEL_AICORE']);
    expect((await argsOf(result)).map((args) => args.MatMul)).toEqual([1.5, 2.5, 3.5, 9]);
  });

  test('stands there in parts, where it has parts', async () => {
    const { timeline, diagnostics } = await readDatabase({
      STRING_IDS: stringTable('SDMA', 'FFTS_PLUS'),
      TASK: tasks(
        { from: 0, to: 50, id: 0, task: 5, type: 1 },
        { from: 1, to: 20, id: 1, task: 5, context: 0 },
        { from: 21, to: 49, id: 2, task: 5, context: 1 },
        { from: 60, to: 70, id: 3, task: 6, type: 1 },
        // The same stream and task, launched another time: its parts are not among these.
        { from: 80, to: 90, id: 4, task: 5, type: 1, connection: 8 },
      ),
    });
    expect(plainSlices(timeline).map(({ startNs, name }) => [Number(startNs - T0), name])).toEqual([
      [1, 'SDMA'],
      [21, 'SDMA'],
      [60, 'FFTS_PLUS'],
      [80, 'FFTS_PLUS'],
    ]);
    expect(diagnosticLines(diagnostics)).toContain('  msprof_20260823165336.db, field TASK row 1');
  });

  test('copies say how much they moved, and where to', async () => {
    const result = await readDatabase({
      STRING_IDS: stringTable('MEMCPY_ASYNC'),
      TASK: tasks({ id: 4 }),
      ENUM_MEMCPY_OPERATION: { columns: 'id INTEGER, name TEXT', rows: [[1, 'host to device']] },
      MEMCPY_INFO: { columns: 'globalTaskId NUMERIC, size NUMERIC, memcpyOperation NUMERIC', rows: [[4, 4096, 1]] },
    });
    expect((await argsOf(result))[0]).toMatchObject({ 'size(B)': 4096, operation: 'host to device' });
    expect(typedValues(result.timeline, 'sizeBytes')).toEqual([4096]);
  });
});

describe('collectives', () => {
  const COMMUNICATION_OP: TableDraft = {
    columns:
      'opName INTEGER, startNs INTEGER, endNs INTEGER, connectionId INTEGER, groupName INTEGER, dataType INTEGER, count NUMERIC',
    rows: [[1, at(0), at(100), 7, 2, 11, 4096]],
  };
  const PART_COLUMNS =
    'globalTaskId INTEGER, taskType INTEGER, planeId INTEGER, groupName INTEGER, notifyId INTEGER, size INTEGER, ' +
    'transportType INTEGER';
  const common = {
    STRING_IDS: stringTable('SDMA', 'hcom_allReduce__1', 'a group', 'Memcpy'),
    ENUM_HCCL_DATA_TYPE: { columns: 'id INTEGER, name TEXT', rows: [[11, 'BFP16']] },
    ENUM_HCCL_TRANSPORT_TYPE: { columns: 'id INTEGER, name TEXT', rows: [[0, 'SDMA']] },
  };

  test('stand on the row of their group, their parts on planes, both on the device of the tasks', async () => {
    const result = await readDatabase({
      ...common,
      TASK: tasks({ from: 5, to: 9, id: 3, device: 4 }),
      COMMUNICATION_OP,
      COMMUNICATION_TASK_INFO: { columns: PART_COLUMNS, rows: [[3, 3, 1, 2, -1, 512, 0]] },
    });
    expect(named(result)).toEqual([
      'Stream 2: SDMA',
      'Group a group Communication: hcom_allReduce__1',
      'Plane 1: Memcpy',
    ]);
    expect(result.timeline.tracks.map(({ kind }) => kind)).toEqual(['stream', 'communication', 'plane']);
    expect(new Set(result.timeline.processes.map(({ device }) => device))).toEqual(new Set([4]));
    const [, collective, part] = await argsOf(result);
    expect(collective).toEqual({ connection_id: 7, data_type: 'BFP16', count: 4096 });
    expect(part).toMatchObject({
      notify_id: '18446744073709551615',
      'stream id': 2,
      'task id': 3,
      'size(Byte)': 512,
      'transport type': 'SDMA',
    });
  });

  test('of replays find their parts by time, or one after the other', async () => {
    const replays = tasks({ from: 0, to: 5, id: 3 }, { from: 100, to: 107, id: 3 });
    const durations = async (columns: string, rows: Cell[][]): Promise<number[]> => {
      const parts = { columns, rows };
      const { timeline } = await readDatabase({ ...common, TASK: replays, COMMUNICATION_TASK_INFO: parts });
      return plainSlices(timeline).flatMap(({ track, durNs }) => (track.startsWith('Plane') ? [durNs] : []));
    };
    expect(
      await durations('globalTaskId INTEGER, taskType INTEGER', [
        [3, 0],
        [3, 0],
      ]),
    ).toEqual([5, 7]);
    const withTimes = 'globalTaskId INTEGER, taskType INTEGER, timestampNs INTEGER';
    expect(await durations(withTimes, [[3, 0, at(100)]])).toEqual([7]);
  });

  test('without their task are told', async () => {
    const parts = { columns: PART_COLUMNS, rows: [[8, 3, 1, 2, 0, 512, 0]] };
    const { diagnostics } = await readDatabase({ ...common, TASK: tasks({}), COMMUNICATION_TASK_INFO: parts });
    expect(diagnosticCounts(diagnostics)).toEqual({ task_missing: 1 });
  });
});

describe('arrows', () => {
  const launch = (connection: number): TableDraft => apis([at(0), at(5), 10000, thread(9, 9), connection, 1]);
  const strings = stringTable('KERNEL', 'launch', 'aten::mm', 'Enqueue', 'Dequeue@mm', 'hcom', 'mark');
  const PYTORCH_COLUMNS =
    'startNs TEXT, endNs TEXT, globalTid INTEGER, connectionId INTEGER, name INTEGER, fwdThreadId INTEGER, type INTEGER';
  const call = (from: number, name: number, link: Cell, type: number, tid = 1): Cell[] => [
    String(at(from)),
    String(at(from + 3)),
    thread(9, tid),
    link,
    name,
    0,
    type,
  ];
  const ends = ({ timeline }: ReadResult): string[] =>
    plainFlows(timeline).map(({ name, from, to }) => {
      const short = (end: string | undefined): string => (end ?? '').replace(/\d{19}$/, (ns) => `${BigInt(ns) - T0}`);
      return `${name}: ${short(from)} -> ${short(to)}`;
    });

  test('go from one launch to all kernels of a graph and to its collective, not to the parts of that', async () => {
    const result = await readDatabase({
      STRING_IDS: strings,
      ENUM_API_TYPE: { columns: 'id INTEGER, name TEXT', rows: [[10000, 'node']] },
      CANN_API: launch(7),
      TASK: tasks({ from: 10, id: 0 }, { from: 30, id: 1 }, { from: 50, id: 2, connection: 8 }, { from: 70, id: 3 }),
      COMMUNICATION_OP: {
        columns: 'opName INTEGER, startNs INTEGER, endNs INTEGER, connectionId INTEGER, groupName INTEGER',
        rows: [[5, at(70), at(90), 7, null]],
      },
      COMMUNICATION_TASK_INFO: { columns: 'globalTaskId INTEGER, taskType INTEGER', rows: [[3, 0]] },
    });
    expect(ends(result).sort()).toEqual([
      'HostToDevice: Node@launch @ 0 -> KERNEL @ 10',
      'HostToDevice: Node@launch @ 0 -> KERNEL @ 30',
      'HostToDevice: Node@launch @ 0 -> hcom @ 70',
    ]);
  });

  test('of PyTorch go through the table of connections', async () => {
    const result = await readDatabase({
      STRING_IDS: strings,
      TASK: tasks({ from: 40, id: 0, connection: 100 }, { from: 60, id: 1, connection: 101 }),
      CONNECTION_IDS: {
        columns: 'id INTEGER, connectionId INTEGER',
        rows: [
          [0, 100],
          [0, 101],
          [0, 900],
          [1, 500],
          [2, 500],
          [3, 900],
          [4, 777],
        ],
      },
      PYTORCH_API: {
        columns: PYTORCH_COLUMNS,
        // The forward op, its way through the queue, its backward op, and one whose kernel was not captured.
        rows: [
          call(0, 2, 0, 50001),
          call(1, 3, 1, 50002),
          call(10, 4, 2, 50002, 2),
          call(20, 2, 3, 50001),
          call(30, 2, 4, 50001),
        ],
      },
    });
    expect(ends(result).sort()).toEqual([
      'enqueue_to_dequeue: Enqueue @ 1 -> Dequeue@mm @ 10',
      'fwdbwd: aten::mm @ 0 -> aten::mm @ 20',
      'torch_to_npu: aten::mm @ 0 -> KERNEL @ 40',
      'torch_to_npu: aten::mm @ 0 -> KERNEL @ 60',
    ]);
    const { flows, strings: texts } = result.timeline;
    expect([...new Set(Array.from(flows.category, (id) => texts.get(id)))].sort()).toEqual([
      'async_npu',
      'async_task_queue',
      'fwdbwd',
    ]);
  });

  test('of marks end on the device, where they have a connection', async () => {
    const result = await readDatabase({
      STRING_IDS: strings,
      ENUM_MSTX_EVENT_TYPE: { columns: 'id INTEGER, name TEXT', rows: [[0, 'marker']] },
      TASK: tasks({ from: 40, connection: 4_000_000_001 }, { from: 60, id: 1, connection: 4_000_000_000 }),
      MSTX_EVENTS: {
        columns:
          'startNs INTEGER, endNs INTEGER, eventType INTEGER, message INTEGER, globalTid INTEGER, domainId INTEGER, connectionId INTEGER',
        rows: [
          [at(1), at(1), 0, 6, thread(9, 9), 6, 4_000_000_001],
          [at(3), at(9), 0, 6, thread(9, 9), 6, 4_000_000_000],
        ],
      },
    });
    expect(ends(result)).toEqual(['MsTx: mark @ 1 -> KERNEL @ 40']);
    expect((await argsOf(result))[0]).toMatchObject({ event_type: 'marker', domain: 'mark' });
  });
});

describe('call stacks', () => {
  test('become one text, whatever their lines hold and in whatever order the stacks stand', async () => {
    const result = await readDatabase({
      STRING_IDS: stringTable('op "quoted" \u0001\\', 'a.py(1): f', '<b>.py(2): "g"', 'c.py(3): h'),
      PYTORCH_API: {
        columns: 'startNs TEXT, endNs TEXT, globalTid INTEGER, connectionId INTEGER, name INTEGER, callchainId INTEGER',
        rows: [5, 6, null].map((chain, i) => [String(at(i)), String(at(i + 1)), thread(1, 1), null, 0, chain]),
      },
      PYTORCH_CALLCHAINS: {
        columns: 'id INTEGER, stack INTEGER, stackDepth INTEGER',
        rows: [
          [5, 1, 0],
          [6, 3, 0],
          [5, 2, 1],
        ],
      },
    });
    expect((await argsOf(result)).map((args) => args['Call stack'])).toEqual([
      'a.py(1): f;\r\n<b>.py(2): "g"',
      'c.py(3): h',
      undefined,
    ]);
    expect(plainSlices(result.timeline)[0].name).toBe('op "quoted" \u0001\\');
  });
});

describe('samples', () => {
  test('are named and scaled as in timelines', async () => {
    const { timeline } = await readDatabase({
      STRING_IDS: stringTable('read', 'app', 'QoS OTHERS', 'PTA'),
      HBM: {
        columns: 'deviceId INTEGER, timestampNs INTEGER, bandwidth NUMERIC, hbmId INTEGER, type INTEGER',
        rows: [[0, at(0), 3 * 2 ** 20, 1, 0]],
      },
      NPU_MEM: {
        columns: 'type INTEGER, ddr NUMERIC, hbm NUMERIC, timestampNs INTEGER, deviceId INTEGER',
        rows: [[1, 1024, 2048, at(1), 0]],
      },
      LLC: {
        columns: 'deviceId INTEGER, llcId INTEGER, timestampNs INTEGER, hitRate REAL, throughput INTEGER, mode INTEGER',
        rows: [[0, 0, at(2), 85.9, 2 ** 20, 0]],
      },
      ACC_PMU: {
        columns:
          'accId INTEGER, readBwLevel INTEGER, writeBwLevel INTEGER, readOstLevel INTEGER, writeOstLevel INTEGER, timestampNs NUMERIC, deviceId INTEGER',
        rows: [[3, 1, 2, 3, 4, at(3), 0]],
      },
      QOS: {
        columns: 'deviceId INTEGER, eventName NUMERIC, bandwidth NUMERIC, timestampNs NUMERIC, dieId NUMERIC',
        rows: [
          [0, 2, 5 * 2 ** 20, at(4), -1],
          [0, 2, 6 * 2 ** 20, at(4), 1],
        ],
      },
      MEMORY_RECORD: {
        columns:
          'component INTEGER, timestamp INTEGER, totalAllocated INTEGER, totalReserved INTEGER, totalActive INTEGER, deviceId INTEGER',
        rows: [[3, at(5), 1024, 2048, null, 0]],
      },
      CPU_USAGE: { columns: 'timestampNs NUMERIC, cpuId NUMERIC, usage NUMERIC', rows: [[at(6), 12, 33.5]] },
    });
    const samples = plainSamples(timeline).map(({ counter, series, unit, timeNs, value }) => {
      return `${timeNs - T0} ${counter} | ${series} | ${unit} = ${value}`;
    });
    expect(samples.sort()).toEqual([
      '0 HBM 1/Read | Read(MB/s) | MB/s = 3',
      '1 APP/DDR | KB | KB = 1',
      '1 APP/HBM | KB | KB = 2',
      '1 APP/Memory | KB | KB = 3',
      '2 LLC 0 Read/Hit Rate | Hit Rate(%) | % = 85.9',
      '2 LLC 0 Read/Throughput | Throughput(MB/s) | MB/s = 1',
      '3 read_bandwidth acc_id 3 | value |  = 1',
      '3 read_ost acc_id 3 | value |  = 3',
      '3 write_band_width acc_id 3 | value |  = 2',
      '3 write_ost acc_id 3 | value |  = 4',
      '4 QoS OTHERS | value |  = 5',
      '4 QoS OTHERS | value |  = 6',
      '5 PTA | Total Allocated(KB) | KB = 1',
      '5 PTA | Total Reserved(KB) | KB = 2',
      '6 CPU 12 | Usage(%) | % = 33.5',
    ]);
    expect(timeline.processes.map(({ name, side }) => `${side} ${name}`)).toContain('host CPU Usage');
    expect(timeline.processes.map(({ name }) => name)).toContain('QoS Die 1');
  });
});
