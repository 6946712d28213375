// What axe-core finds in a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** By the debugger's protocol, which the page's policy does not bind. */
export async function withAxe(page: Page): Promise<void> {
  await page.evaluate(AXE);
}

export interface Found {
  readonly passes: number;
  readonly serious: readonly string[];
}

export async function serious(page: Page): Promise<Found> {
  const { violations, passes } = await page.evaluate(async (): Promise<Pick<AxeResults, 'violations' | 'passes'>> => {
    const { axe } = window as unknown as { readonly axe: { run(): Promise<AxeResults> } };
    return axe.run();
  });
  return {
    passes: passes.length,
    serious: violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      ),
  };
}
