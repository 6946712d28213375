// Who may import whom: the floors of the house. docs/architecture.md shows the same table to people.
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeOf, filesIn, importsOf, textOf } from '../support/source-files.ts';

interface Room {
  /** Other rooms it may import. */
  readonly rooms: readonly string[];
  readonly packages?: readonly string[];
  /** Whether it may use what only Node has. */
  readonly node?: true;
}

const everything = ['base', 'bytes', 'timeline', 'readers', 'writers', 'analysis', 'session', 'platform'];

const ROOMS: Readonly<Record<string, Room>> = {
  base: { rooms: [] },
  bytes: { rooms: ['base'] },
  timeline: { rooms: ['base', 'bytes'] },
  readers: { rooms: ['timeline', 'bytes', 'base'] },
  writers: { rooms: ['timeline', 'bytes', 'base'], packages: ['protobufjs'] },
  analysis: { rooms: ['timeline', 'base'] },
  session: { rooms: ['analysis', 'writers', 'readers', 'timeline', 'bytes', 'base'] },
  platform: { rooms: ['session', 'timeline', 'bytes', 'base'], node: true },
  cli: { rooms: everything, packages: ['commander'], node: true },
  'index.ts': { rooms: ['session', 'analysis', 'writers', 'readers', 'timeline', 'base', 'platform'] },
  'cli.ts': { rooms: ['cli'], node: true },
};

const sources = filesIn('src', /\.ts$/);
const roomOf = (path: string): string => path.split('/')[1];

test('every source file stands in a room of the table, and every room has files', () => {
  expect(new Set(sources.map(roomOf))).toEqual(new Set(Object.keys(ROOMS)));
});

test('imports of every kind are seen', () => {
  expect(importsOf('src/readers/chrome/chrome-json.ts')).toEqual(
    expect.arrayContaining(['../reader.ts', '../trace-events/load.ts']),
  );
  expect(importsOf('src/index.ts')).toContain('./timeline/cut.ts');
});

describe('imports of', () => {
  test.each(sources)('%s', (path) => {
    const room = ROOMS[roomOf(path)];
    for (const specifier of importsOf(path)) {
      if (specifier.startsWith('.')) {
        const target = roomOf(posix.join(posix.dirname(path), specifier));
        const allowed = [roomOf(path), ...room.rooms];
        expect(allowed, `${path} imports ${specifier}`).toContain(target);
      } else if (specifier.startsWith('node:')) {
        expect(room.node, `${path} imports ${specifier}`).toBe(true);
      } else {
        const name = specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/');
        expect(room.packages ?? [], `${path} imports ${specifier}`).toContain(name);
      }
    }
  });
});

describe('rooms that also run in a browser', () => {
  const portable = sources.filter((path) => ROOMS[roomOf(path)].node === undefined && roomOf(path) !== 'index.ts');

  const ONLY_NODE = [
    /\b(Buffer|console|require|__dirname|__filename|setImmediate)\b/,
    /\bprocess\.(argv|env|exit|cwd|std(in|out|err)|platform|version|hrtime|memoryUsage|on|once)\b/,
  ];

  test.each(portable)('%s uses nothing that only Node has, and prints nothing', (path) => {
    const code = codeOf(path);
    expect(ONLY_NODE.flatMap((pattern) => pattern.exec(code)?.[0] ?? [])).toEqual([]);
  });

  test('are compiled without the types of Node', () => {
    const included: string[] = JSON.parse(textOf('tsconfig.portable.json')).include;
    const rooms = new Set(portable.map((path) => `src/${roomOf(path)}`));
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
