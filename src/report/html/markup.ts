/**
 * Text that is HTML already. Everything else that is put into a template is escaped, so a name from a trace can never
 * become markup: there is no other way to make a Markup than the template, and no way to opt out.
 */
export class Markup {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  static of(strings: TemplateStringsArray, values: readonly Content[]): Markup {
    return new Markup(strings.reduce((text, literal, i) => `${text}${textOf(values[i - 1])}${literal}`));
  }
}

/** undefined and false are nothing at all. */
export type Content = Markup | string | number | undefined | false | readonly Content[];

/** Markup with values put in: `html\`<b>${name}</b>\``. Attributes have to stand in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return Markup.of(strings, values);
}

function textOf(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(textOf).join('');
  return escaped(`${content}`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Marks that turn the writing direction or hide, and control characters, are shown by their number. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
