import {
  type BubbleKind,
  ownThresholdNs,
  combinationsOf,
  type Definition,
  definitionFigures,
  CriticalPaths,
  findings,
  hostFigures,
  hostFlame,
  type Measure,
  type OpGrouping,
  phaseFigures,
  rankFigures,
  type RunAnalysis,
  topOps,
  vendorFigures,
} from '../../analysis/index.ts';
import { runMetrics } from '../../analysis/run-metrics/index.ts';
import { absentSections } from './absent.ts';
import { bubblesSection } from './bubbles.ts';
import { criticalPathSection } from './critical-path.ts';
import { definitionsSection } from './definitions.ts';
import { environmentSection } from './environment.ts';
import type { ReportFacts } from './facts.ts';
import { findingsSection } from './findings.ts';
import { flameSection } from './flame.ts';
import { hostSection } from './host.ts';
import { inputsSection } from './inputs.ts';
import { distributionsSection, latenciesSection, metricsSection, NO_METRICS } from './metrics.ts';
import { overlapSection } from './overlap.ts';
import { qualitySection } from './quality.ts';
import { ranksSection } from './ranks.ts';
import { REPORT_SCHEMA, type ReportDocument, type ReportSelection } from './report-document.ts';
import type { Section } from './sections.ts';
import { NO_STEPS, stepsSection } from './steps.ts';
import { opClassesSection, topOpsSection } from './top-ops.ts';
import { totalsSection, windowSection } from './totals.ts';
import { deviceNaming } from './values.ts';
import { vendorSection } from './vendor.ts';

export interface ReportOptions {
  /** What ops are grouped by; `type` where nothing is said. */
  readonly by?: OpGrouping | undefined;
  /** How many ops and how many single bubbles are named. */
  readonly limit?: number | undefined;
  /** The kind of bubble the report is about, one of those analysed. */
  readonly bubbleKind?: BubbleKind | undefined;
  readonly bubbleThresholdNs?: number | undefined;
  /** Whose numbers to add by their own definitions. */
  readonly definition?: Definition | undefined;
  /** What the stacks of hosts are ordered by, and how many of their frames people see. */
  readonly measure?: Measure | undefined;
  readonly frames?: number | undefined;
  /** Only these; the usual ones where nothing is said. */
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
): Promise<ReportDocument> {
  const { by = 'type', limit = LIMIT, bubbleKind = 'device' } = options;
  const { selection = WHOLE_RUN, definition } = options;
  const { run, devices } = analysis;
  const nameOf = deviceNaming(run);
  const measured = runMetrics(run);
  const absent = absentSections(analysis, measured.groups.length > 0, options);
  const says = (section: Section): boolean => !absent.has(section);
  const ops = says('topops') ? await topOps(analysis, { by, limit }) : [];
  const classes = says('topops') ? await topOps(analysis, { by: 'class' }) : [];
  const combinations =
    says('totals') || says('overlap') ? overlapSection(devices.map(combinationsOf), nameOf) : undefined;
  const isWhole = selection.range === null && selection.steps === null;
  const vendor = isWhole && (says('totals') || says('vendor')) ? vendorFigures(run) : [];
  const hasSteps = says('steps') || says('token') || (says('metrics') && devices.length > 0);
  const metrics = says('metrics') ? measured : NO_METRICS;
  const phases = hasSteps ? phaseFigures(analysis) : [];
  const bubbles = { kind: bubbleKind, thresholdNs: options.bubbleThresholdNs ?? ownThresholdNs(run) };
  return {
    schema: REPORT_SCHEMA,
    tool: facts.tool,
    originNs: String(run.originNs),
    inputs: inputsSection(run, facts.inputs),
    environment: environmentSection(run, facts.inputs),
    window: windowSection(devices),
    selection,
    dataQuality: qualitySection(facts, analysis),
    totals: totalsSection(analysis, combinations, vendor, nameOf),
    steps: hasSteps ? stepsSection(devices, phases, nameOf) : NO_STEPS,
    topOps: topOpsSection(ops),
    opClasses: opClassesSection(classes),
    bubbles: says('bubbles') ? bubblesSection(devices, bubbles, limit, nameOf) : null,
    overlap: says('overlap') ? (combinations ?? []) : [],
    ranks: says('ranks') ? ranksSection(rankFigures(analysis), nameOf) : null,
    criticalPath: says('critical-path') ? criticalPathSection(devices, new CriticalPaths(analysis), nameOf) : [],
    metrics: metricsSection(metrics),
    distributions: distributionsSection(metrics),
    latencies: latenciesSection(metrics, phases),
    metricsLeftOut: metrics.notNumbers,
    findings: says('findings') ? findingsSection(await findings(analysis), nameOf) : [],
    vendor: says('vendor') ? vendorSection(vendor, nameOf) : [],
    definitions:
      definition !== undefined && says('definitions')
        ? definitionsSection(definitionFigures(definition, run), nameOf)
        : null,
    host: says('host') ? hostSection(analysis, hostFigures(analysis), limit, nameOf) : null,
    flame: says('flame') ? flameSection(hostFlame(analysis), options) : null,
    absent: [...absent].map(([section, reason]) => ({ section, reason })),
  };
}
