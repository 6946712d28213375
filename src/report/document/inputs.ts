import { settingOf } from '../../analysis/index.ts';
import type { Run } from '../../timeline/index.ts';
import type { InputFacts } from './facts.ts';
import type { ReportInput } from './report-document.ts';

/** How torch_npu calls it; msprof writes no level down. */
const PROFILER_LEVEL = 'config.experimental_config._profiler_level';

export function inputsSection(run: Run, inputs: readonly InputFacts[]): ReportInput[] {
  const levels = new Map<string, string | undefined>();
  const levelOf = (capture: string): string | undefined => {
    if (!levels.has(capture)) levels.set(capture, settingOf(run, PROFILER_LEVEL, capture));
    return levels.get(capture);
  };
  return inputs.map(({ path, sha256, readerId, capture }) => ({
    path,
    sha256: sha256 ?? null,
    reader: readerId,
    level: (capture === undefined ? undefined : levelOf(capture)) ?? null,
  }));
}
