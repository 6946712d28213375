import type { DefinitionFigures } from '../../analysis/index.ts';
import type { ReportDefinitions } from './report-document.ts';
import type { DeviceNaming } from './values.ts';

export function definitionsSection({ definition, rows }: DefinitionFigures, nameOf: DeviceNaming): ReportDefinitions {
  return {
    definition,
    rows: rows.map(({ table, stream, step, subject, figure, unit, value, ...device }) => ({
      ...nameOf(device),
      ...{ table, stream: stream ?? null, step: step ?? null, subject: subject ?? null },
      ...{ figure, unit, value: value ?? null },
    })),
  };
}
