import type { ReportDocument } from '../document/report-document.ts';
import { type AbsentReason, type Section, SECTIONS } from '../document/sections.ts';
import type { ReportTexts } from '../texts.ts';
import { bubblesPart } from './bubbles-part.ts';
import { criticalPathPart } from './critical-path-part.ts';
import { definitionsPart } from './definitions-part.ts';
import { flamePart } from './flame-part.ts';
import { findingsPart } from './findings-part.ts';
import { hostPart } from './host-part.ts';
import { metricsPart } from './metrics-part.ts';
import { overlapPart } from './overlap-part.ts';
import type { Part, PartOptions } from './part.ts';
import { qualityPart } from './quality-part.ts';
import { ranksPart } from './ranks-part.ts';
import { stepsPart } from './steps-part.ts';
import { tokenPart } from './token-part.ts';
import { topOpsPart } from './top-ops-part.ts';
import { totalsPart } from './totals-part.ts';
import { vendorPart } from './vendor-part.ts';

type MakePart = (document: ReportDocument, texts: ReportTexts, options: PartOptions) => Part;

const PARTS: Readonly<Record<Section, MakePart>> = {
  metrics: metricsPart,
  token: tokenPart,
  totals: totalsPart,
  findings: findingsPart,
  topops: topOpsPart,
  bubbles: bubblesPart,
  steps: stepsPart,
  ranks: ranksPart,
  overlap: overlapPart,
  'critical-path': criticalPathPart,
  vendor: vendorPart,
  definitions: definitionsPart,
  host: hostPart,
  flame: flamePart,
  quality: qualityPart,
};

/** What the reader can do something about, and the section that says it best; the other reasons are for machines. */
const SAID: Readonly<Partial<Record<AbsentReason, Section>>> = {
  'no-device': 'totals',
  'no-trace': 'totals',
  'no-steps': 'steps',
  'some-steps': 'host',
};

/** What there is to read, in order. Why several sections have nothing to say is said once. */
export function reportParts(document: ReportDocument, texts: ReportTexts, options: PartOptions): Part[] {
  const reasons = new Map(document.absent.map(({ section, reason }) => [section, reason]));
  const saidBy = (reason: AbsentReason): Section | undefined => {
    const best = SAID[reason];
    return best && [best, ...SECTIONS].find((section) => reasons.get(section) === reason);
  };
  return SECTIONS.flatMap((section) => {
    const reason = reasons.get(section);
    if (reason === undefined)
      return [partOf(document, section, texts, options)].filter(({ blocks }) => blocks.length > 0);
    if (saidBy(reason) !== section) return [];
    const blocks = [{ sentence: [texts.words.absent[reason]], isQuiet: true }];
    return [{ section, title: texts.words.sections[section], blocks, main: undefined }];
  });
}

export function partOf(document: ReportDocument, section: Section, texts: ReportTexts, options: PartOptions): Part {
  return PARTS[section](document, texts, options);
}
