// The first command of the README.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from './command.ts';

test('the demo lists ten ops and writes both traces', () => {
  const startedMs = Date.now();
  const said = execFileSync(process.execPath, [join(PROJECT, 'scripts', 'demo.mjs')], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  const [, ops] = /The ten ops[^\n]*\n[^\n]*\n((?:  .*\n)+)/.exec(said) ?? [];
  const rows = ops.trimEnd().split('\n');
  expect(rows).toHaveLength(10);
  for (const row of rows) expect(row).toMatch(/^  \S.* +[\d,]+ +\d+\.\d{3} +\d+\.\d{3} +\d+\.\d%$/);
  for (const name of ['demo.json', 'demo.pftrace']) {
    const written = statSync(join(PROJECT, 'out', name));
    expect(written.size).toBeGreaterThan(10_000);
    // Files may count time more coarsely than the clock.
    expect(written.mtimeMs).toBeGreaterThan(startedMs - 2000);
  }
});
