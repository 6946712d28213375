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

/** Every flag of every command, as `--long` and `-s`; the help lists those that Commander adds. */
const flags = [
  ...new Set(
    commands.flatMap((command) =>
      command
        .createHelp()
        .visibleOptions(command)
        .concat(command.options)
        .flatMap(({ long, short }) => [long, short])
        .filter((flag) => flag !== undefined && flag !== null),
    ),
  ),
].sort();

test('the flags are found', () => {
  expect(flags).toEqual(
    expect.arrayContaining(['--output', '-o', '--json', '--strict', '--help', '--version', '--no-color']),
  );
});

describe.each(['README.md', 'README.zh-CN.md'])('%s tells', (path) => {
  const text = textOf(path);

  test.each(flags)('%s', (flag) => {
    expect(text).toMatch(new RegExp(`(?<![\\w-])${flag}(?![\\w-])`));
  });

  test.each(commands.filter((command) => command !== program).map((command) => command.name()))(
    'the command %s',
    (name) => {
      expect(text).toMatch(new RegExp(`\`(traceconv )?${name}\\b`));
    },
  );
});
