export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'blue' | 'cyan';

const STYLE_CODES: Record<Style, readonly [on: number, off: number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  blue: [34, 39],
  cyan: [36, 39],
};

/** For terminals. Whoever prints takes styles away again where nobody wants them. */
export function styled(text: string, style: Style): string {
  const [on, off] = STYLE_CODES[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

export function unstyled(line: string): string {
  return line.replace(/\u001b\[\d+m/g, '');
}

/**
 * Names in a trace or a folder are anybody's text: control characters could move the cursor or recolour the screen,
 * and marks that turn the writing direction could make a line read as another.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}
