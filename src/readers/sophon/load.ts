import { InputError } from '../../base/index.ts';
import type { Read } from '../reader.ts';
import { deviceOfFolder } from './device-of-folder.ts';
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
  if (sessions.every(({ logs }) => logs.length === 0)) {
    throw new InputError('no_events', {
      at: { path: sources[0].path },
      expected: 'records of at least one engine',
      found: 'none',
      hint: 'the profiler may have been stopped before the device ran anything, or set up with no records',
    });
  }
  const writtenMhz = chip.isFrequencyWritten ? Number(global.values.get('tpu_freq') ?? 0) : 0;
  const frequencies = {
    tiuMhz: writtenMhz > 0 ? writtenMhz : chip.frequencyMhz.tiu,
    dmaMhz: writtenMhz > 0 ? writtenMhz : chip.frequencyMhz.dma,
  };
  const device = deviceOfFolder(sources[0].path) ?? options.device ?? 0;
  return rawTimeline(
    capture,
    { rank: options.rank, device: Math.max(0, device), frequencies, strings: options.strings },
    diagnostics,
  );
};
