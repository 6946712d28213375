// Whole reports on fixtures, for people to review in expected/report.
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/locale/index.ts';
import { renderMarkdown } from '../../src/report/markdown/render-markdown.ts';
import { renderText } from '../../src/report/text/render-text.ts';
import { unstyled } from '../../src/report/text/style.ts';
import { fixtureFolders, reportOn } from '../support/report-folders.ts';

const REVIEWED = ['ascend-pt-ranks', 'mindie'];

describe.each(fixtureFolders.filter(([name]) => REVIEWED.includes(name)))('%s', (name, folder) => {
  test.each(LANGUAGES)('reads as reviewed, in %s', async (language) => {
    const { document } = await reportOn(folder);
    const text = unstyled(renderText(document, { language }));
    await expect(text).toMatchFileSnapshot(`expected/report/${name}.${language}.txt`);
  });

  test('reads as reviewed, as markdown', async () => {
    const { document } = await reportOn(folder);
    await expect(renderMarkdown(document, { language: 'en' })).toMatchFileSnapshot(`expected/report/${name}.md`);
  });
});
