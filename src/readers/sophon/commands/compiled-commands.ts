import { type Chip } from '../chips.ts';
import type { CommandList } from '../command-list.ts';
import type { CompiledCommand, GlobalProfile } from '../global-profile.ts';
import { CommandColumns } from './command-columns.ts';
import { TIU_OPS } from './tiu-ops.ts';

/** By `gdma_dir`. */
const DIRECTIONS = ['DDR->LMEM', 'LMEM->DDR', 'DDR->DDR', 'LMEM->LMEM'];
const NAMES_BY_DIRECTION = ['tensorLd', 'tensorSt', 'tensorMv', 'tensorMv'];

/**
 * Commands as global.profile lists them, where the commands themselves are not there or cannot be read. Only on chips whose
 * lines have the commands' own numbers; elsewhere there are none.
 */
export function compiledCommands({ commands }: GlobalProfile, chip: Chip): CommandList[] {
  if (chip.engineClocks !== 'nothing') return [];
  return (['tiu', 'gdma'] as const).flatMap((engine) => {
    const own = commands.filter((command) => command.engine === engine);
    if (own.length === 0) return [];
    const columns = new CommandColumns();
    for (const command of own) {
      const [id, waitsFor] = engine === 'tiu' ? [command.tiuId, command.gdmaId] : [command.gdmaId, command.tiuId];
      const [name, type] = engine === 'tiu' ? tiuNames(command, chip) : dmaNames(command);
      columns.add({ offset: 0, name, type, id, waitsFor, isSystem: false, isEnd: false });
    }
    const details = (at: number): Record<string, string> => {
      const direction = engine === 'tiu' ? undefined : DIRECTIONS[own[at].direction];
      return direction === undefined ? {} : { direction };
    };
    return { engine, core: 0, ...columns.finish(), details };
  });
}

/** The BM1684 counts its ops in another way. */
function tiuNames({ op }: CompiledCommand, { id }: Chip): readonly [name: string, type: string] {
  const known = id === 'BM1684' ? undefined : TIU_OPS[op];
  return known === undefined ? [`bd_func ${op}`, `bd_func ${op}`] : [known.family, known.type];
}

function dmaNames({ direction, op }: CompiledCommand): readonly [name: string, type: string] {
  const type = `gdma_func ${op}`;
  return [NAMES_BY_DIRECTION[direction] ?? type, type];
}
