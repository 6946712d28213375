// What a browser has to load before it shows anything.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { projectRoot } from '../support/project.ts';

const MOST_BYTES = 200_000;
const BUILT = join(projectRoot, 'dist', 'viewer');

test('the viewer is built', () => {
  expect(existsSync(join(BUILT, 'index.html')), 'npm run setup').toBe(true);
});

test(`the scripts of the first load are below ${MOST_BYTES / 1000} kB, compressed`, () => {
  const page = readFileSync(join(BUILT, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)].map(([, path]) => path);
  expect(scripts).toHaveLength(1);
  const sizes = scripts.map((path) => gzipSync(readFileSync(join(BUILT, path))).length);
  expect(sizes[0]).toBeGreaterThan(10_000);
  expect(sizes[0]).toBeLessThan(MOST_BYTES);
  // It loads no other one later, but the worker.
  const built = readdirSync(join(BUILT, 'assets')).filter((name) => name.endsWith('.js'));
  expect(built.filter((name) => !name.startsWith('worker-'))).toHaveLength(1);
});

test('the page and the single file allow no script and no style but their own', () => {
  for (const name of ['index.html', 'viewer.html']) {
    const page = readFileSync(join(BUILT, name), 'utf8');
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    expect(policy, name).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
    expect(page.replaceAll(/<script\b[\s\S]*?<\/script>/g, '')).not.toMatch(/\s(on\w+|style)=|https?:\/\//);
  }
});
