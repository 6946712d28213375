import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bytesByPath, type Fixture } from '../../fixtures/generate/cases/fixture.ts';
import { allFixtures } from '../../fixtures/generate/fixtures.ts';
import { parseBytes, writeScaled } from '../../fixtures/generate/scaled.ts';
import type { RankTruth } from '../../fixtures/generate/truth/truth.ts';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number | string;
  tid: number;
  ts?: string | number;
  dur?: number;
  cat?: string;
  id?: string | number;
  args?: Record<string, unknown>;
}

const root = fileURLToPath(new URL('../../fixtures', import.meta.url));
const fixtures = allFixtures();
const fixture = (name: string): Fixture => fixtures.find((item) => item.name.endsWith(`/${name}`))!;
const textOf = (name: string, part: string): string => {
  return [...fixture(name).files].find(([path]) => path.includes(part))![1];
};
const eventsOf = (text: string): TraceEvent[] => JSON.parse(text);
const ranksOf = (name: string): RankTruth[] => JSON.parse(fixture(name).files.get('truth.json')!).ranks;
const lengthNs = (window: { startNs: string; endNs: string }): number =>
  Number(BigInt(window.endNs) - BigInt(window.startNs));
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const withRanks = ['decode-2026', 'decode-2024', 'sliced', 'legacy-2022'];

/** Epoch microseconds with decimals, as integer picoseconds. */
const picoseconds = (digits: string): bigint => {
  const [whole, decimals = ''] = digits.split('.') as [string, string?];
  return BigInt(whole) * 1_000_000n + BigInt(decimals.padEnd(6, '0').slice(0, 6));
};

const plumbing = /^(MEMCPY_ASYNC|SDMA|Write Value|Notify Wait|EVENT_|PROFILING_|TASK_TIMEOUT_SET)/;

/** The idle times of the device, found in the written events: kernels and whole collectives are busy. */
function gapsOf(events: TraceEvent[]): { gaps: [bigint, bigint][]; startNs: bigint; endNs: bigint } {
  const names = new Map(events.filter((e) => e.name === 'process_name').map((e) => [e.pid, e.args!['name']]));
  const isOp = ({ ph, pid, tid, name }: TraceEvent): boolean =>
    ph === 'X' && (names.get(pid) === 'Ascend Hardware' ? !plumbing.test(name) : tid === 0 && name.startsWith('hcom_'));
  const spans = events.filter(isOp).map(({ ts, dur }) => {
    const start = picoseconds(String(ts));
    return [start / 1000n, (start + picoseconds(String(dur)) + 500n) / 1000n] as const;
  });
  spans.sort((a, b) => Number(a[0] - b[0]));
  const gaps: [bigint, bigint][] = [];
  let busyUntil = spans[0]![0];
  for (const [start, end] of spans) {
    if (start > busyUntil) gaps.push([busyUntil, start - busyUntil]);
    if (end > busyUntil) busyUntil = end;
  }
  return { gaps, startNs: spans[0]![0], endNs: busyUntil };
}

describe('the committed fixtures', () => {
  it('are byte for byte what the generator makes', () => {
    for (const fixture of fixtures) {
      for (const [path, bytes] of bytesByPath(fixture)) {
        const file = join(root, fixture.name, path);
        expect(existsSync(file), `${fixture.name}/${path} is missing`).toBe(true);
        expect(readFileSync(file).equals(bytes), `${fixture.name}/${path} differs`).toBe(true);
      }
    }
  });

  it('are made the same a second time', () => {
    const hashes = (each: Fixture): string[] =>
      [...bytesByPath(each)].map(([path, bytes]) => `${path} ${hashOf(bytes)}`);
    expect(allFixtures().map(hashes)).toEqual(fixtures.map(hashes));
  });

  it('stay small', () => {
    const sizes = fixtures.map((each) => sum([...bytesByPath(each).values()].map(({ length }) => length)));
    expect(Math.max(...sizes)).toBeLessThan(750_000);
    expect(sum(sizes)).toBeLessThan(4_500_000);
  });
});

describe.each(withRanks)('the ground truth of %s', (name) => {
  it('fills the window with busy time and bubbles', () => {
    for (const { window, windowOfAllTasks, bubbles } of ranksOf(name)) {
      const busyNs = window.computeNs + window.exposedCommunicationNs;
      const insideNs = sum(bubbles.filter(({ cause }) => cause !== 'start-up' && cause !== 'tail').map((b) => b.durNs));
      expect(insideNs).toBe(window.deviceIdleNs);
      expect(busyNs + window.deviceIdleNs).toBe(lengthNs(window));
      expect(sum(bubbles.map((bubble) => bubble.durNs))).toBe(windowOfAllTasks.deviceIdleNs);
      expect(busyNs + windowOfAllTasks.deviceIdleNs).toBe(lengthNs(windowOfAllTasks));
    }
  });

  it('lists exactly the gaps between the ops in the files', () => {
    for (const { files, window, bubbles } of ranksOf(name)) {
      const inside = bubbles.filter(({ cause }) => cause !== 'start-up' && cause !== 'tail');
      const { gaps, startNs, endNs } = gapsOf(files.flatMap((path) => eventsOf(fixture(name).files.get(path)!)));
      expect(inside.map(({ startNs: start, durNs }) => [BigInt(start), BigInt(durNs)])).toEqual(gaps);
      expect([String(startNs), String(endNs)]).toEqual([window.startNs, window.endNs]);
    }
  });

  it('agrees with a plain count of the events in the files', () => {
    for (const { files, counts } of ranksOf(name)) {
      const events = files.flatMap((path) => eventsOf(fixture(name).files.get(path)!));
      const count = (ph: string): number => events.filter((event) => event.ph === ph).length;
      expect(counts).toMatchObject({ slices: count('X'), counters: count('C') });
      expect(counts).toMatchObject({ flowStarts: count('s'), flowEnds: count('f') });
    }
  });

  it('agrees with the digits of the device rows on the total of every op', () => {
    for (const { files, ops } of ranksOf(name)) {
      const text = files.map((path) => fixture(name).files.get(path)!).join('');
      for (const [op, { kind, count, totalNs }] of Object.entries(ops)) {
        if (kind !== 'compute') continue;
        const durations = [...text.matchAll(new RegExp(`\\{"name": ?"${op}"[^{}]*?"dur": ?([0-9.]+)`, 'g'))];
        const roundedNs = durations.map((match) => Number((picoseconds(match[1]!) + 500n) / 1000n));
        expect([roundedNs.length, sum(roundedNs)], op).toEqual([count, totalNs]);
      }
    }
  });
});

describe('planted bubbles', () => {
  it('have every cause', () => {
    const causes = new Set(ranksOf('decode-2026').flatMap(({ bubbles }) => bubbles.map((bubble) => bubble.cause)));
    const waits = ['event-wait', 'notify-wait', 'copy', 'device-scheduling'];
    expect([...causes].sort()).toEqual(
      [...waits, 'framework-idle', 'slow-launch', 'graph-launch', 'start-up', 'tail'].sort(),
    );
  });

  it.each(['decode-2026', 'decode-2024'])(
    'let rank 0 wait in a collective for rank 1, which comes late: %s',
    (name) => {
      const [first, second] = ranksOf(name) as [RankTruth, RankTruth];
      const late = second.bubbles.find((bubble) => bubble.cause === 'framework-idle' && bubble.durNs === 347_862)!;
      const longest = first.collectiveWaits.reduce((a, b) => (a.waitNs > b.waitNs ? a : b));
      expect(longest.step).toBe(late.step);
      expect(Math.abs(longest.waitNs - late.durNs)).toBeLessThan(20_000);
      expect(second.collectiveWaits.find((wait) => wait.name === longest.name)!.waitNs).toBe(0);
    },
  );

  it('keep the vendor identity: computing + communication not overlapped + free = window', () => {
    for (const name of ['decode-2026', 'sliced', 'decode-2024']) {
      for (const { vendorOverlapNs, window, windowOfAllTasks } of ranksOf(name)) {
        const overlap = vendorOverlapNs!;
        const wanted = lengthNs(name === 'decode-2024' ? window : windowOfAllTasks);
        const totalNs = overlap.Computing + overlap['Communication(Not Overlapped)'] + overlap.Free;
        expect(Math.abs(totalNs - wanted)).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('the 2026 export', () => {
  const text = textOf('decode-2026', 'msprof_20260823165334');
  const events = eventsOf(text);
  const processPid = (name: string): number | string =>
    events.find((event) => event.name === 'process_name' && event.args?.['name'] === name)!.pid;
  const hardware = events.filter((event) => event.ph === 'X' && event.pid === processPid('Ascend Hardware'));

  it('packs process ids', () => {
    expect(processPid('Ascend Hardware')).toBe(625538 * 1024 + 13 * 32);
    expect(processPid('CANN')).toBe(625538 * 1024 + 7 * 32 + 31);
    expect(processPid('Overlap Analysis')).toBe(625538 * 1024 + 30 * 32);
  });

  it('writes times as strings with three decimals and durations with one to six', () => {
    const times = [...text.matchAll(/"ts":([^,}]+)/g)].map((match) => match[1]!);
    expect(times.every((time) => /^"\d{16}\.\d{3}"$/.test(time))).toBe(true);
    const decimals = [...text.matchAll(/"dur":\d+\.(\d+)/g)].map((match) => match[1]!.length);
    expect(Math.min(...decimals)).toBe(1);
    expect(Math.max(...decimals)).toBe(6);
  });

  it('has about 7 % of hardware slices without length', () => {
    const share = hardware.filter((event) => event.dur === 0).length / hardware.length;
    expect(share).toBeGreaterThan(0.04);
    expect(share).toBeLessThan(0.1);
  });

  it('has slices on one stream that overlap without nesting', () => {
    const spans = hardware
      .filter((event) => event.tid === 4)
      .map((event) => [Number(String(event.ts).slice(6)), event.dur!] as const);
    const crossing = spans.filter(([start, dur]) =>
      spans.some(([other, otherDur]) => start < other && other < start + dur && start + dur < other + otherDur),
    );
    expect(crossing.length).toBeGreaterThan(5);
  });

  it('is not sorted by time', () => {
    const times = hardware.map((event) => String(event.ts));
    expect(times.filter((time, index) => index > 0 && time < times[index - 1]!).length).toBeGreaterThan(5);
  });

  it('is one third counters', () => {
    const share = events.filter((event) => event.ph === 'C').length / events.length;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.4);
    const accelerators = events.filter((event) => event.name === 'read_ost').map((event) => event.args!['acc_id']);
    expect(new Set(accelerators)).toEqual(new Set([0, 1]));
  });

  it('launches a whole graph with one arrow start, and has arrows that arrive before they leave', () => {
    const starts = events.filter((event) => event.ph === 's');
    const ends = events.filter((event) => event.ph === 'f');
    const fanOut = starts.map((start) => ends.filter((end) => end.id === start.id).length);
    expect(Math.max(...fanOut)).toBeGreaterThan(10);
    const early = ends.filter((end) => starts.some((start) => start.id === end.id && end.ts! < start.ts!));
    expect(early.length).toBe(ranksOf('decode-2026')[0]!.counts.arrowsBackInTime);
    expect(early.length).toBeGreaterThan(0);
  });

  it('writes "no value" as the exporter does', () => {
    expect(hardware.some((event) => event.args!['Model Id'] === 4294967295)).toBe(true);
    expect(text).toContain('"notify_id":"18446744073709551615"');
    expect(
      hardware.some((event) => event.name === 'MEMCPY_ASYNC' && event.args!['operation'] === 'host to device'),
    ).toBe(true);
  });
});

describe('older exports', () => {
  const text2024 = textOf('decode-2024', 'trace_view');

  it('of 2024 have decimal process ids over 2^32 and flow ids over 2^64 and 2^53', () => {
    expect(Math.max(...eventsOf(text2024).map((event) => Number(event.pid)))).toBeGreaterThan(2 ** 32);
    const strings = [...text2024.matchAll(/"id": "(\d+)"/g)].map((match) => BigInt(match[1]!));
    expect(strings.some((id) => id > 2n ** 64n)).toBe(true);
    const bare = new Set([...text2024.matchAll(/"id": (\d{19})\b/g)].map((match) => match[1]!));
    expect(new Set([...bare].map(Number)).size).toBeLessThan(bare.size);
  });

  it('of 2024 have framework rows with call stacks, and overlap rows without args', () => {
    expect(text2024).toContain(';\\r\\n/srv/serve/');
    expect(text2024).toMatch(/"name": "ProfilerStep#1"/);
    expect(text2024).toMatch(/"name": "Computing"[^{}]*"dur": [0-9.]+, "ph": "X"}/);
    expect(text2024).toMatch(/"dur": \d\.\d{15,}/);
  });

  it('of 2022 have process ids as strings and times as numbers', () => {
    const events = eventsOf(textOf('legacy-2022', 'msprof_0'));
    expect(events.some((event) => event.pid === '2_1071532')).toBe(true);
    expect(events.filter((event) => event.ph === 'X').every((event) => typeof event.ts === 'number')).toBe(true);
  });
});

describe('a sliced export', () => {
  const { files } = fixture('sliced');
  const slices = [...files].filter(([path]) => path.includes('slice_') && path.includes('20260824170112'));
  const named = (text: string): TraceEvent[] => eventsOf(text).filter((event) => event.ph === 'M');

  it('repeats all metadata in every slice', () => {
    expect(slices.length).toBe(2);
    expect(named(slices[0]![1])).toEqual(named(slices[1]![1]));
  });

  it('lies beside an older export and a file of ranges that the slices have as well', () => {
    const older = [...files.keys()].filter((path) => path.includes('20260824165334'));
    expect(older.length).toBe(2);
    const ranges = eventsOf(textOf('sliced', 'msprof_tx_')).filter((event) => event.ph === 'X');
    const all = slices.flatMap(([, text]) => eventsOf(text));
    expect(ranges.length).toBe(2);
    for (const range of ranges) expect(all).toContainEqual(range);
  });
});

describe('damaged files', () => {
  it('end in the middle of an event', () => {
    const text = textOf('truncated', 'msprof_');
    const { cut } = JSON.parse(fixture('truncated').files.get('truth.json')!);
    expect(() => JSON.parse(text)).toThrow();
    expect(eventsOf(`${text.slice(0, cut.startsAtByte - 1)}]`).length).toBe(cut.event);
  });

  it('have events that break one rule each', () => {
    const text = textOf('odd-events', 'msprof_');
    expect(() => JSON.parse(text)).toThrow();
    const events = eventsOf(text.replace(/,\n\]\n$/, ']'));
    const truth = JSON.parse(fixture('odd-events').files.get('truth.json')!);
    expect(events.length).toBe(truth.counts.events);
    expect(truth.slices.map((slice: { name: string }) => slice.name).sort()).toEqual(
      events
        .filter((event) => event.ph === 'X' || event.ph === 'B')
        .map((event) => event.name)
        .filter((name) => name !== 'bad-ts' && name !== 'negative-dur')
        .sort(),
    );
  });
});

describe('a scaled file', () => {
  it('has the asked size, the counts it promises, and the same bytes each time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'traceconv-scaled-'));
    try {
      const [path, again] = [join(folder, 'a.json'), join(folder, 'b.json')];
      const expected = await writeScaled(path, parseBytes('400KB'));
      const text = readFileSync(path, 'utf8');
      const count = (ph: string): number => eventsOf(text).filter((event) => event.ph === ph).length;
      expect(text.length).toBeGreaterThanOrEqual(400_000);
      expect(text.length).toBe(expected.bytes);
      expect(expected).toMatchObject({ slices: count('X'), counters: count('C') });
      expect(expected).toMatchObject({ flowStarts: count('s'), flowEnds: count('f') });
      expect(await writeScaled(again, 400_000)).toEqual(expected);
      expect(readFileSync(again, 'utf8') === text).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
