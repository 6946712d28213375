// What every report promises to the programs that read it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { BUBBLE_CAUSES, PHASES } from '../../../src/analysis/index.ts';
import { type DeviceName, type ReportDocument, SECTIONS } from '../../../src/report/index.ts';
import { ABSENT_REASONS } from '../../../src/report/document/sections.ts';
import { grouped } from '../../../src/base/index.ts';
import { EXAMPLE } from '../../support/example-report.ts';
import { projectRoot } from '../../support/project.ts';
import { fixtureFolders, type Reported, reportOn, sampleFolders } from '../../support/report-folders.ts';
import { noticeWhenAbsent } from '../../support/samples.ts';

interface Schema {
  readonly $defs: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
  readonly properties: {
    readonly absent: { readonly items: { readonly properties: Record<string, { enum: string[] }> } };
  };
}

const schema: Schema = JSON.parse(readFileSync(join(projectRoot, 'docs/schemas/report-1.schema.json'), 'utf8'));
const isValid = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);

function problemsOf(document: ReportDocument): string[] {
  isValid(JSON.parse(JSON.stringify(document)));
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const nameOf = ({ rank, device, capture }: DeviceName): string => JSON.stringify([rank, device, capture]);

noticeWhenAbsent('reports on real captures');

describe('the published schema', () => {
  it('fits a report in which every section says something', () => {
    expect(problemsOf(EXAMPLE)).toEqual([]);
  });

  it.each([
    ['a field that is not part of the contract', { ...EXAMPLE, madeAt: 'now' }],
    ['a time that is no whole number of ns', { ...EXAMPLE, window: { ...EXAMPLE.window, startNs: 0.5 } }],
    ['a share above 1', { ...EXAMPLE, opClasses: [{ ...EXAMPLE.opClasses[0], share: 1.5 }] }],
    ['a section that is missing', { ...EXAMPLE, totals: undefined }],
  ])('refuses %s', (_, document) => {
    expect(problemsOf(document as ReportDocument)).not.toEqual([]);
  });

  it('names every cause, phase, section and reason there is', () => {
    expect(schema.$defs.cause.enum).toEqual([...BUBBLE_CAUSES]);
    expect(schema.$defs.phase.enum).toEqual([...PHASES]);
    const { section, reason } = schema.properties.absent.items.properties;
    expect(section.enum).toEqual([...SECTIONS]);
    expect(reason.enum).toEqual([...ABSENT_REASONS]);
  });
});

describe.each([...fixtureFolders, ...sampleFolders])('%s', (_, folder) => {
  let reported: Reported;
  beforeAll(async () => {
    reported = await reportOn(folder);
  });

  test('fits the schema', () => {
    expect(problemsOf(reported.document)).toEqual([]);
  });

  test('compute, exposed communication and idle time are the window', () => {
    for (const each of reported.document.totals) {
      expect(each.computeNs + each.exposedCommNs + each.deviceIdleNs).toBe(each.windowNs);
      expect(each.computeIdleNs).toBe(each.deviceIdleNs + each.exposedCommNs);
    }
  });

  test('combinations of each device add up to its window', () => {
    const { overlap, totals } = reported.document;
    const sums = grouped(overlap, nameOf).map((own) => [
      nameOf(own[0]),
      own.reduce((sum, each) => sum + each.totalNs, 0),
    ]);
    expect(sums).toEqual(totals.filter(({ windowNs }) => windowNs > 0).map((each) => [nameOf(each), each.windowNs]));
  });

  test('every kind of diagnostic that is counted is explained', () => {
    const { diagnostics, messages } = reported.document.dataQuality;
    expect(Object.keys(messages)).toEqual(Object.keys(diagnostics));
  });

  test('groups of bubbles and what is below the threshold are all idle time', () => {
    const { bubbles } = reported.document;
    if (bubbles === null) return expect(reported.document.totals).toEqual([]);
    const listedNs = bubbles.groups.reduce((sum, { totalNs }) => sum + totalNs, 0);
    expect(listedNs + bubbles.belowThresholdNs).toBe(bubbles.totalNs);
    const count = (rows: readonly { count: number }[]): number => rows.reduce((sum, row) => sum + row.count, 0);
    expect([count(bubbles.groups), count(bubbles.histogram)]).toEqual([bubbles.count, bubbles.count]);
    for (const { causes, ...all } of bubbles.histogram) {
      const ns = causes.reduce((sum, { totalNs }) => sum + totalNs, 0);
      expect([count(causes), ns]).toEqual([all.count, all.totalNs]);
    }
  });

  test('the evidence of findings has whole nanoseconds', () => {
    const timesNs = reported.document.findings.flatMap(({ evidence }) =>
      Object.entries(evidence).flatMap(([name, value]) => (name.endsWith('Ns') ? [value] : [])),
    );
    expect(timesNs.filter((ns) => !Number.isInteger(ns))).toEqual([]);
  });

  test('every section that says nothing says why', () => {
    const { document } = reported;
    const empty = {
      totals: document.totals.length === 0,
      topops: document.topOps.length === 0,
      bubbles: document.bubbles === null,
      steps: document.steps.items.length === 0,
      ranks: document.ranks === null,
    };
    const excused = document.absent.map(({ section }) => section);
    const silent = Object.entries(empty).flatMap(([section, isEmpty]) => (isEmpty ? [section] : []));
    expect(silent.filter((section) => !excused.some((each) => each === section))).toEqual([]);
  });

  test('is the same when it is made again', async () => {
    const again = await reportOn(folder);
    expect(JSON.stringify(again.document)).toBe(JSON.stringify(reported.document));
  });
});

describe('the environment', () => {
  test('is what the profiler wrote down', async () => {
    const [, folder] = fixtureFolders.find(([name]) => name === 'ascend-pt-ranks') ?? [];
    const { document } = await reportOn(folder ?? '');
    expect(document.environment).toEqual({
      device: 'Ascend NPU',
      chip: null,
      chipName: null,
      toolkit: 'CANN 8.3.RC1, torch_npu 2.7.1',
      ...{ world: 4, tp: 2, pp: 2 },
    });
    expect(new Set(document.inputs.map(({ level }) => level))).toEqual(new Set(['Level1']));
  });
});
