import { type Chip } from '../chips.ts';
import type { CommandList } from '../command-list.ts';
import type { CompiledCommand, GlobalProfile } from '../global-profile.ts';
import { CommandColumns } from './command-columns.ts';
import { DMA_OPS, DMA_SYSTEM_TYPE } from './dma-ops.ts';
import { SYSTEM_TYPE, TIU_OPS } from './tiu-ops.ts';

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
      columns.add({ offset: 0, ...namesOf(command, chip), id, waitsFor, isEnd: false });
    }
    return { engine, core: 0, ...columns.finish(), details: () => ({}) };
  });
}

/** Kinds alone, as no unit is told; the BM1684 counts its ops in another way. */
function namesOf({ engine, op }: CompiledCommand, { id }: Chip): { name: string; type: string; isSystem: boolean } {
  const unknown = `${engine === 'tiu' ? 'bd' : 'gdma'}_func ${op}`;
  const known = id === 'BM1684' ? undefined : engine === 'tiu' ? TIU_OPS[op] : DMA_OPS[op];
  if (known === undefined) return { name: unknown, type: unknown, isSystem: false };
  if ('family' in known) return { name: known.family, type: known.type, isSystem: op === SYSTEM_TYPE };
  return { name: known.names[0] ?? known.type, type: known.type, isSystem: op === DMA_SYSTEM_TYPE };
}
