// What the options of a report mean.
import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/analysis/index.ts';
import { UsageError } from '../../src/base/index.ts';
import { languageOf } from '../../src/cli/language.ts';
import { parseStepChoice } from '../../src/cli/step-choice.ts';
import { parseDuration } from '../../src/cli/time-range.ts';

describe('--lang, where it is not said', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'zh' }, 'zh'],
    [{ LANG: 'en_US.UTF-8' }, 'en'],
    [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LC_ALL: '', LC_MESSAGES: 'zh_TW', LANG: 'C' }, 'zh'],
    [{ LANG: 'zhx' }, 'en'],
    [{}, 'en'],
  ])('%j is %s', (env, language) => {
    expect(languageOf(env)).toBe(language);
  });
});

describe('--steps', () => {
  const steps = ['0', '3', '7', '10', 'warm-up'].map((id, index): Step => ({
    ...{ id, phase: index === 0 ? 'prefill' : 'decode', startNs: 0, endNs: 1, isFirst: false, isOutlier: false },
  }));
  it.each([
    ['3..10', ['3', '7', '10']],
    ['7', ['7']],
    ['7..', ['7', '10']],
    ['..3', ['0', '3']],
    ['decode', ['3', '7', '10', 'warm-up']],
    ['prefill', ['0']],
  ])('%s', (text, chosen) => {
    expect(steps.filter(parseStepChoice(text)).map(({ id }) => id)).toEqual(chosen);
  });

  it.each(['', '..', 'x', '3..x', '-1', '5..4', '3...4'])('refuses "%s"', (text) => {
    expect(() => parseStepChoice(text)).toThrow(UsageError);
  });
});

describe('--min-bubble', () => {
  it.each([
    ['10us', 10_000],
    ['0ns', 0],
    ['1.5ms', 1_500_000],
  ])('%s', (text, ns) => {
    expect(parseDuration('--min-bubble', text)).toBe(ns);
  });
});
