// Laying the rows of an op table over the timeline of the same capture.
import { describe, expect, test } from 'vitest';
import { ByteInterner } from '../../../src/bytes/index.ts';
import { cutTimeline } from '../../../src/timeline/cut.ts';
import { assertIntegrity, type Timeline } from '../../../src/timeline/index.ts';
import { joinOps, type JoinMode, type OpJoin } from '../../../src/timeline/join.ts';
import { plainSlices } from '../../support/plain-timeline.ts';
import { eventArray, readFiles } from '../../support/reading.ts';

const PID = 640551328;
const TIME = '1787504006';

/** An event of a task as msprof writes it, at microseconds of one second, with three decimals. */
function task(
  name: string,
  us: string,
  durUs: number,
  ids: { stream?: number; task?: number; pid?: number } = {},
): object {
  const { stream = 49, task: taskId = 7, pid = PID } = ids;
  const args = { 'Task Type': 'AI_CORE', 'Physic Stream Id': stream, 'Task Id': taskId };
  return { name, pid, tid: stream, ts: `${TIME}${us}`, dur: durUs, ph: 'X', args };
}

function layer(name: string, label: string, pid = PID): object[] {
  return [
    { name: 'process_name', pid, tid: 0, ph: 'M', args: { name } },
    { name: 'process_labels', pid, tid: 0, ph: 'M', args: { labels: label } },
  ];
}

const HARDWARE = layer('Ascend Hardware', 'NPU 0');
const HEADER =
  'Device_id,Op Name,OP Type,Task Type,Task Start Time(us),Task Duration(us),Stream ID,Task ID,aic_mac_ratio';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function join(events: readonly object[], lines: readonly string[], mode?: JoinMode): Promise<OpJoin> {
  const strings = new ByteInterner();
  const json = { path: 'msprof.json', bytes: bytes(eventArray(events)) };
  const { timeline } = await readFiles('ascend-msprof-json', [json], { strings });
  return joinTable(timeline, lines, strings, mode);
}

async function joinTable(
  timeline: Timeline,
  lines: readonly string[],
  strings: ByteInterner,
  mode?: JoinMode,
): Promise<OpJoin> {
  const csv = { path: 'op_summary.csv', bytes: bytes([...lines, ''].join('\n')) };
  const { timeline: ops } = await readFiles('ascend-op-csv', [csv], { strings });
  const joined = joinOps(timeline, ops, mode);
  assertIntegrity(joined.timeline);
  if (joined.rest !== undefined) assertIntegrity(joined.rest);
  return joined;
}

const row = (name: string, us: string, durUs: number, { device = '0', stream = '49', task: id = '7' } = {}): string =>
  `${device},${name},${name}Type,AI_VECTOR_CORE,${TIME}${us}\t,${durUs},${stream},${id},0.25`;

async function argsOf(timeline: Timeline): Promise<unknown[]> {
  const { slices } = timeline;
  const rows = Array.from({ length: slices.length }, (_, i) => i);
  const { bytes, from } = await timeline.args.block(slices, rows);
  return rows.map((i) => JSON.parse(new TextDecoder().decode(bytes.subarray(from[i], from[i + 1])) || 'null'));
}

const textAt = ({ slices, strings }: Timeline, column: string, slice: number): string | undefined => {
  const id = slices.typed.get(column)?.at(slice) ?? -1;
  return id < 0 ? undefined : strings.get(id);
};

describe('an op of a table and a slice are the same', () => {
  test.each([
    ['to the nanosecond', '100010.500'],
    ['with the last nanosecond rounded the other way', '100010.501'],
    ['of a collective, two nanoseconds off', '100010.502'],
    ['in tables whose times passed through doubles', '100010.25'],
  ])('%s', async (_, us) => {
    const { timeline, matchedCount, rest } = await join(
      [...HARDWARE, task('a', '100010.500', 2)],
      [HEADER, row('a', us, 2)],
    );
    expect({ matchedCount, rest }).toEqual({ matchedCount: 1, rest: undefined });
    expect(textAt(timeline, 'opType', 0)).toBe('aType');
    expect(timeline.slices.length).toBe(1);
  });

  test.each([
    ['another task', { task: '8' }],
    ['another stream', { stream: '50' }],
    ['another device', { device: '1' }],
  ])('but not in %s', async (_, ids) => {
    const { matchedCount, rest } = await join(
      [...HARDWARE, task('a', '100010.500', 2)],
      [HEADER, row('a', '100010.500', 2, ids)],
    );
    expect(matchedCount).toBe(0);
    expect(plainSlices(rest!)).toMatchObject([{ name: 'a', durNs: 2000 }]);
  });

  test('and not at another time: task ids come round again', async () => {
    const { timeline, matchedCount, rest } = await join(
      [...HARDWARE, task('a', '100010.500', 2), task('a', '100050.500', 2)],
      [HEADER, row('a', '100050.500', 2), row('a', '100090.500', 2)],
    );
    expect(matchedCount).toBe(1);
    expect([textAt(timeline, 'opType', 0), textAt(timeline, 'opType', 1)]).toEqual([undefined, 'aType']);
    expect(rest?.slices.length).toBe(1);
  });

  test('whatever track the timeline shows the stream on', async () => {
    const moved = { ...task('a', '100010.500', 2), tid: 3 };
    const { matchedCount } = await join([...HARDWARE, moved], [HEADER, row('a', '100010.500', 2)]);
    expect(matchedCount).toBe(1);
  });

  test('by name where several tasks of one id start at once', async () => {
    const { timeline } = await join(
      [...HARDWARE, task('a', '100010.500', 2), task('b', '100010.500', 2)],
      [HEADER, row('b', '100010.500', 2), row('a', '100010.500', 2)],
    );
    const types = plainSlices(timeline).map(({ name }, i) => `${name} ${textAt(timeline, 'opType', i)}`);
    expect(types.sort()).toEqual(['a aType', 'b bType']);
  });

  test('each only once', async () => {
    const { matchedCount, rest } = await join(
      [...HARDWARE, task('a', '100010.500', 2)],
      [HEADER, row('a', '100010.500', 2), row('a', '100010.500', 2)],
    );
    expect([matchedCount, rest?.slices.length]).toEqual([1, 1]);
  });

  test('by name and start where the table has no ids, on whatever device where it names none', async () => {
    const { timeline, matchedCount, rest } = await join(
      [...layer('Ascend Hardware', 'NPU 3'), task('a', '100010.500', 2), task('b', '100020.500', 2, { stream: 2 })],
      [
        'Name,Type,Accelerator Core,Start Time(us),Duration(us)',
        `a,N/A,N/A,${TIME}100010.500,2`,
        `b,N/A,N/A,${TIME}100020.501,2`,
        `c,N/A,N/A,${TIME}100020.500,2`,
      ],
    );
    expect(matchedCount).toBe(2);
    expect(plainSlices(timeline).map((_, i) => textAt(timeline, 'opType', i))).toEqual(['b', 'a']);
    expect(plainSlices(rest!).map(({ name }) => name)).toEqual(['c']);
  });

  test('of collectives on the row of their group, not on planes or streams', async () => {
    const collective = { name: 'hcom_allReduce__586_0_1', ts: `${TIME}100010.500`, dur: 9, ph: 'X' };
    const events = [
      ...layer('Communication', 'NPU 0', 5),
      { name: 'thread_name', pid: 5, tid: 0, ph: 'M', args: { name: 'Group 586 Communication' } },
      { name: 'thread_name', pid: 5, tid: 1, ph: 'M', args: { name: 'Plane 0' } },
      { ...collective, pid: 5, tid: 1 },
      { ...collective, pid: 5, tid: 0 },
    ];
    const { timeline, matchedCount } = await join(events, [
      HEADER,
      `0,hcom_allReduce__586_0_1,hcom_allReduce_,COMMUNICATION,${TIME}100010.499,9,N/A,N/A,N/A`,
    ]);
    expect(matchedCount).toBe(1);
    const described = plainSlices(timeline).filter((_, i) => textAt(timeline, 'opType', i) !== undefined);
    expect(described).toMatchObject([{ track: 'Group 586 Communication' }]);
  });
});

describe('ops that a broken clock puts at one time', () => {
  const durUs = Array.from({ length: 20_000 }, (_, op) => 1 + (op % 977));

  test.each([
    ['are matched one by one', 'a', durUs.length],
    ['are not searched for over and over where none is meant', 'b', 0],
  ])(
    '%s',
    async (_, name, matched) => {
      const events = durUs.map((us) => ({ ...task('a', '100010.500', us), args: {} }));
      const rows = durUs.map((us) => row(name, '100010.500', us));
      const { matchedCount, disagreeing } = await join([...HARDWARE, ...events], [HEADER, ...rows]);
      expect([matchedCount, disagreeing.length]).toEqual([matched, 0]);
    },
    15_000,
  );
});

describe('a described slice', () => {
  const events = [...HARDWARE, task('a', '100010.500', 2), task('x', '100020.500', 2, { task: 9 })];

  test('has the args of both, once where they agree, marked where they do not', async () => {
    const { timeline } = await join(events, [HEADER, row('a', '100010.500', 2)]);
    expect(await argsOf(timeline)).toEqual([
      {
        'Task Type': 'AI_CORE',
        'Physic Stream Id': 49,
        'Task Id': 7,
        Device_id: 0,
        'OP Type': 'aType',
        'Task Type (op table)': 'AI_VECTOR_CORE',
        'Stream ID': 49,
        aic_mac_ratio: 0.25,
      },
      { 'Task Type': 'AI_CORE', 'Physic Stream Id': 49, 'Task Id': 9 },
    ]);
  });

  test('may be described by a second table, and another by that one only', async () => {
    const strings = new ByteInterner();
    const file = (path: string, ...lines: string[]): { path: string; bytes: Uint8Array } => {
      return { path, bytes: new TextEncoder().encode(lines.join('\n')) };
    };
    const read = async (reader: string, part: ReturnType<typeof file>): Promise<Timeline> =>
      (await readFiles(reader, [part], { strings })).timeline;
    const timeline = await read('ascend-msprof-json', file('msprof.json', eventArray(events)));
    const ops = await read('ascend-op-csv', file('op_summary.csv', HEADER, row('a', '100010.500', 2), ''));
    const header = 'Device_id,kernel_name,kernel_type,stream_id,task_id,task_time(us),task_start(us)';
    const task = (name: string, id: number, us: string): string => `0,${name},AI_CORE,49,${id},2,${TIME}${us}`;
    const lines = [header, task('te_a', 7, '100010.500'), task('te_x', 9, '100020.500'), ''];
    const tasks = await read('ascend-task-csv', file('task_time.csv', ...lines));
    const joined = joinOps(joinOps(timeline, ops).timeline, tasks, 'complete').timeline;
    assertIntegrity(joined);
    expect(await argsOf(joined)).toMatchObject([
      { 'Task Id': 7, 'OP Type': 'aType', kernel_type: 'AI_CORE' },
      { 'Task Id': 9, kernel_type: 'AI_CORE' },
    ]);
    expect([textAt(joined, 'taskType', 0), textAt(joined, 'taskType', 1)]).toEqual(['AI_VECTOR_CORE', 'AI_CORE']);
    expect(plainSlices(joined).map(({ name }) => name)).toEqual(['a', 'x']);
  });

  test('has the class that the table knows better', async () => {
    const { timeline } = await join(events, [HEADER, row('a', '100010.500', 2)]);
    expect([textAt(timeline, 'taskType', 0), textAt(timeline, 'taskType', 1)]).toEqual(['AI_VECTOR_CORE', 'AI_CORE']);
    expect(plainSlices(timeline).map(({ category }) => category)).toEqual(['AI_VECTOR_CORE', 'AI_CORE']);
  });

  test('keeps it all when the timeline is cut', async () => {
    const { timeline } = await join(events, [HEADER, row('x', '100020.500', 2, { task: '9' })]);
    const cut = cutTimeline(timeline, { fromNs: 5000, toNs: 20_000 });
    assertIntegrity(cut);
    expect(textAt(cut, 'opType', 0)).toBe('xType');
    expect((await argsOf(cut))[0]).toMatchObject({ 'OP Type': 'xType' });
  });

  test('keeps them when another table describes other slices', async () => {
    const strings = new ByteInterner();
    const json = { path: 'msprof.json', bytes: bytes(eventArray(events)) };
    const { timeline } = await readFiles('ascend-msprof-json', [json], { strings });
    const first = await joinTable(timeline, [HEADER, row('a', '100010.500', 2)], strings);
    const second = [HEADER, row('x', '100020.500', 2, { task: '9' })];
    const { timeline: both } = await joinTable(first.timeline, second, strings, 'complete');
    expect(await argsOf(both)).toMatchObject([
      { 'Task Id': 7, 'OP Type': 'aType' },
      { 'Task Id': 9, 'OP Type': 'xType' },
    ]);
  });

  test('without args of its own has those of the table', async () => {
    const bare = { ...task('a', '100010.500', 2), args: undefined };
    const { timeline } = await join([...HARDWARE, bare], [HEADER, row('a', '100010.500', 2)]);
    expect((await argsOf(timeline))[0]).toMatchObject({ 'OP Type': 'aType', 'Task ID': 7 });
  });
});

describe('where table and timeline disagree', () => {
  test('the timeline counts, and the rows are told', async () => {
    const { timeline, disagreeing, sliceOf } = await join(
      [...HARDWARE, task('a', '100010.500', 2), task('b', '100020.500', 2), task('c', '100030.500', 2)],
      [HEADER, row('other', '100010.500', 2), row('b', '100020.500', 7), row('c', '100030.500', 2.001)],
    );
    expect(plainSlices(timeline).map(({ name, durNs }) => [name, durNs])).toEqual([
      ['a', 2000],
      ['b', 2000],
      ['c', 2000],
    ]);
    expect(Array.from(disagreeing, (row) => sliceOf[row])).toEqual([0, 1]);
  });

  test('but the names of ops count for tasks, which go by those of their binaries', async () => {
    const { timeline, disagreeing } = await join(
      [...HARDWARE, task('te_matmul_5f3a', '100010.500', 2)],
      [HEADER, row('MatMul', '100010.500', 2)],
      'name',
    );
    expect(plainSlices(timeline).map(({ name }) => name)).toEqual(['MatMul']);
    expect(disagreeing.length).toBe(0);
  });
});
