/** Which file of a raw folder is what. Only names tell: most have no signature. */
import { fileName } from '../../timeline/index.ts';

export type RawFileRole =
  | { readonly is: 'global' }
  /** Of a subnet, or of what bmlib was told without one. */
  | { readonly is: 'iteration'; readonly iteration: number }
  | { readonly is: 'core'; readonly core: number }
  | { readonly is: 'cdma'; readonly port: number }
  /** `base`: the address of the commands, as files of records name it. */
  | { readonly is: 'commands'; readonly base: number; readonly core: number; readonly engine: number }
  | { readonly is: 'simulation' }
  | { readonly is: 'locations' };

const NAMES: readonly (readonly [pattern: RegExp, role: (match: RegExpExecArray) => RawFileRole])[] = [
  [/^global\.profile$/, () => ({ is: 'global' })],
  [/^iter(\d+)\.profile$/, ([, iteration]) => ({ is: 'iteration', iteration: Number(iteration) })],
  [/^bmlib\D*(\d*)\.profile$/, ([, number]) => ({ is: 'iteration', iteration: Number(number) })],
  [/^cdmlib.*?(\d+)\.profile$/, ([, core]) => ({ is: 'core', core: Number(core) })],
  [/^cdma.*?(\d+)\.profile$/, ([, port]) => ({ is: 'cdma', port: Number(port) })],
  [
    /^cmd_([0-9a-f]+)_(?:(\d+)_)?([01])\.dat$/i,
    ([, base, core, engine]) => ({
      ...{ is: 'commands', base: Number.parseInt(base, 16) },
      ...{ core: Number(core ?? 0), engine: Number(engine) },
    }),
  ],
  [/^net_stat\.sim$/, () => ({ is: 'simulation' })],
  [/^tensor_location\.json$/, () => ({ is: 'locations' })],
];

/** undefined: no file of a raw folder. */
export function rawFileRole(path: string): RawFileRole | undefined {
  const name = fileName(path);
  for (const [pattern, role] of NAMES) {
    const match = pattern.exec(name);
    if (match !== null) return role(match);
  }
  return undefined;
}
