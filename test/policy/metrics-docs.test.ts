// docs/metrics.md lists every name that there is.
import { expect, test } from 'vitest';
import { METRIC_FAMILIES } from '../../src/timeline/index.ts';
import { textOf } from '../support/source-files.ts';

test.each(Object.keys(METRIC_FAMILIES))('%s stands in docs/metrics.md', (name) => {
  expect(textOf('docs/metrics.md')).toContain(`\`${name}\``);
});
