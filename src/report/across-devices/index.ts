/** One model on two vendors' devices, for people and for programs. No number is worked out here. */
import type { AcrossDevices } from '../../analysis/across-devices/index.ts';
import { ACROSS_TEXTS } from '../../locale/across-devices.ts';
import type { Language } from '../../locale/index.ts';
import { checkDocuments } from '../compare/check-text.ts';
import { acrossParts } from './parts.ts';
import { plainHtml, plainMarkdown, plainText } from '../plain-page/render.ts';

/** Unmapped ops of a side in forms that are read as a whole; HTML and JSON have more. */
const FEW = 10;

export function renderAcrossText(compared: AcrossDevices, language: Language): string[] {
  return plainText(acrossParts(compared, ACROSS_TEXTS[language], FEW));
}

export function renderAcrossMarkdown(compared: AcrossDevices, language: Language): string {
  return plainMarkdown(acrossParts(compared, ACROSS_TEXTS[language], FEW));
}

export function renderAcrossHtml(compared: AcrossDevices, language: Language): string {
  const texts = ACROSS_TEXTS[language];
  return plainHtml(acrossParts(compared, texts, Number.POSITIVE_INFINITY), language, texts.compare.contents);
}

/** The document of docs/schemas/across-devices-1.schema.json. */
export function renderAcrossJson(compared: AcrossDevices): string {
  const document = { ...compared, checks: checkDocuments(compared.checks) };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
