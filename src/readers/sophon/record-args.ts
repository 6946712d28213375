import { NONE } from '../../timeline/index.ts';
import type { RawSession } from './capture.ts';
import type { EngineLog } from './engine-log.ts';
import type { CommandMatch } from './match-commands.ts';

/** Names of args by what a command tells of itself, as the vendor's listings have them. */
const NAMES: Readonly<Record<string, string>> = {
  direction: 'Direction',
  shape: 'Shape',
  kernel: 'Kernel',
  inputChannels: 'Input Channels',
  dataType: 'Data Type',
  inputType: 'Input Data Type',
  dataBytes: 'DMA data size(B)',
  from: 'From',
  to: 'To',
};

/** What a record says, and the command it is of. */
export function recordArgs(
  { startCycle, endCycle, id, movedBytes }: EngineLog,
  mhz: number,
  match: CommandMatch,
  session: RawSession,
  record: number,
): Record<string, string | number> {
  const cycles = endCycle[record] - startCycle[record] + 1;
  const args: Record<string, string | number> = {
    'Cmd Id': id[record],
    'Start Cycle': startCycle[record],
    'End Cycle': endCycle[record],
    'Asic Cycle': cycles,
  };
  if (movedBytes[record] > 0) {
    args['Moved(B)'] = movedBytes[record];
    args['Bandwidth(GB/s)'] = Number(((movedBytes[record] * mhz) / 1000 / cycles).toFixed(4));
  }
  const command = match.command[record];
  if (command === NONE) return args;
  const list = session.commands[match.list[record]];
  args['Cmd Id'] = list.id[command];
  if (list.waitsFor[command] > 0) args['Waits For'] = list.waitsFor[command];
  for (const [name, value] of Object.entries(list.details(command))) args[NAMES[name] ?? name] = value;
  return args;
}
