import { UsageError } from '../base/index.ts';
import { type Writer, writers } from '../writers/index.ts';

/** --to wins, else the end of the name decides. */
export function chooseWriter(outputPath: string, to: string | undefined): Writer {
  if (to !== undefined) {
    const writer = writers.get(to);
    if (writer !== undefined) return writer;
    throw new UsageError('unknown_format', `--to ${to}: no such format`, `formats: ${writers.ids.join(', ')}`);
  }
  if (outputPath === '-') {
    throw new UsageError('format_needed', 'standard output has no name to tell the format', `add ${listFlags()}`);
  }
  const name = outputPath.replace(/\.gz$/i, '').toLowerCase();
  const writer = [...writers].find(({ extensions }) => extensions.some((extension) => name.endsWith(extension)));
  if (writer !== undefined) return writer;
  throw new UsageError(
    'unknown_extension',
    `${outputPath}: the name does not tell a format`,
    `end it in ${listExtensions()}, or add ${listFlags()}`,
  );
}

function listExtensions(): string {
  return `${[...writers].flatMap(({ extensions }) => extensions).join(', ')} (each also with .gz)`;
}

function listFlags(): string {
  return writers.ids.map((id) => `--to ${id}`).join(' or ');
}
