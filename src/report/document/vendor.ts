import type { OpFigure, TimeFigure, VendorFigure } from '../../analysis/index.ts';
import { fileName } from '../../timeline/index.ts';
import type { ReportVendorFigure } from './report-document.ts';
import { type DeviceNaming, wholeNs, wholeNsOrNull } from './values.ts';

/** Times of devices and steps; figures of single ops may be hundreds and are `inspect`'s. */
export function vendorSection(figures: readonly VendorFigure[], nameOf: DeviceNaming): ReportVendorFigure[] {
  return figures.flatMap(({ figure: kind, ...figure }) => {
    if (!isTime(kind)) return [];
    return {
      ...nameOf(figure),
      step: figure.step === '' ? null : figure.step,
      figure: kind,
      vendorNs: wholeNsOrNull(figure.vendorNs),
      oursNs: wholeNsOrNull(figure.oursNs),
      differenceNs: wholeNsOrNull(figure.differenceNs),
      roundingNs: wholeNs(figure.roundingNs),
      source: fileName(figure.source),
      window: figure.window ?? null,
    };
  });
}

const TIMES: readonly string[] = ['computing', 'communication', 'exposed communication', 'overlapped', 'free'];

function isTime(figure: TimeFigure | OpFigure): figure is TimeFigure {
  return TIMES.includes(figure);
}
