/**
 * `global.profile`, the text in every raw folder. libsophon's runtime begins each line with `[bmprofile] ` and lists layers
 * and commands there; the runtimes of the SG2260 write `key=value` alone.
 */
import type { Flavour } from './chips.ts';

/** A command as the compiler lists it. Its layer is the one listed before it; NONE where none is. */
export interface CompiledCommand {
  readonly engine: 'tiu' | 'gdma';
  readonly core: number;
  /** How many commands each engine had been given: one is its own number, the other what it waits for (BM1684X only). */
  readonly tiuId: number;
  readonly gdmaId: number;
  /** bd_func or gdma_func: what kind of command it is. gdma_dir beside that is 0 whatever is moved, in real files. */
  readonly op: number;
  /** Position in `layers`, or -1. */
  readonly layer: number;
}

export interface CompiledLayer {
  readonly id: number;
  /** As 'Conv2D'; a number where the compiler wrote one. */
  readonly type: string;
  readonly name: string;
  /** One of a group that shares local memory. */
  readonly isLocal: boolean;
  readonly subnet: number;
}

export interface GlobalProfile {
  readonly flavour: Flavour;
  /** Lines of one `key=value`, as arch, tpu_freq, core0_tiu_record. */
  readonly values: ReadonlyMap<string, string>;
  /** Whether a compiled model ran, and no single ops. */
  readonly isBmodel: boolean;
  readonly layers: readonly CompiledLayer[];
  readonly commands: readonly CompiledCommand[];
}

const PREFIX = '[bmprofile] ';
const VALUE = /^([A-Za-z]\w*)=(\S.*)$/;
const LAYER = /^(local|global)_layer: layer_id=(-?\d+) layer_type=(\S*) layer_name=(.*)$/;
/** On chips with several cores, lines of the TIU say gdma, too; only those of the TIU have a bd_func. */
const COMMAND = /^(?:gdma|bd) cmd_id bd_id=(\d+) gdma_id=(\d+) .*?(bd_func|gdma_func)=(\d+)/;
const CORE = / core=(\d+)/;
const SUBNET = /^start to run subnet_id=(\d+)/;

export function parseGlobalProfile(text: string): GlobalProfile {
  const values = new Map<string, string>();
  const layers: CompiledLayer[] = [];
  const commands: CompiledCommand[] = [];
  let subnet = 0;
  const lines = text.split('\n');
  for (const raw of lines) {
    const line = raw.startsWith(PREFIX) ? raw.slice(PREFIX.length).trimEnd() : raw.trim();
    const command = COMMAND.exec(line);
    const layer = command === null ? LAYER.exec(line) : null;
    if (command !== null) commands.push(commandOf(command, line, layers.length - 1));
    else if (layer !== null) {
      const [, where, id, type, name] = layer;
      layers.push({ id: Number(id), type, name: name.trim(), isLocal: where === 'local', subnet });
    } else {
      subnet = Number(SUBNET.exec(line)?.[1] ?? subnet);
      const value = VALUE.exec(line);
      // Lines of several keys are of tensors and allocations.
      if (value !== null && !value[2].includes('=') && !values.has(value[1])) values.set(value[1], value[2].trim());
    }
  }
  const isCdm = !lines.some((line) => line.startsWith(PREFIX));
  return { flavour: isCdm ? 'cdm' : 'bmprofile', values, isBmodel: /^bmodel\b/m.test(text), layers, commands };
}

function commandOf([, tiuId, gdmaId, kind, op]: RegExpExecArray, line: string, layer: number): CompiledCommand {
  return {
    engine: kind === 'bd_func' ? 'tiu' : 'gdma',
    core: Number(CORE.exec(line)?.[1] ?? 0),
    tiuId: Number(tiuId),
    gdmaId: Number(gdmaId),
    op: Number(op),
    layer,
  };
}
