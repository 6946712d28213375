/** What a completion script has to know of the command line. */
export interface CommandShape {
  readonly name: string;
  readonly summary: string;
  readonly isDefault: boolean;
  readonly flags: readonly Flag[];
  /** The words a first argument may be; empty where it is a file. */
  readonly choices: readonly string[];
}

export interface Flag {
  readonly words: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
}

export function bashScript(commands: readonly CommandShape[]): string[] {
  return [
    '_traceconv() {',
    `  local word=\${COMP_WORDS[COMP_CWORD]} words`,
    `  case \${COMP_WORDS[1]} in`,
    ...defaultLast(commands).map(({ name, isDefault, choices, flags }) => {
      const words = [...choices, ...flags.flatMap((flag) => flag.words)].join(' ');
      return `    ${isDefault ? '*' : name}) words="${words}" ;;`;
    }),
    '  esac',
    `  if [[ $COMP_CWORD -eq 1 && $word != -* ]]; then words="${commands.map(({ name }) => name).join(' ')}"; fi`,
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    '}',
    'complete -o default -F _traceconv traceconv',
  ];
}

export function zshScript(commands: readonly CommandShape[]): string[] {
  return [
    '#compdef traceconv',
    '_traceconv() {',
    '  local -a commands',
    '  commands=(',
    ...commands.map(({ name, summary }) => `    '${name}:${zshText(summary)}'`),
    '  )',
    "  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then _describe 'command' commands; _files; return; fi",
    '  case $words[2] in',
    ...defaultLast(commands).map((command) => {
      const enter = command.isDefault ? '' : 'shift words; (( CURRENT-- )); ';
      return `    ${command.isDefault ? '*' : command.name}) ${enter}_arguments ${zshArguments(command).join(' ')} ;;`;
    }),
    '  esac',
    '}',
    'compdef _traceconv traceconv',
  ];
}

function zshArguments({ name, flags, choices }: CommandShape): string[] {
  const options = flags.flatMap(({ words, description, takesValue }) =>
    words.map((word) => `'${word}[${zshText(description)}]${takesValue ? ':value:_files' : ''}'`),
  );
  return [...options, choices.length > 0 ? `'1:${name}:(${choices.join(' ')})'` : "'*:file:_files'"];
}

function zshText(text: string): string {
  return text.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&');
}

export function fishScript(commands: readonly CommandShape[]): string[] {
  const named = commands.filter(({ isDefault }) => !isDefault).map(({ name }) => name);
  return commands.flatMap(({ name, summary, isDefault, flags, choices }) => {
    const condition = isDefault
      ? `not __fish_seen_subcommand_from ${named.join(' ')}`
      : `__fish_seen_subcommand_from ${name}`;
    const complete = `complete -c traceconv -n '${condition}'`;
    return [
      `complete -c traceconv -n __fish_use_subcommand -a ${name} -d ${fishText(summary)}`,
      ...flags.map((flag) => `${complete} ${fishFlag(flag)}`),
      ...(choices.length === 0 ? [] : [`${complete} -f -a '${choices.join(' ')}'`]),
    ];
  });
}

function fishFlag({ words, description, takesValue }: Flag): string {
  const spelled = words.map((word) => (word.startsWith('--') ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`));
  return `${spelled.join(' ')}${takesValue ? ' -r' : ''} -d ${fishText(description)}`;
}

function fishText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** The default command is what every other word means, so its case comes after the named ones. */
function defaultLast(commands: readonly CommandShape[]): CommandShape[] {
  return [...commands].sort((a, b) => Number(a.isDefault) - Number(b.isDefault));
}
