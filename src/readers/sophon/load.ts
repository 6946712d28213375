import { InputError, UsageError } from '../../base/index.ts';
import type { Read } from '../reader.ts';
import type { Chip } from './chips.ts';
import { deviceOfFolder } from './device-of-folder.ts';
import { frequenciesOf } from './frequencies.ts';
import { tellFullBuffers } from './losses.ts';
import { RawReading } from './read-capture.ts';
import { rawTimeline } from './raw-timeline.ts';

/** Reads one raw folder. */
export const loadRaw: Read = async (sources, diagnostics, options) => {
  let readBytes = 0;
  const reading = new RawReading(sources, diagnostics, (bytes) => {
    readBytes += bytes;
    options.onProgress?.(readBytes);
  });
  const capture = await reading.read();
  const { chip, global, sessions } = capture;
  if (sessions.every(({ logs, hostEvents }) => logs.length + hostEvents.length === 0)) {
    throw new InputError('no_events', {
      at: { path: sources[0].path },
      expected: 'records of at least one engine',
      found: 'none',
      hint: 'the profiler may have been stopped before the device ran anything, or set up with no records',
    });
  }
  const told = options.chip ?? {};
  assertAbility(chip, told.computeAbility);
  const frequencies = frequenciesOf(global, chip, told);
  tellFullBuffers(global, reading.globalPath, diagnostics);
  const device = deviceOfFolder(sources[0].path) ?? options.device ?? 0;
  return rawTimeline(
    capture,
    { rank: options.rank, device: Math.max(0, device), frequencies, strings: options.strings },
    diagnostics,
  );
};

function assertAbility({ abilities, label }: Chip, told: number | undefined): void {
  if (told === undefined || abilities?.some(({ ability }) => ability === told) === true) return;
  const known = abilities?.map(({ ability }) => ability).join(', ');
  const hint = known === undefined ? 'it is sold at one speed; leave the option out' : `it is sold with ${known}`;
  throw new UsageError('unknown_ability', `${label} has no compute ability of ${told}`, hint);
}
