import type { ReportRanks } from './report-document.ts';
import type { RankFigures } from '../../analysis/index.ts';
import { type DeviceNaming, known, ratio, wholeNs, wholeNsOrNull } from './values.ts';

export function ranksSection(
  { footing, participants, steps, slow, links }: RankFigures,
  nameOf: DeviceNaming,
): ReportRanks {
  const { method, residual, toleranceNs } = footing;
  return {
    alignment: {
      method,
      residualMedianNs: wholeNsOrNull(residual?.medianNs),
      residualMaxNs: wholeNsOrNull(residual?.maxNs),
      toleranceNs: wholeNsOrNull(toleranceNs),
    },
    items: steps.map((step) => ({
      ...nameOf(participants[step.participant]),
      stepId: step.step === '' ? null : step.step,
      startSkewNs: wholeNsOrNull(step.startSkewNs),
      durNs: wholeNsOrNull(step.durNs),
      computeNs: wholeNsOrNull(step.computeNs),
      exposedCommNs: wholeNsOrNull(step.exposedCommunicationNs),
      idleNs: wholeNsOrNull(step.idleNs),
      waitNs: wholeNsOrNull(step.waitNs),
      transferNs: wholeNsOrNull(step.transferNs),
    })),
    slow: slow.ranks.map(({ participant, votes, collectives, lostNs, confidence, reason }) => ({
      ...nameOf(participants[participant]),
      ...{ votes, collectives, lostNs: wholeNs(lostNs), confidence: ratio(confidence), reason: reason.why },
    })),
    slowLinks: links
      .filter(({ isSlow }) => isSlow)
      .map((link) => ({
        group: link.group === '' ? null : link.group,
        fromRank: known(link.fromRank),
        toRank: known(link.toRank),
        transport: link.transport === '' ? null : link.transport,
        bytesPerSecond: Math.round(link.bytesPerSecond),
        ratio: ratio(link.ratio),
      })),
  };
}
