// Rules for what is written, whoever writes it.
import { describe, expect, test } from 'vitest';
import { codeOf, filesIn, textOf, trackedFiles, withoutStrings } from '../support/source-files.ts';

const MOST_LINES = 400;

const typescript = ['src', 'viewer', 'test', 'bench', 'fixtures/generate'].flatMap((folder) =>
  filesIn(folder, /\.tsx?$/),
);

test('there are files to look at', () => {
  expect(typescript.length).toBeGreaterThan(100);
});

test(`no file has more than ${MOST_LINES} lines`, () => {
  const lengths = typescript.map((path) => [path, textOf(path).trimEnd().split('\n').length] as const);
  expect(lengths.filter(([, lines]) => lines > MOST_LINES)).toEqual([]);
});

test('no type is given up', () => {
  const given = typescript.filter((path) => /(:|\bas|<|,|\|)\s*any\b(?!\w|['"`])/.test(withoutStrings(codeOf(path))));
  expect(given).toEqual([]);
});

test('no checker is silenced', () => {
  const silenced = typescript.filter((path) => /@ts-(ignore|nocheck|expect-error)|eslint-disable/.test(textOf(path)));
  expect(silenced.filter((path) => path !== 'test/policy/source.test.ts')).toEqual([]);
});

test('relative imports name the file they mean', () => {
  const vague = typescript.filter((path) => /from '\.{1,2}\/[^']*(?<!\.ts|\.mjs|\.json)'/.test(codeOf(path)));
  // AssemblyScript looks like TypeScript, but its compiler takes no extensions.
  expect(vague.filter((path) => !path.includes('/wasm/assembly/'))).toEqual([]);
});

describe('what is under version control', () => {
  const files = trackedFiles();
  if (files === undefined) console.warn('SKIPPED: git does not know this folder, so nothing says what is tracked');

  /** Paths of the machines that people work on. Those in captures are made up. */
  const MACHINE_PATH = /(^|[\s"'`(=:])(\/work\/|\/home\/\w|\/root\/|\/Users\/\w|[A-Z]:\\Users\\)/;
  /** Packages come from wherever the user's npm is set up to find them. */
  const REGISTRY = /https?:\/\/[\w.-]*(registry|npmmirror|verdaccio|artifactory|jfrog)[\w.-]*/i;

  test.skipIf(files === undefined)('names no path of a machine and no registry', () => {
    const text = files!.filter(
      (path) => !/^fixtures\/[^/]+\/[^/]+\/|\.(png|gz|wasm)$/.test(path) && !path.startsWith('test/policy/'),
    );
    expect(text.length).toBeGreaterThan(100);
    expect(text.filter((path) => MACHINE_PATH.test(textOf(path)))).toEqual([]);
    expect(text.filter((path) => REGISTRY.test(textOf(path)))).toEqual([]);
  });

  test.skipIf(files === undefined)('holds no capture but the fixtures', () => {
    const captures = files!.filter((path) =>
      /(trace_view|msprof_\w*|\.pt\.trace)\.json(\.gz)?$|\.(pftrace|db)$/.test(path),
    );
    expect(captures.filter((path) => !path.startsWith('fixtures/'))).toEqual([]);
  });
});
