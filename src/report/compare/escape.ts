/** Names in a trace are anybody's text. Each format has its own way of keeping them text. */

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** No control characters, and no marks that turn the direction of writing. */
export function plainText(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** In the middle of a line or a cell: no markup, no HTML, no mention of a person. */
export function markdownText(text: string): string {
  return plainText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#|~!]/g, '\\$&')
    .replaceAll('@', '&#64;')
    .replace(/:\/\//g, '&#58;//');
}

export function htmlText(text: string): string {
  return plainText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Also what XML 1.0 has no room for at all. */
export function xmlText(text: string): string {
  return htmlText(text).replace(/[\ufffe\uffff]/g, '\ufffd');
}

/** Of a workflow command; what stands in a property has to escape its separators, too. */
export function workflowText(text: string): string {
  return plainText(text).replaceAll('%', '%25');
}

export function workflowProperty(text: string): string {
  return workflowText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
