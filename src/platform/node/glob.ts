/** Does a word of the command line hold wildcards (`* ? [a-z] {a,b}`)? */
export function isGlob(text: string): boolean {
  return /[*?[{]/.test(text);
}

/** The folder in front of the first wildcard: nothing outside it can match. `logs/run*\/x` gives `logs`. */
export function fixedFolder(pattern: string): string {
  const parts = pattern.split('/');
  const fixed = parts.slice(0, parts.findIndex(isGlob)).join('/');
  if (fixed !== '') return fixed;
  return pattern.startsWith('/') ? '/' : '.';
}

/**
 * `*` and `?` stay within a name and do not match a leading dot, `**` spans folders, `[a-z]` is one character
 * ([!a-z] any other), `{a,b}` is a choice.
 */
export function globToRegExp(pattern: string): RegExp {
  let source = '';
  let openChoices = 0;
  for (let i = 0; i < pattern.length;) {
    const rest = pattern.slice(i);
    const atNameStart = i === 0 || pattern[i - 1] === '/';
    const set = /^\[(!|\^)?(\]?[^\]/]*)\]/.exec(rest);
    if (rest.startsWith('**/') && atNameStart) {
      source += '(?:(?!\\.)[^/]+/)*';
      i += 3;
    } else if (rest === '**' && atNameStart) {
      source += '(?:(?!\\.)[^/]+/)*(?!\\.)[^/]+';
      i += 2;
    } else if (rest[0] === '*' || rest[0] === '?') {
      source += `${atNameStart ? '(?!\\.)' : ''}[^/]${rest[0] === '*' ? '*' : ''}`;
      i += 1;
    } else if (set !== null) {
      source += `[${set[1] === undefined ? '' : '^/'}${set[2].replace(/[\\\]^]/g, '\\$&')}]`;
      i += set[0].length;
    } else if (rest[0] === '{' && rest.includes('}')) {
      source += '(?:';
      openChoices++;
      i += 1;
    } else if (openChoices > 0 && (rest[0] === '}' || rest[0] === ',')) {
      source += rest[0] === ',' ? '|' : ')';
      if (rest[0] === '}') openChoices--;
      i += 1;
    } else {
      source += rest[0].replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      i += 1;
    }
  }
  return new RegExp(`^${source}${')'.repeat(openChoices)}$`, 's');
}
