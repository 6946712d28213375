import { chipName, environmentOf } from '../../analysis/index.ts';
import type { Run } from '../../timeline/index.ts';
import type { InputFacts } from './facts.ts';
import type { ReportEnvironment } from './report-document.ts';

export function environmentSection(run: Run, inputs: readonly InputFacts[]): ReportEnvironment {
  const toolVersions = inputs.map(({ toolVersion }) => toolVersion);
  const { device, chip, toolkit, world, tp, pp } = environmentOf(run, toolVersions);
  return {
    device: device ?? null,
    chip: chip ?? null,
    chipName: (chip === undefined ? undefined : chipName(chip)) ?? null,
    toolkit: toolkit ?? null,
    world: world ?? null,
    tp: tp ?? null,
    pp: pp ?? null,
  };
}
