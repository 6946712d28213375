/** A report as one page: the words and tables of all renderers, with charts. */
import type { Language } from '../../locale/index.ts';
import type { ReportDocument } from '../document/report-document.ts';
import type { Section } from '../document/sections.ts';
import { header } from '../parts/header.ts';
import type { Block, Part } from '../parts/part.ts';
import { reportParts } from '../parts/report-parts.ts';
import { type ReportTexts, textsIn } from '../texts.ts';
import { bubbleFigure } from './figures/bubble-figure.ts';
import { rankFigure } from './figures/rank-figure.ts';
import { stepFigure } from './figures/step-figure.ts';
import { tokenFigure } from './figures/token-figure.ts';
import { totalsFigure } from './figures/totals-figure.ts';
import { type Content, html, type Markup } from './markup.ts';
import { page } from './page.ts';
import { sentenceText, tableMarkup } from './table-markup.ts';

/** Pages have room: tables show more rows than a terminal does. */
const ROWS_AT_LEAST = 25;

type Figure = (document: ReportDocument, texts: ReportTexts) => Content;

const FIGURES: Readonly<Partial<Record<Section, Figure>>> = {
  token: tokenFigure,
  totals: totalsFigure,
  bubbles: bubbleFigure,
  steps: stepFigure,
  ranks: rankFigure,
};

export function renderHtml(document: ReportDocument, language: Language, limit = ROWS_AT_LEAST): string {
  const texts = textsIn(language);
  const subtitle = header(document, texts).map((sentence) => html`<p class="quiet">${sentenceText(sentence)}</p>`);
  const parts = reportParts(document, texts, { limit: Math.max(limit, ROWS_AT_LEAST) });
  const sections = parts.map((part) => ({
    id: part.section,
    title: part.title,
    content: [FIGURES[part.section]?.(document, texts), blocksOf(part, texts)],
  }));
  const { report, contents } = texts.words;
  return page(language, { title: report, subtitle, contents }, sections);
}

function blocksOf({ blocks }: Part, texts: ReportTexts): Markup[] {
  return blocks.map((block: Block) => {
    if ('table' in block) return tableMarkup(block.table, texts);
    return html`<p class="${block.isQuiet === true ? 'quiet' : 'said'}">${sentenceText(block.sentence)}</p>`;
  });
}
