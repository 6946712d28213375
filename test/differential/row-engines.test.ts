// Rows of slices drawn by compiled code, against the same rows drawn without it.
import { describe, expect, test } from 'vitest';
import { RowDetail, type RowDrawing } from '../../src/analysis/detail/row-detail.ts';
import { FastRows } from '../../src/session/requests/wasm/fast-rows.ts';
import { NONE } from '../../src/timeline/index.ts';
import { seededRandom } from '../support/seeded-random.ts';

const COLUMNS = 61;
const random = seededRandom(20261122);

/** Slices of all lengths, many as long as others, with pauses; `rows` tells where in the columns they are. */
function rowOf(count: number): { startNs: Float64Array; durNs: Float64Array; rows: Uint32Array } {
  const [startNs, durNs] = [new Float64Array(2 * count), new Float64Array(2 * count)];
  const rows = Uint32Array.from({ length: count }, (_, i) => 2 * i + random.below(2));
  let nowNs = 1e9 + random.below(1000);
  for (const row of rows) {
    startNs[row] = nowNs;
    durNs[row] = random.below(random.pick([1, 4, 50, 5000]));
    nowNs += Math.max(1, durNs[row]) + random.below(random.pick([1, 30, 2000, 100_000]));
  }
  return { startNs, durNs, rows };
}

function drawn(row: RowDrawing, startNs: number, widthNs: number): unknown {
  const coverage = new Uint8Array(COLUMNS);
  const longest = new Int32Array(COLUMNS).fill(NONE);
  const wide: number[] = [];
  row.draw({ startNs, widthNs, columnCount: COLUMNS }, { coverage, longest }, (each) => wide.push(each));
  return { coverage, longest, wide };
}

function expectBothSame(count: number, areAll: boolean): number {
  const { startNs, durNs, rows } = rowOf(count);
  const [ownStartNs, ownDurNs] = [startNs, durNs].map((column) => Float64Array.from(rows, (row) => column[row]));
  const plain = areAll ? new RowDetail(ownStartNs, ownDurNs) : new RowDetail(startNs, durNs, rows);
  const fast = FastRows.start()?.hold(plain.blocks);
  if (fast === undefined) throw new Error('not drawn by compiled code');
  const spanNs = ownStartNs[count - 1] + ownDurNs[count - 1] - ownStartNs[0];
  let shown = 0;
  for (let zoom = 1; zoom < spanNs * 10; zoom *= 3) {
    const fromNs = ownStartNs[0] + Math.floor((random.share() * 1.2 - 0.1) * spanNs);
    for (const startAtNs of [ownStartNs[0], fromNs]) {
      const found = drawn(fast, startAtNs, spanNs / zoom / COLUMNS);
      expect(found).toEqual(drawn(plain, startAtNs, spanNs / zoom / COLUMNS));
      shown++;
    }
  }
  return shown;
}

describe('rows drawn by compiled code look the same', () => {
  test.each([1, 2, 7, 8, 9, 64, 1000, 20_000])('with %i slices', (count) => {
    expect(expectBothSame(count, true) + expectBothSame(count, false)).toBeGreaterThan(0);
  });

  test('but it leaves alone what lasts longer than its words can say, and what is empty', () => {
    const fast = FastRows.start();
    const long = new RowDetail(Float64Array.of(0, 3e9), Float64Array.of(1, 1));
    const empty = new RowDetail(new Float64Array(0), new Float64Array(0));
    expect([fast?.hold(long.blocks), fast?.hold(empty.blocks)]).toEqual([undefined, undefined]);
  });
});
