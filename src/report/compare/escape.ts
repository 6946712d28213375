import { visible } from '../text/style.ts';

/** XML 1.0 has no room for these at all, however they are written. */
const NOT_XML = /[\p{Cs}\ufffe\uffff]/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function xmlText(text: string): string {
  return visible(text)
    .replace(NOT_XML, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES[character]);
}

/** Of a workflow command; what stands in a property has to escape its separators, too. */
export function workflowText(text: string): string {
  return visible(text).replaceAll('%', '%25');
}

export function workflowProperty(text: string): string {
  return workflowText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
