// What the command line knows, both READMEs tell.
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../src/cli/main.ts';
import { textOf } from '../support/source-files.ts';

const program = createProgram(async () => undefined);

function commandsOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(commandsOf)];
}

const commands = commandsOf(program);

/** Every option of every command by its long name, with those that Commander adds itself. */
const flags = [
  ...new Set(
    commands.flatMap((command) => {
      const options = [...command.createHelp().visibleOptions(command), ...command.options];
      return options.map(({ long, short }) => long ?? short ?? '');
    }),
  ),
].sort();

test('the flags are found', () => {
  expect(flags).toEqual(
    expect.arrayContaining(['--output', '--json', '--strict', '--help', '--version', '--no-color']),
  );
});

describe.each(['README.md', 'README.zh-CN.md'])('%s tells', (path) => {
  const text = textOf(path);

  test.each(flags)('%s', (flag) => {
    expect(new RegExp(`(?<![\\w-])${flag}(?![\\w-])`).test(text)).toBe(true);
  });

  const names = commands.filter((command) => command !== program).map((command) => command.name());

  test.each(names)('the command %s', (name) => {
    expect(new RegExp(`(\`|traceconv )${name}\\b`).test(text)).toBe(true);
  });
});
