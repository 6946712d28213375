// Who may import whom: the floors of the house. docs/architecture.md shows the same table to people.
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeOf, filesIn, importsOf, textOf, withoutStrings } from '../support/source-files.ts';

interface Room {
  /** Other rooms it may import. */
  readonly rooms: readonly string[];
  readonly packages?: readonly string[];
  /** Whether it may use what only Node has. */
  readonly node?: true;
}

const everything = [
  'base',
  'bytes',
  'timeline',
  'readers',
  'writers',
  'analysis',
  'locale',
  'report',
  'session',
  'server',
  'platform/node',
  'platform/browser',
];

const ROOMS: Readonly<Record<string, Room>> = {
  base: { rooms: [] },
  bytes: { rooms: ['base'] },
  timeline: { rooms: ['base', 'bytes'] },
  readers: { rooms: ['timeline', 'bytes', 'base'], packages: ['sql.js'] },
  writers: { rooms: ['timeline', 'bytes', 'base'], packages: ['protobufjs'] },
  analysis: { rooms: ['timeline', 'base'] },
  locale: { rooms: ['base'] },
  report: { rooms: ['analysis', 'timeline', 'locale', 'base'], packages: ['d3-scale'] },
  session: { rooms: ['report', 'analysis', 'locale', 'writers', 'readers', 'timeline', 'bytes', 'base'] },
  'platform/browser': { rooms: ['base'] },
  'platform/node': { rooms: ['session', 'timeline', 'bytes', 'base'], node: true },
  server: { rooms: ['session', 'base'], node: true },
  cli: { rooms: everything, packages: ['commander', 'yaml'], node: true },
  'index.ts': {
    rooms: ['session', 'analysis', 'report', 'locale', 'writers', 'readers', 'timeline', 'base', 'platform/node'],
  },
  'cli.ts': { rooms: ['cli'], node: true },
};

const sources = filesIn('src', /\.ts$/);
/** One for each machine that there is a platform for. */
const roomOf = (path: string): string => {
  const [, room, inside] = path.split('/');
  return room === 'platform' ? `${room}/${inside}` : room;
};

test('every source file stands in a room of the table, and every room has files', () => {
  expect(new Set(sources.map(roomOf))).toEqual(new Set(Object.keys(ROOMS)));
});

test('imports of every kind are seen', () => {
  expect(importsOf('src/readers/chrome/chrome-json.ts')).toEqual(
    expect.arrayContaining(['../reader.ts', '../trace-events/load.ts']),
  );
  expect(importsOf('src/index.ts')).toContain('./timeline/cut.ts');
});

test('no file imports what its room may not', () => {
  const forbidden = sources.flatMap((path) =>
    importsOf(path).flatMap((specifier) => (mayImport(path, specifier) ? [] : [`${path} imports ${specifier}`])),
  );
  expect(forbidden).toEqual([]);
});

describe('the viewer', () => {
  const MAY_IMPORT =
    /^(viewer|src\/(base|locale|report|analysis)|src\/session\/requests\/(protocol|codec|failure)\.ts$)/;
  const WORKER = 'viewer/worker.ts';
  const pages = filesIn('viewer', /\.ts$/).filter((path) => path !== WORKER);

  test('draws: it imports what requests and answers are, words, and kinds of what is drawn', () => {
    expect(pages.length).toBeGreaterThan(5);
    const forbidden = pages.flatMap((path) =>
      importsOf(path).flatMap((specifier) => {
        if (!specifier.startsWith('.')) return specifier === 'd3' ? [] : [`${path} imports ${specifier}`];
        const target = posix.join(posix.dirname(path), specifier);
        return MAY_IMPORT.test(target) || isTypeOnly(path, specifier) ? [] : [`${path} imports ${target}`];
      }),
    );
    expect(forbidden).toEqual([]);
  });

  test('reads files in its worker alone', () => {
    const targets = importsOf(WORKER).map((specifier) => posix.join(posix.dirname(WORKER), specifier));
    expect(targets).toContain('src/platform/browser/index.ts');
    expect(targets.filter((path) => !/^(viewer\/api|src\/(session|platform\/browser))\//.test(path))).toEqual([]);
  });
});

/** What leaves nothing behind in the page's script. */
function isTypeOnly(path: string, specifier: string): boolean {
  const imports = codeOf(path).split(/(?<=from '[^']*';)/);
  const own = imports.filter((text) => text.includes(`from '${specifier}'`));
  return own.length > 0 && own.every((text) => /^\s*(import|export) type\b/.test(text));
}

function mayImport(path: string, specifier: string): boolean {
  const room = ROOMS[roomOf(path)];
  if (specifier.startsWith('node:')) return room.node === true;
  if (specifier.startsWith('.')) {
    const target = roomOf(posix.join(posix.dirname(path), specifier));
    return target === roomOf(path) || room.rooms.includes(target);
  }
  const parts = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1);
  return room.packages?.includes(parts.join('/')) === true;
}

test('the rule bites', () => {
  expect(mayImport('src/bytes/x.ts', '../timeline/index.ts')).toBe(false);
  expect(mayImport('src/timeline/x.ts', '../bytes/index.ts')).toBe(true);
  expect(mayImport('src/readers/x/y.ts', '../../writers/index.ts')).toBe(false);
  expect(mayImport('src/session/x.ts', 'node:fs')).toBe(false);
  expect(mayImport('src/writers/x/y.ts', 'protobufjs/minimal.js')).toBe(true);
  expect(mayImport('src/analysis/x.ts', 'd3')).toBe(false);
});

describe('rooms that also run in a browser', () => {
  const portable = sources.filter((path) => ROOMS[roomOf(path)].node === undefined && roomOf(path) !== 'index.ts');

  const ONLY_NODE = [
    /\b(Buffer|console|require|__dirname|__filename|setImmediate)\b/,
    /\bprocess\.(argv|env|exit|cwd|std(in|out|err)|platform|version|hrtime|memoryUsage|on|once)\b/,
  ];

  test('use nothing that only Node has, and print nothing', () => {
    const found = portable.flatMap((path) =>
      ONLY_NODE.flatMap((pattern) => pattern.exec(withoutStrings(codeOf(path))) ?? []).map(
        (word) => `${path}: ${word}`,
      ),
    );
    expect(found).toEqual([]);
  });

  test('are compiled without the types of Node', () => {
    const included: string[] = JSON.parse(textOf('tsconfig.portable.json')).include;
    const rooms = new Set(portable.map((path) => `src/${roomOf(path)}`));
    expect(rooms).toContain('src/platform/browser');
    expect([...rooms].filter((room) => !included.includes(room))).toEqual([]);
  });
});

test('only the command line prints', () => {
  const elsewhere = sources.filter((path) => !path.startsWith('src/cli'));
  expect(elsewhere.filter((path) => /\bconsole\./.test(codeOf(path)))).toEqual([]);
});

test('docs/architecture.md shows the same table', () => {
  const rows = textOf('docs/architecture.md').match(/^\| `?src\/.*$/gm) ?? [];
  const cells = rows.map((row) => row.split('|').slice(1, 4).map(words));
  const shown = new Map(cells.map(([[room], rooms, packages]) => [room.replace('src/', ''), { rooms, packages }]));
  for (const [room, { rooms, packages = [] }] of Object.entries(ROOMS)) {
    if (room === 'cli.ts') continue; // the few lines that start the room of that name
    const wanted = room === 'cli' ? ['everything'] : [...rooms].sort();
    expect(shown.get(room), room).toEqual({ rooms: wanted, packages: [...packages].sort() });
  }
});

function words(cell: string): string[] {
  const all = cell.replaceAll('`', '').split(/[\s,]+/);
  return all.filter((word) => word !== '').sort();
}
