import type { ChipOptions } from '../reader.ts';
import type { Chip } from './chips.ts';
import type { Frequencies } from './clock.ts';
import type { GlobalProfile } from './global-profile.ts';

/** What the user says, else the file where the chip's files are right, else what the chip runs at. */
export function frequenciesOf({ values }: GlobalProfile, chip: Chip, told: ChipOptions): Frequencies {
  const written = chip.isFrequencyWritten ? Number(values.get('tpu_freq') ?? 0) : 0;
  const ability = chip.abilities?.find((each) => each.ability === told.computeAbility) ?? chip.frequencyMhz;
  const ofFile = written > 0 && Number.isFinite(written) ? { tiu: written, dma: written } : ability;
  return { tiuMhz: told.tiuMhz ?? ofFile.tiu, dmaMhz: told.dmaMhz ?? ofFile.dma };
}
