import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { byNearness } from '../base/index.ts';
import { EXIT } from './report-error.ts';

/** One letter in three may be wrong: more is another word. */
const LETTERS_PER_MISTAKE = 3;

/** A word that is no command is an input of `convert`: unless nothing has that name and a command nearly has it. */
export function refuseMistypedCommand(program: Command): void {
  const [word = ''] = program.args;
  const names = program.commands.map((command) => command.name());
  if (names.includes(word) || !/^[a-z]+$/i.test(word) || existsSync(word)) return;
  const [{ name, distance }] = byNearness(word.toLowerCase(), names);
  if (distance * LETTERS_PER_MISTAKE > name.length) return;
  program.error(`error: unknown command "${word}": did you mean ${name}?`, { exitCode: EXIT.usage });
}
