/**
 * The vendor's programs for raw folders: bigTpuProfile for those of the SG2260, whose version 0.3.7 was run on a capture of
 * the BM1690, and tpu_profile of TPU-MLIR for bmprofile_data. Messages are theirs, as printed or raised.
 */
import { fileName, NONE } from '../../timeline/index.ts';
import type { ToolProblem, ToolRequest, VendorTool } from '../vendor-tool.ts';
import { rawFileRole } from './capture-files.ts';
import { chipOf } from './chips.ts';
import { deviceOfFolder } from './device-of-folder.ts';
import { parseGlobalProfile } from './global-profile.ts';

const PERFETTO = 'perfetto.pftrace';

const BIG_TPU_PROFILE = {
  name: 'bigTpuProfile',
  programs: ['bigTpuProfile'],
  install: 'pip install bigTpuProfile puts it on PATH, or name it with --vendor-tool-path',
  packageName: 'bigtpuprofile',
};

const TPU_PROFILE = {
  name: 'tpu_profile',
  programs: ['tpu_profile', 'tpu_profile.py'],
  install: 'it comes with TPU-MLIR, or name it with --vendor-tool-path',
  packageName: 'tpu_mlir',
};

export function sophonTool(paths: readonly string[]): VendorTool {
  const isCdm = paths.some((path) => ['core', 'cdma'].includes(rawFileRole(path)?.is ?? ''));
  return {
    ...(isCdm ? BIG_TPU_PROFILE : TPU_PROFILE),
    aboutFile: 'global.profile',
    device: paths.map(deviceOfFolder).find((device) => device !== undefined) ?? NONE,
    unnamed: 'unknown',
    words,
    explain,
    choose: (written) => {
      const perfetto = written.filter((path) => fileName(path) === PERFETTO);
      return perfetto.length > 0 ? perfetto : written;
    },
  };
}

/** Versions differ in what they take; what they do not list they refuse. */
function words({ options, input, output, about, tiuMhz }: ToolRequest): string[] {
  const given = [input, output];
  if (options.has('--arch')) given.push('--arch', archOf(about));
  if (options.has('--tiu_freq') && tiuMhz !== undefined) given.push('--tiu_freq', String(tiuMhz));
  if (options.has('--disable_summary')) given.push('--disable_summary');
  return given;
}

function archOf(about: string): string {
  const { values, flavour } = parseGlobalProfile(about);
  const arch = values.get('arch') ?? '';
  const chip = chipOf(arch, flavour);
  return chip === undefined ? arch : chip.id === 'SG2260' ? 'BM1690' : chip.id;
}

const RECORDS_FULL = (limit: string): string => `capture again with max_record_num larger than ${limit}`;
const DAMAGED = 'copy the folder again; what is whole is read with --vendor-tool never';

/** What it says, what that means, and what to do. `$1` is the first group of the match. */
const MESSAGES: readonly (readonly [RegExp, (match: RegExpExecArray) => ToolProblem])[] = [
  [
    /\b(\w+) exceed max_record_num, set max_record_num larger than (\d+)/,
    ([, buffer, limit]) => ({ what: `${buffer}: the buffer for records was full`, hint: RECORDS_FULL(limit) }),
  ],
  [
    /Data overflow,? set max_record_num larger than (\d+)/,
    ([, limit]) => ({ what: 'the buffer for records was full', hint: RECORDS_FULL(limit) }),
  ],
  [
    /(?:\b(\w+) )?profile raw data is invalid/,
    ([, what = 'an engine']) => ({
      what: `${what} counts a single record, which no run has`,
      hint: 'check that the run came to its end, and capture again',
    }),
  ],
  [
    /unsupported (?:profile architecture:?|chip) ('[^']*'|\S+)/,
    ([, arch]) => ({ what: `it does not know the chip ${arch}`, hint: 'a newer version may know it' }),
  ],
  [
    /does not declare an arch/,
    () => ({ what: 'it finds no chip in global.profile', hint: 'copy the whole folder that the runtime wrote' }),
  ],
  [
    /profile synchronization points do not match TIU core records/,
    () => ({
      what: 'records that bring its cores to one time are missing',
      hint: 'capture the run from its start; --vendor-tool never reads what is there',
    }),
  ],
  [
    /profile timestamp normalization became negative/,
    () => ({
      what: 'it cannot bring the clocks together, as happens on some devices',
      hint: 'the capture is good: --vendor-tool never reads it',
    }),
  ],
  [/unknown block type (\d+)/, ([, type]) => ({ what: `a block of unknown type ${type}`, hint: DAMAGED })],
  [
    /block (\w+) declares (\d+) bytes, got (\d+)/,
    ([, block, told, found]) => ({ what: `block ${block} has ${found} of ${told} bytes`, hint: DAMAGED }),
  ],
  [/incomplete block header/, () => ({ what: 'a file ends in the head of a block', hint: DAMAGED })],
  [
    /No module named '([\w.]+)'/,
    ([, name]) => ({
      what: `its Python has no module ${name}`,
      hint: 'install the tool with all that it needs (pip install does)',
    }),
  ],
  [
    /unrecognized arguments: (.+)/,
    ([, given]) => ({ what: `it does not take ${given.trim()}`, hint: 'another version may; -h lists what it takes' }),
  ],
  [
    /the following arguments are required: (.+)/,
    ([, wanted]) => ({ what: `it wants ${wanted.trim()}`, hint: 'another version may not; -h lists what it takes' }),
  ],
];

function explain(printed: string): ToolProblem | undefined {
  for (const [pattern, meaning] of MESSAGES) {
    const match = pattern.exec(printed);
    if (match !== null) return meaning(match);
  }
  return undefined;
}
