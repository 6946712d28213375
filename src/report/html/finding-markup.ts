import type { FindingBlock } from '../parts/part.ts';
import type { ReportTexts } from '../texts.ts';
import { html, type Markup } from './markup.ts';

/** What a rule found as a card: what it is, what is at stake, then what to do about it. */
export function findingMarkup(finding: FindingBlock, { sentences }: ReportTexts): Markup {
  const { number, title, stake, explanation, notes, place } = finding;
  const noted = notes.map(
    ({ label, note }) =>
      html`<dt>${label}</dt>
        <dd>${note}</dd>`,
  );
  const shown =
    place !== undefined &&
    html`<dt>${sentences.zoom}</dt>
      <dd><code>${place.option}</code></dd>`;
  return html`<article class="finding" aria-labelledby="finding-${number}">
    <h3 id="finding-${number}">${number}. ${title.prose}</h3>
    <p class="stake">${stake}</p>
    <p>${explanation.prose}</p>
    <dl>${noted}${shown}</dl>
  </article>`;
}
