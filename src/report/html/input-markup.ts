import type { ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { type Content, html } from './markup.ts';

/** What was read, told apart by its bytes, and by what. */
export function inputMarkup({ inputs, tool }: ReportDocument, { columns, sentences }: ReportTexts): Content {
  const rows = inputs.map(
    ({ path, reader, sha256 }) =>
      html`<tr>
        <td class="name">${path}</td>
        <td>${reader}</td>
        <td class="name">${sha256 ?? ''}</td>
      </tr>`,
  );
  return html`<details>
    <summary>${tool.name} ${tool.version} · ${sentences.files(String(inputs.length))}</summary>
    <div class="wide" tabindex="0" role="region" aria-label="${columns.file}">
      <table>
        <thead>
          <tr>
            <th scope="col">${columns.file}</th>
            <th scope="col">${columns.reader}</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </details>`;
}
