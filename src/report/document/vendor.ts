import type { VendorFigure } from '../../analysis/index.ts';
import { fileName } from '../../timeline/index.ts';
import type { ReportVendorFigure } from './report-document.ts';
import { deviceName, wholeNs, wholeNsOrNull } from './values.ts';

/** Times of devices and steps; figures of single ops may be hundreds and are `inspect`'s. */
export function vendorSection(figures: readonly VendorFigure[]): ReportVendorFigure[] {
  return figures
    .filter(({ opType }) => opType === '')
    .map((figure) => ({
      ...deviceName(figure),
      step: figure.step === '' ? null : figure.step,
      figure: figure.figure,
      vendorNs: wholeNsOrNull(figure.vendorNs),
      oursNs: wholeNsOrNull(figure.oursNs),
      differenceNs: wholeNsOrNull(figure.differenceNs),
      roundingNs: wholeNs(figure.roundingNs),
      source: fileName(figure.source),
      window: figure.window ?? null,
    }));
}
