import type { DefinitionFigures } from '../../analysis/index.ts';
import type { ReportDefinitions } from './report-document.ts';
import { deviceName } from './values.ts';

export function definitionsSection({ definition, rows }: DefinitionFigures): ReportDefinitions {
  return {
    definition,
    rows: rows.map(({ table, stream, step, subject, figure, unit, value, ...device }) => ({
      ...deviceName(device),
      ...{ table, stream: stream ?? null, step: step ?? null, subject: subject ?? null },
      ...{ figure, unit, value: value ?? null },
    })),
  };
}
