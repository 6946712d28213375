import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, projectRoot } from './project.ts';

/** Paths of files from the project's root, with `/` between folders. */
export function filesIn(folder: string, pattern: RegExp): string[] {
  const root = join(projectRoot, folder);
  if (!existsSync(root)) return [];
  return filesBelow(root)
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => pattern.test(path));
}

export function textOf(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}

/** Code without its comments; what stands in strings is left as it is. */
export function codeOf(path: string): string {
  const stringOrComment =
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|(^|[^:\\/])\/\/[^\n]*/gm;
  return textOf(path).replace(stringOrComment, (_, string?: string, before?: string) => string ?? before ?? '');
}

/** Code with every string empty. */
export function withoutStrings(code: string): string {
  return code.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g, "''");
}

/** Every file under version control, or what would be, where git knows the project; undefined elsewhere. */
export function trackedFiles(): string[] | undefined {
  try {
    const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: projectRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return output.split('\0').filter((path) => path !== '' && existsSync(join(projectRoot, path)));
  } catch {
    return undefined;
  }
}

/** What a file imports: specifiers of static, type-only, re-exporting and dynamic imports. */
export function importsOf(path: string): string[] {
  const found = codeOf(path).matchAll(
    /(?:^|[\s;}])(?:import|export)\b(?:[^;'"`]*?\bfrom)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
  );
  return [...found].map(([, fixed, dynamic]) => fixed ?? dynamic);
}
