import { appendFile } from 'node:fs/promises';
import type { Comparison } from '../analysis/compare/index.ts';
import { EnvironmentError, UsageError } from '../base/index.ts';
import { COMPARE_TEXTS } from '../locale/compare.ts';
import type { Language } from '../locale/index.ts';
import { writeOutput } from '../platform/node/index.ts';
import { renderGithub, renderHtml, renderJson, renderJunit, renderMarkdown } from '../report/compare/index.ts';
import type { Terminal } from './terminal.ts';

const RENDERERS: Readonly<Record<string, (comparison: Comparison, language: Language) => string>> = {
  md: (comparison, language) => renderMarkdown(comparison, COMPARE_TEXTS[language]),
  html: (comparison, language) => renderHtml(comparison, COMPARE_TEXTS[language], language),
  json: renderJson,
  junit: (comparison, language) => renderJunit(comparison, COMPARE_TEXTS[language]),
};

/** `md=pr.md`, `junit=r.xml`, `github`: a form and where it goes; annotations go where GitHub looks for them. */
export interface ReportTarget {
  readonly form: string;
  /** undefined for annotations. */
  readonly path: string | undefined;
}

export function parseReports(words: readonly string[]): ReportTarget[] {
  const targets = words.map((word) => {
    const at = word.indexOf('=');
    const form = at < 0 ? word : word.slice(0, at);
    const path = at < 0 ? undefined : word.slice(at + 1);
    const isKnown = form === 'github' ? path === undefined : Object.keys(RENDERERS).includes(form) && path;
    if (isKnown) return { form, path };
    throw new UsageError(
      'bad_report',
      `--report ${word}: no such report`,
      `write ${Object.keys(RENDERERS).join('=<file>, ')}=<file> or github`,
    );
  });
  const paths = targets.map(({ path }) => path);
  const twice = paths.find((path, i) => path !== undefined && paths.indexOf(path) !== i);
  if (twice === undefined) return targets;
  throw new UsageError('same_report', `two reports go to ${twice}`, 'give each a file of its own');
}

export async function writeReports(
  targets: readonly ReportTarget[],
  comparison: Comparison,
  language: Language,
  terminal: Terminal,
): Promise<void> {
  for (const { form, path } of targets) {
    if (path === undefined) {
      await terminal.print(renderGithub(comparison, COMPARE_TEXTS[language]));
      await addStepSummary(renderMarkdown(comparison, COMPARE_TEXTS[language]));
    } else {
      const bytes = new TextEncoder().encode(RENDERERS[form](comparison, language));
      await writeOutput(path, (output) => output.write(bytes));
    }
  }
}

/** GitHub shows what a step appends to this file on the page of the run. */
async function addStepSummary(markdown: string): Promise<void> {
  const path = process.env.GITHUB_STEP_SUMMARY ?? '';
  if (path === '') return;
  await appendFile(path, markdown).catch((error: unknown) => {
    throw new EnvironmentError(
      'write_failed',
      path,
      `${path}: ${error instanceof Error ? error.message : 'cannot be written'}`,
    );
  });
}
