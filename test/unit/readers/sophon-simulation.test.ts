// net_stat.sim: what the compiler expected of each command, and how that stands beside what was measured.
import { describe, expect, it } from 'vitest';
import { parseSimulation, type SimulatedCommand } from '../../../src/readers/sophon/simulation/simulation.ts';

const COLUMN = 60;
/** A line of the table: what the TIU does, and what moves memory. */
const line = (tiu: string, gdma = ''): string => `${tiu.padEnd(COLUMN)}${gdma}`;
const HEADER = line('ENGINE_BD', 'ENGINE_GDMA');
const RULE = '--------------------------------------';
const CONV = 'Conv2D_25|CONV|s:5205|b:1|g:2|e:5460|t:256';
const LOAD = 'Load_20|GDMA_TENSOR|s:0|b:0|g:1|e:5204|t:5205|dr:0|sz:98304|bw:18.88';

const said = ({ engine, layer, op, startNs, endNs }: SimulatedCommand): string =>
  `${engine} ${layer} ${op} ${startNs}..${endNs}`;
const table = (...lines: readonly string[]): string => ['s: start time', RULE, HEADER, ...lines, RULE].join('\n');

describe('cells', () => {
  it('are of the TIU on the left and of the GDMA on the right', () => {
    const { commands, oddCount } = parseSimulation(table(line('', LOAD), line(CONV, LOAD), line(CONV)));
    expect(commands.map(({ engine }) => engine)).toEqual(['gdma', 'tiu', 'gdma', 'tiu']);
    expect(oddCount).toBe(0);
  });

  it('tell layer, op, times, ids and what is moved', () => {
    const { commands } = parseSimulation(table(line(CONV, LOAD)));
    expect(commands).toEqual([
      {
        ...{ engine: 'tiu', layer: 'Conv2D_25', op: 'CONV', startNs: 5205, endNs: 5460, tiuId: 1, gdmaId: 2 },
        sizeBytes: undefined,
      },
      {
        ...{ engine: 'gdma', layer: 'Load_20', op: 'GDMA_TENSOR', startNs: 0, endNs: 5204, tiuId: 0, gdmaId: 1 },
        sizeBytes: 98304,
      },
    ]);
  });

  it('that take no time end before they start', () => {
    const { commands, oddCount } = parseSimulation(table('Conv2D_25|AR|s:27644|b:13|g:7|e:27643|t:0'));
    expect([commands.map(said), oddCount]).toEqual([['tiu Conv2D_25 AR 27644..27643'], 0]);
  });

  it.each([
    ['with an end long before their start', 'A_1|AR|s:10|b:1|g:1|e:8|t:0'],
    ['without times', 'A_1|AR|b:1|g:1'],
    ['with a time that no number holds', `A_1|AR|s:10|b:1|g:1|e:${'9'.repeat(20)}|t:1`],
    ['of another form', '<b>'],
  ])('%s are counted and left out', (_, cell) => {
    const { commands, oddCount } = parseSimulation(table(line(cell, LOAD)));
    expect([commands.map(({ engine }) => engine), oddCount]).toEqual([['gdma'], 1]);
  });
});

describe('what stands around the table', () => {
  it('is none of it', () => {
    const { commands, oddCount } = parseSimulation(`${CONV}\n${table(line(CONV))}\nTCYC : 379322.\n${CONV}\n`);
    expect([commands.length, oddCount]).toEqual([1, 0]);
  });

  it('says how much the whole model computes', () => {
    const text = `${table()}\nflops: 63714176, runtime: 0.421469ms, ComputationAbility: 0.151172T\n`;
    expect(parseSimulation(text).flops).toBe(63714176);
    expect(parseSimulation(table()).flops).toBeUndefined();
  });

  it('of several subnets: the second begins when the first is over', () => {
    const { commands } = parseSimulation(`${table(line(CONV, LOAD))}\n${table(line('', LOAD), line(CONV))}`);
    expect(commands.map(said)).toEqual([
      ...['tiu Conv2D_25 CONV 5205..5460', 'gdma Load_20 GDMA_TENSOR 0..5204'],
      ...['gdma Load_20 GDMA_TENSOR 5461..10665', 'tiu Conv2D_25 CONV 10666..10921'],
    ]);
  });
});
