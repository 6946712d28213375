import { grouped } from '../../../base/index.ts';
import type { ReportDocument } from '../../document/report-document.ts';
import { formatShortDuration } from '../../format.ts';
import { deviceLabel } from '../../parts/device-label.ts';
import type { ReportTexts } from '../../texts.ts';
import { heatMap } from '../charts/heat-map.ts';
import type { Content } from '../markup.ts';

/** More would be narrower than a line each. */
const STEPS_AT_MOST = 400;

/** How long each step computed on each rank: a slow rank is a dark row, a slow step a dark column. */
export function rankFigure({ steps: { items } }: ReportDocument, texts: ReportTexts): Content {
  const devices = grouped(items, (item) => deviceLabel(item, texts));
  const ids = [...new Set(items.map(({ id }) => id))].slice(0, STEPS_AT_MOST);
  if (devices.length < 2 || ids.length < 2) return undefined;
  const rows = devices.map((steps) => {
    const label = deviceLabel(steps[0], texts);
    const byId = new Map(steps.map((step) => [step.id, step]));
    const cells = ids.map((id) => {
      const computeNs = byId.get(id)?.computeNs;
      const told = computeNs === undefined ? '' : formatShortDuration(computeNs);
      return { value: computeNs ?? Number.NaN, tooltip: `${label}, ${texts.columns.step} ${id}: ${told}` };
    });
    return { label, cells };
  });
  return heatMap({ label: `${texts.words.sections.ranks}: ${texts.words.time.compute}`, rows, columnLabels: ids });
}
