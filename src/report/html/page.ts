import type { Language } from '../../locale/index.ts';
import { type Content, html, type Markup } from './markup.ts';
import { STYLE } from './style.ts';

export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly content: Content;
}

export interface PageTexts {
  /** In the title of the window, with what it is about. */
  readonly title: string;
  readonly heading: string;
  readonly subtitle: Content;
  /** What the list of sections is to those who do not see it. */
  readonly contents: string;
  readonly footer: Content;
}

/** The pattern of idle time; every chart of the page refers to it. */
const HATCH = html`<svg class="pattern" width="0" height="0" aria-hidden="true">
  <defs>
    <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="hatch-back" width="5" height="5" />
      <line class="hatch-line" x1="0" y1="0" x2="0" y2="5" />
    </pattern>
  </defs>
</svg>`;

/** One file that needs no other and runs no script: it opens from a disk, a mail or a build server alike. */
export function page(language: Language, texts: PageTexts, sections: readonly PageSection[]): string {
  const links = sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`);
  const body = sections.map(
    ({ id, title, content }): Markup =>
      html`<section id="${id}" aria-labelledby="${id}-title">
        <h2 id="${id}-title">${title}</h2>
        ${content}
      </section>`,
  );
  // prettier-ignore
  const all = html`<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
<title>${texts.title}</title>
${STYLE}
</head>
<body>
${HATCH}
<header>
<h1>${texts.heading}</h1>
${texts.subtitle}
<nav aria-label="${texts.contents}"><ul>${links}</ul></nav>
</header>
<main>${body}</main>
<footer>${texts.footer}</footer>
</body>
</html>`;
  return `<!doctype html>\n${all.text}\n`;
}
