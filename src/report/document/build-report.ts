import {
  type BubbleKind,
  BUBBLE_THRESHOLD_NS,
  type DeviceAnalysis,
  type RunAnalysis,
  type TimeWindow,
  vendorFigures,
} from '../../analysis/index.ts';
import { absentSections } from './absent.ts';
import { bubblesSection } from './bubbles.ts';
import { criticalPathSection } from './critical-path.ts';
import { environmentSection } from './environment.ts';
import type { ReportFacts } from './facts.ts';
import { findingsSection } from './findings.ts';
import { inputsSection } from './inputs.ts';
import { overlapSection } from './overlap.ts';
import { qualitySection } from './quality.ts';
import { ranksSection } from './ranks.ts';
import { REPORT_SCHEMA, type ReportDocument, type ReportSelection } from './report-document.ts';
import type { Section } from './sections.ts';
import { type ReportSources, SOURCES } from './sources.ts';
import { NO_STEPS, stepsSection } from './steps.ts';
import { opClassesSection, topOpsSection } from './top-ops.ts';
import { totalsSection, windowSection } from './totals.ts';
import { vendorSection } from './vendor.ts';

export interface ReportOptions {
  /** What ops are grouped by, as `--by` spells it; `type` where nothing is said. */
  readonly by?: string | undefined;
  /** How many ops and how many single bubbles are named. */
  readonly limit?: number | undefined;
  /** The kind of bubble the report is about, one of those analysed. */
  readonly bubbleKind?: BubbleKind | undefined;
  readonly bubbleThresholdNs?: number | undefined;
  /** Only these; all where nothing is said. */
  readonly sections?: readonly Section[] | undefined;
  /** What part of the run the analysis is about. */
  readonly selection?: ReportSelection | undefined;
}

export const LIMIT = 10;
const WHOLE_RUN: ReportSelection = { range: null, steps: null };

export async function buildReport(
  analysis: RunAnalysis,
  facts: ReportFacts,
  options: ReportOptions = {},
  sources: ReportSources = SOURCES,
): Promise<ReportDocument> {
  const { by = 'type', limit = LIMIT, bubbleKind = 'device', bubbleThresholdNs = BUBBLE_THRESHOLD_NS } = options;
  const { selection = WHOLE_RUN } = options;
  const { run, devices } = analysis;
  const absent = absentSections(analysis, options, sources);
  const says = (section: Section): boolean => !absent.has(section);
  const ops = says('topops') ? await sources.topOps?.(analysis, { by, limit }) : undefined;
  const classes = says('topops') ? await sources.topOps?.(analysis, { by: 'class', limit: 100 }) : undefined;
  const { combinations: combinationsOf, criticalPath } = sources;
  const combinations =
    combinationsOf === undefined || !(says('totals') || says('overlap'))
      ? undefined
      : overlapSection(devices.map((each) => combinationsOf(each)));
  const isWhole = selection.range === null && selection.steps === null;
  const vendor = isWhole && (says('totals') || says('vendor')) ? vendorFigures(run) : [];
  const figuresOf = sources.stepFigures ?? ((): [] => []);
  const phases = says('steps') || says('token') ? (sources.phaseFigures?.(analysis) ?? []) : [];
  const ranks = says('ranks') ? sources.ranks?.(analysis) : undefined;
  const pathOf =
    criticalPath && ((device: DeviceAnalysis, window: TimeWindow) => criticalPath(analysis, device, window));
  const bubbles = { kind: bubbleKind, thresholdNs: bubbleThresholdNs };
  return {
    schema: REPORT_SCHEMA,
    tool: facts.tool,
    originNs: String(run.originNs),
    inputs: inputsSection(run, facts.inputs),
    environment: environmentSection(run, facts.inputs),
    window: windowSection(devices),
    selection,
    dataQuality: qualitySection(facts, sources.skewNs?.(analysis)),
    totals: says('totals') ? totalsSection(devices, combinations, vendor) : [],
    steps: says('steps') || says('token') ? stepsSection(devices, figuresOf, phases) : NO_STEPS,
    topOps: topOpsSection(ops ?? []),
    opClasses: opClassesSection(classes ?? []),
    bubbles: says('bubbles') ? bubblesSection(devices, bubbles, limit) : null,
    overlap: says('overlap') ? (combinations ?? []) : [],
    ranks: ranks === undefined ? null : ranksSection(ranks),
    criticalPath: pathOf === undefined || !says('critical-path') ? [] : criticalPathSection(devices, pathOf),
    metrics: [],
    findings: says('findings') ? findingsSection((await sources.findings?.(analysis)) ?? []) : [],
    vendor: says('vendor') ? vendorSection(vendor) : [],
    absent: [...absent].map(([section, reason]) => ({ section, reason })),
  };
}
