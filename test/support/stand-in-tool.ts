// A program that stands in for a vendor's tool: a script of Node's in a folder whose name needs care.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { projectRoot } from './project.ts';

const root = mkdtempSync(join(tmpdir(), `traceconv stand-in "it's" $HOME -x `));
afterAll(() => rmSync(root, { recursive: true }));

export const PFTRACE = join(projectRoot, 'fixtures/perfetto-trace/sophon/perfetto.pftrace');
/** The options that version 0.3.7 lists. */
export const HELP_03 =
  'usage: bigTpuProfile [-h] [--tiu_freq TIU_FREQ] [--enable_doc] [--disable_summary] input [output]';
export const HELP_02 = 'usage: bigTpuProfile [-h] --arch {BM1690} input output';

let count = 0;
function freshFolder(name: string): string {
  const folder = join(root, `${count++}`, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * `does`: statements of JavaScript that know `fs`, `words` (what it was called with), `input` and `output`. `onHelp`: the
 * same instead of printing `help`. What it was called with, each time, is in `calls`.
 */
export function standIn(
  does: string,
  { help = HELP_03, onHelp = `console.log(${JSON.stringify(help)});`, name = 'bigTpuProfile' } = {},
): { path: string; folder: string; calls(): string[][] } {
  const folder = freshFolder('bin');
  const path = join(folder, name);
  const log = join(folder, 'calls');
  writeFileSync(log, '');
  const script = `#!/usr/bin/env node
const fs = process.getBuiltinModule('node:fs'); // whichever kind of module a folder makes of it
const words = process.argv.slice(2);
const [input, output] = words;
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify(words) + '\\n');
if (words[0] === '-h') { ${onHelp} } else { ${does} }
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  const calls = (): string[][] =>
    readFileSync(log, 'utf8')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return { path, folder, calls };
}

export const WRITES_PFTRACE = `fs.copyFileSync(${JSON.stringify(PFTRACE)}, output + '/perfetto.pftrace');`;

/** A capture of single ops on the BM1690: three records of its TIU, and no commands. */
export function operatorCapture({ arch = '5', name = 'cdm_profile_data_dev3-0' } = {}): string {
  const folder = freshFolder(name);
  writeFileSync(join(folder, 'global.profile'), `arch=${arch}\ntpu_freq=1000\n`);
  const records = [
    [1000, 1010, 1, 0],
    [2000, 2500, 2, 0],
    [3000, 3999, 3, 0],
  ];
  const words = new Uint32Array([3, records.length * 16, ...records.flat()]);
  writeFileSync(join(folder, 'cdmlib0_0.profile'), new Uint8Array(words.buffer));
  return folder;
}
