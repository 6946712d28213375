/**
 * `net_stat.sim`: what the compiler expected of each command. Text in two columns, for the TIU and the GDMA; a cell is
 * `Conv2D_26|AR|s:6712|b:6|g:3|e:6713|t:2`, with `|dr:0|sz:96|bw:0.20` where memory is moved. Times are ns.
 */
import type { Engine } from '../chips.ts';

export interface SimulatedCommand {
  readonly engine: Engine;
  /** As 'Conv2D_26'; its number is that of the layer. */
  readonly layer: string;
  readonly op: string;
  readonly startNs: number;
  /** When its last nanosecond begins: before its start where it takes none. */
  readonly endNs: number;
  readonly tiuId: number;
  readonly gdmaId: number;
  readonly sizeBytes: number | undefined;
}

export interface Simulation {
  readonly commands: readonly SimulatedCommand[];
  /** Operations of the whole model; undefined where nothing is said. */
  readonly flops: number | undefined;
  /** Cells of another form. */
  readonly oddCount: number;
}

const SECOND_COLUMN = 'ENGINE_GDMA';
const CELL = /^([^|\s]+)\|([^|]+)\|s:(\d+)\|b:(\d+)\|g:(\d+)\|e:(\d+)\|t:\d+(?:\|dr:-?\d+\|sz:(\d+))?/;
const FLOPS = /^flops: (\d+)/;

export function parseSimulation(text: string): Simulation {
  const commands: SimulatedCommand[] = [];
  let [secondAt, oddCount, fromNs, lastNs] = [-1, 0, 0, 0];
  let flops: number | undefined;
  for (const line of text.split('\n')) {
    if (line.includes(SECOND_COLUMN)) {
      // A model of several subnets has a table for each.
      fromNs = lastNs;
      secondAt = line.indexOf(SECOND_COLUMN);
      continue;
    }
    if (line.startsWith('---')) secondAt = -1;
    flops = FLOPS.test(line) ? Number(FLOPS.exec(line)?.[1]) : flops;
    if (secondAt < 0) continue;
    const cells: readonly (readonly [Engine, string])[] = [
      ['tiu', line.slice(0, secondAt).trim()],
      ['gdma', line.slice(secondAt).trim()],
    ];
    for (const [engine, cell] of cells) {
      if (cell === '') continue;
      const command = commandOf(engine, cell, fromNs);
      if (command === undefined) oddCount++;
      else {
        commands.push(command);
        lastNs = Math.max(lastNs, command.endNs + 1);
      }
    }
  }
  return { commands, flops, oddCount };
}

function commandOf(engine: Engine, cell: string, fromNs: number): SimulatedCommand | undefined {
  const match = CELL.exec(cell);
  if (match === null) return undefined;
  const [, layer, op, start, tiuId, gdmaId, end, size] = match;
  const [startNs, endNs] = [fromNs + Number(start), fromNs + Number(end)];
  if (!Number.isSafeInteger(endNs) || endNs < startNs - 1) return undefined;
  return {
    ...{ engine, layer, op, startNs, endNs },
    ...{ tiuId: Number(tiuId), gdmaId: Number(gdmaId) },
    sizeBytes: size === undefined ? undefined : Number(size),
  };
}
