// communication*.json, profiler_info*.json, profiler_metadata.json, info.json.
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/base/index.ts';
import { readDocument } from '../../../src/readers/ascend/json-document.ts';
import { readers } from '../../../src/readers/index.ts';
import type { TableKind, Timeline } from '../../../src/timeline/index.ts';
import { onlyRows, plainRows } from '../../support/plain-tables.ts';
import { diagnosticCounts, readText } from '../../support/reading.ts';

const COMMUNICATION = 'ascend-communication-json';
const SETTINGS = 'ascend-settings-json';
const rowsOf = ({ tables }: Timeline, kind: TableKind): ReturnType<typeof plainRows> =>
  plainRows(tables.find((table) => table.kind === kind)!);

describe('documents are recognised by what is in them', () => {
  test.each([
    [COMMUNICATION, '{"step": {"p2p": {}, "collective": {}}}'],
    [COMMUNICATION, '{"step5":{"p2p":{"a@1":{"Communication Time Info":{}}}}}'],
    [COMMUNICATION, '{"p2p":{"step2":{"a@1":{"0-0":{"Transport Type":"LOCAL","Transit Size(MB)":1}}}}}'],
    [COMMUNICATION, '\ufeff{"collective": [[0, 1]], "p2p": []}'],
    [SETTINGS, '{"config": {"common_config": {}}, "rank_id": -1}'],
    [SETTINGS, '{"end_info":{"collectionTimeEnd":1,"MonotonicTimeEnd":2}}'],
    [SETTINGS, '{"distributed_args":{"rank":0}}'],
    [SETTINGS, '{"ENV_VARIABLES": {"HCCL_ALGO": ""}}'],
    [SETTINGS, '{"drvVersion":467992,"platform_version":"5"}'],
  ])('%s: %s', (id, text) => {
    const head = new TextEncoder().encode(text);
    expect([...readers].filter(({ sniff }) => sniff('x.json', head).confidence > 0).map((reader) => reader.id)).toEqual(
      [id],
    );
  });

  test.each([
    '[{"Communication Time Info":{}}]',
    '{"config":{"level":1}}',
    '{"common_config":{"port":80}}',
    '{"train":{"distributed_args":{"backend":"nccl"}}}',
    '{"ENV_VARIABLES":{"PATH":"/bin"}}',
    '{"collective":["bargaining"]}',
    '{"drvVersion":1}',
    '{"steps":{"p2p":{}}}',
  ])('but not %s', (text) => {
    const head = new TextEncoder().encode(text);
    expect([...readers].filter(({ sniff }) => sniff('x.json', head).confidence > 0)).toEqual([]);
  });
});

const TIMES =
  '"Communication Time Info":{"Start Timestamp(us)":1736408883732241.5,"Elapse Time(ms)":0.25,"Wait Time Ratio":0.5}';
const LINK =
  '{"Transit Size(MB)":4e-05,"Transit Time(ms)":2,"Bandwidth(GB/s)":18.5,"Size Distribution":{"4e-05":[3,0.5]}}';

describe('figures of collectives', () => {
  test('are by step, kind, name and group, with the digits of the start', async () => {
    const { timeline } = await readText(
      COMMUNICATION,
      `{"step50":{"p2p":{},"collective":{"hcom_x@17522688603477080586":{${TIMES}}}}}`,
    );
    expect(onlyRows(timeline)).toEqual([
      {
        step: '50',
        kind: 'collective',
        name: 'hcom_x',
        group: '17522688603477080586',
        start: 1736408883732241500n,
        elapseNs: 250000,
        waitRatio: 0.5,
      },
    ]);
  });

  test('hold transfers by link and by size of packet, where MB are powers of ten', async () => {
    const info = `{"Communication Bandwidth Info":{"HCCS":${LINK}}}`;
    const { timeline } = await readText(COMMUNICATION, `{"step":{"p2p":{"a@b@7":${info}}}}`);
    const place = { kind: 'p2p', name: 'a@b', group: '7', transport: 'HCCS' };
    expect(rowsOf(timeline, 'bandwidth')).toEqual([
      { ...place, sizeBytes: 40, transitNs: 2e6, bandwidthBytesPerSecond: 18.5e9 },
    ]);
    expect(rowsOf(timeline, 'packets')).toEqual([{ ...place, packetBytes: 40, count: 3, transitNs: 500000 }]);
  });

  test('of a cluster are by ranks, step, name and rank', async () => {
    const { timeline } = await readText(
      COMMUNICATION,
      `{"(0, 8)":{"step2":{"a@1":{"8":{${TIMES}}}}},"p2p":{"step2":{"b@1":{"0":{${TIMES}}}}}}`,
    );
    expect(onlyRows(timeline)).toMatchObject([
      { step: '2', kind: 'collective', ranks: '0,8', rank: 8, name: 'a' },
      { step: '2', kind: 'p2p', rank: 0, name: 'b' },
    ]);
  });

  test('of links are named by the op, or by the selection that stands for it', async () => {
    const link = '"Transport Type":"HCCS","Transit Size(MB)":1';
    const { timeline } = await readText(
      COMMUNICATION,
      `{"step1":{"collective":{"hcom_a__1_0@7":{"0-3":{${link}}},"allreduce-bottom2@7":{"0-12":{${link},"Op Name":"hcom_b"}}}}}`,
    );
    const place = { step: '1', kind: 'collective', group: '7', transport: 'HCCS', sizeBytes: 1e6, fromRank: 0 };
    expect(onlyRows(timeline)).toEqual([
      { ...place, name: 'hcom_a__1_0', toRank: 3 },
      { ...place, opType: 'allreduce', selection: 'bottom2', toRank: 12, name: 'hcom_b' },
    ]);
  });

  test('may be none at all', async () => {
    const { timeline, diagnostics } = await readText(COMMUNICATION, '{"step":{"p2p":{},"collective":{}}}');
    expect(timeline.tables).toEqual([]);
    expect(diagnosticCounts(diagnostics)).toEqual({});
  });

  test.each([
    ['a step that is no object', '{"step1":7,"step2":{"p2p":{"a@1":{<times>}}}}'],
    ['an op that is none', '{"step2":{"p2p":{"b@1":[],"a@1":{<times>}}}}'],
    ['an op without figures', '{"step2":{"p2p":{"b@1":{"x":{}},"a@1":{<times>}}}}'],
    ['times that are none', '{"step2":{"p2p":{"b@1":{"Communication Time Info":7},"a@1":{<times>}}}}'],
    ['figures that are none', '{"step2":{"p2p":{"a@1":{<times>,"Communication Bandwidth Info":{"HCCS":1}}}}}'],
    [
      'sizes that are none',
      '{"step2":{"p2p":{"a@1":{<times>,"Communication Bandwidth Info":{"HCCS":{"Size Distribution":{"1":3}}}}}}}',
    ],
    ['a list for a number', '{"step2":{"p2p":{"a@1":{"Communication Time Info":{"Elapse Time(ms)":[1]}}}}}'],
  ])('go on behind %s', async (_, text) => {
    const { timeline, diagnostics } = await readText(COMMUNICATION, text.replace('<times>', TIMES));
    expect(diagnosticCounts(diagnostics)).toEqual({ record_malformed: 1 });
    expect(rowsOf(timeline, 'collectives')).toMatchObject([{ name: 'a', kind: 'p2p' }]);
  });

  test('that are words or missing leave their cells empty', async () => {
    const times =
      '"Communication Time Info":{"Start Timestamp(us)":"soon","Elapse Time(ms)":"long","Wait Time(ms)":null}';
    const { timeline, diagnostics } = await readText(COMMUNICATION, `{"step2":{"p2p":{"a@1":{${times}}}}}`);
    expect(onlyRows(timeline)).toEqual([{ step: '2', kind: 'p2p', name: 'a', group: '1' }]);
    expect(diagnosticCounts(diagnostics)).toEqual({ cell_time_bad: 1, cell_not_numeric: 1 });
  });
});

describe('groups of ranks', () => {
  test('of a cluster, with what is known of some of them', async () => {
    const { timeline } = await readText(
      COMMUNICATION,
      '{"collective":[[0,8],[11,3]],"p2p":[[0]],"comm_group_parallel_info":[{"type":"collective","rank_set":[0,8],"group_name":"77","group_id":"eth0","pg_name":"dp"}]}',
    );
    expect(onlyRows(timeline)).toEqual([
      { kind: 'collective', ranks: '0,8', rankCount: 2 },
      { kind: 'collective', ranks: '11,3', rankCount: 2 },
      { kind: 'p2p', ranks: '0', rankCount: 1 },
      { kind: 'collective', ranks: '0,8', rankCount: 2, group: '77', groupId: 'eth0', name: 'dp' },
    ]);
  });

  test('of a rank stand beside its settings', async () => {
    const { timeline } = await readText(
      SETTINGS,
      '{"distributed_args":{"rank":2},"parallel_group_info":{"id7":{"group_name":"pp","group_rank":1,"global_ranks":[0,2]}}}',
    );
    expect(rowsOf(timeline, 'settings')).toEqual([{ key: 'distributed_args.rank', value: '2' }]);
    expect(rowsOf(timeline, 'process-groups')).toEqual([
      { groupId: 'id7', name: 'pp', groupRank: 1, ranks: '0,2', rankCount: 2 },
    ]);
  });

  test.each([
    [COMMUNICATION, '{"collective":[[0,1],7],"p2p":3}', 2],
    [COMMUNICATION, '{"collective":[[0,1]],"p2p":[],"comm_group_parallel_info":[1]}', 1],
    [SETTINGS, '{"distributed_args":{"rank":2},"parallel_group_info":{"id7":1}}', 1],
    [SETTINGS, '{"distributed_args":{"rank":2},"parallel_group_info":[1]}', 1],
  ])('that are none are counted: %s %s', async (id, text, count) => {
    const { timeline, diagnostics } = await readText(id, text);
    expect(diagnosticCounts(diagnostics)).toEqual({ record_malformed: count });
    expect(timeline.tables.length).toBe(1);
  });
});

describe('settings', () => {
  test('are keys and values in the order of the file, digits kept', async () => {
    const { timeline } = await readText(
      SETTINGS,
      '{"config":{"common_config":{"a":[1,"b",true],"c":[{"d":null},{"e":{}}],"f":""}},"end":1764246878042628780}',
    );
    expect(onlyRows(timeline)).toEqual([
      { key: 'config.common_config.a', value: '1, b, true' },
      { key: 'config.common_config.c.0.d' },
      { key: 'config.common_config.f' },
      { key: 'end', value: '1764246878042628780' },
    ]);
  });

  test('may be nested as deep as they like', async () => {
    const depth = 20_000;
    const text = `{"distributed_args":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
    const { timeline } = await readText(SETTINGS, text);
    expect(onlyRows(timeline)).toMatchObject([{ value: '1' }]);
  });
});

describe('a document that is not whole', () => {
  const whole = `{"step1":{"p2p":{"a@1":{${TIMES}},"b@1":{${TIMES}}}}}`;

  test('keeps what stands before its end, but no number that may go on', async () => {
    const { timeline, diagnostics } = await readText(COMMUNICATION, whole.slice(0, whole.lastIndexOf('0.25') + 3));
    expect(onlyRows(timeline)).toMatchObject([{ name: 'a', elapseNs: 250000 }, { name: 'b' }]);
    expect(onlyRows(timeline)[1]).not.toHaveProperty('elapseNs');
    expect(diagnosticCounts(diagnostics)).toEqual({ document_not_closed: 1 });
  });

  test('keeps what stands before an error, and says where that is', async () => {
    const at = whole.indexOf('"b@1"');
    const { timeline, diagnostics } = await readText(COMMUNICATION, `${whole.slice(0, at)}!${whole.slice(at)}`);
    expect(onlyRows(timeline)).toMatchObject([{ name: 'a' }]);
    expect(diagnostics.list()).toMatchObject([{ kind: 'document_malformed', places: [{ place: { offset: at } }] }]);
  });

  test('keeps all of it where there is something behind', async () => {
    const { timeline, diagnostics } = await readText(COMMUNICATION, `${whole} tail`);
    expect(onlyRows(timeline).length).toBe(2);
    expect(diagnosticCounts(diagnostics)).toEqual({ text_after_end: 1 });
  });

  test.each([
    [COMMUNICATION, '', 0],
    [COMMUNICATION, '{"step1":{"p2p":{"a@1"', 22],
    [COMMUNICATION, '[1]', 0],
    [SETTINGS, '{"config" {"common_config":{}}}', 10],
  ])('is refused where nothing is left: %s %j', async (id, text, offset) => {
    const failure = await readText(id, text).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect(failure).toMatchObject({ at: { path: 'trace.json', offset } });
  });
});

test('documents over 128 MiB are refused before they are read: in memory they would take eight times as much', async () => {
  const source = {
    path: 'communication.json',
    sizeBytes: 2 ** 27 + 1,
    stream: () => expect.fail('it was read'),
    slice: () => expect.fail('it was read'),
  };
  const error: unknown = await readDocument(source).catch((problem: unknown) => problem);
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({
    code: 'too_big',
    expected: 'a document of at most 134217728 bytes (128 MiB)',
    found: '134217729 bytes',
  });
});
