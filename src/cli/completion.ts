import { type Argument, type Command, Argument as CommandArgument, type Option } from 'commander';
import { bashScript, type CommandShape, type Flag, fishScript, zshScript } from './completion-scripts.ts';
import { EXIT } from './report-error.ts';
import type { Terminal } from './terminal.ts';

const EXAMPLES = `
Examples:
  traceconv completion bash > ~/.local/share/bash-completion/completions/traceconv
  traceconv completion zsh > "\${fpath[1]}/_traceconv"
  traceconv completion fish > ~/.config/fish/completions/traceconv.fish`;

const SHELLS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export function addCompletion(
  program: Command,
  run: (action: (terminal: Terminal) => Promise<number>) => Promise<void>,
): void {
  program
    .command('completion')
    .summary('print a completion script for a shell')
    .description('Prints the script that lets a shell complete commands and flags.')
    .addArgument(new CommandArgument('<shell>', 'which shell').choices(Object.keys(SHELLS)))
    .addHelpText('after', EXAMPLES)
    .action((shell: keyof typeof SHELLS) =>
      run(async (terminal) => {
        await terminal.print(SHELLS[shell](describeCommands(program)));
        return EXIT.ok;
      }),
    );
}

function describeCommands(program: Command): CommandShape[] {
  const help = program.createHelp();
  const common = help.visibleOptions(program).map(describeFlag);
  return program.commands.map((command, index) => ({
    name: command.name(),
    summary: command.summary(),
    isDefault: index === 0,
    flags: [...command.options.map(describeFlag), ...common],
    choices: choicesOf(command.registeredArguments[0]),
  }));
}

function describeFlag(option: Option): Flag {
  const words = [option.short, option.long].filter((word) => word !== undefined && word !== null);
  return { words, description: option.description, takesValue: option.required || option.optional };
}

function choicesOf(argument: Argument | undefined): readonly string[] {
  return argument?.argChoices ?? [];
}
