// A new reader is one file, one line in the registry and one folder of fixtures: the rest of the tests finds it by that.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readers } from '../../src/readers/index.ts';
import { fixtureCases, FOLDER_FIXTURES } from '../support/fixtures.ts';
import { fixturesRoot, foldersIn } from '../support/project.ts';
import { textOf } from '../support/source-files.ts';

describe.each([...readers])('$id', ({ id, vendor, label }) => {
  test('has a fixture, and every fixture its ground truth', () => {
    const cases = fixtureCases(id);
    expect(cases.length).toBeGreaterThan(0);
    for (const name of cases) expect(existsSync(join(fixturesRoot, id, name, 'truth.json')), name).toBe(true);
  });

  test('is named vendor-format, for people and in the documentation', () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
    expect(vendor).not.toBe('');
    expect(label).not.toBe('');
    for (const path of ['README.md', 'README.zh-CN.md', 'docs/formats.md']) expect(textOf(path), path).toContain(id);
  });
});

test('every folder of fixtures belongs to a reader, but the one with whole folders', () => {
  const folders = foldersIn(fixturesRoot).filter((name) => name !== 'generate');
  expect(folders.filter((name) => !readers.ids.includes(name))).toEqual([FOLDER_FIXTURES]);
});

test('every whole folder has its ground truth', () => {
  const cases = fixtureCases(FOLDER_FIXTURES);
  expect(cases.length).toBeGreaterThan(0);
  for (const name of cases)
    expect(existsSync(join(fixturesRoot, FOLDER_FIXTURES, name, 'truth.json')), name).toBe(true);
});
