/** A report as one page: the words and tables of all renderers, with charts. */
import type { Language } from '../../locale/index.ts';
import type { ReportDocument } from '../document/report-document.ts';
import type { Section } from '../document/sections.ts';
import { header } from '../parts/header.ts';
import { type Block, type Part, textOfPiece } from '../parts/part.ts';
import { rowsFor } from '../parts/rows-for.ts';
import { reportParts } from '../parts/report-parts.ts';
import { type ReportTexts, textsFor } from '../texts.ts';
import { findingMarkup } from './finding-markup.ts';
import { bubbleFigure } from './figures/bubble-figure.ts';
import { flameFigure } from './figures/flame-figure.ts';
import { metricsFigure } from './figures/metrics-figure.ts';
import { opClassFigure } from './figures/op-class-figure.ts';
import { rankFigure } from './figures/rank-figure.ts';
import { stepFigure } from './figures/step-figure.ts';
import { tokenFigure } from './figures/token-figure.ts';
import { totalsFigure } from './figures/totals-figure.ts';
import { inputMarkup } from './input-markup.ts';
import { type Content, html, type Markup } from './markup.ts';
import { page } from './page.ts';
import { sentenceText, tableMarkup } from './table-markup.ts';

type Figure = (document: ReportDocument, texts: ReportTexts) => Content;

const FIGURES: Readonly<Partial<Record<Section, Figure>>> = {
  metrics: metricsFigure,
  token: tokenFigure,
  totals: totalsFigure,
  topops: opClassFigure,
  bubbles: bubbleFigure,
  steps: stepFigure,
  ranks: rankFigure,
  flame: flameFigure,
};

export interface HtmlOptions {
  readonly language: Language;
  /** How many rows of each table; never fewer than pages have room for. */
  readonly top?: number | undefined;
}

export function renderHtml(document: ReportDocument, { language, top }: HtmlOptions): string {
  const texts = textsFor(document, language);
  const [about = [], ...more] = header(document, texts);
  const subtitle = [about, ...more].map((sentence) => html`<p class="quiet">${sentenceText(sentence)}</p>`);
  const parts = reportParts(document, texts, rowsFor('page', top));
  const sections = parts.map((part) => ({
    id: part.section,
    title: part.title,
    content: [FIGURES[part.section]?.(document, texts), blocksOf(part, texts)],
  }));
  const { report, contents } = texts.words;
  const title = [report, about.map(textOfPiece).join('')].filter((text) => text !== '').join(' · ');
  return page(language, { title, heading: report, subtitle, contents, footer: inputMarkup(document, texts) }, sections);
}

function blocksOf({ title, blocks }: Part, texts: ReportTexts): Markup[] {
  return blocks.map((block: Block) => {
    if ('table' in block) return tableMarkup(block.table, title, texts);
    if ('finding' in block) return findingMarkup(block.finding, texts);
    return html`<p class="${block.isQuiet === true ? 'quiet' : 'said'}">${sentenceText(block.sentence)}</p>`;
  });
}
