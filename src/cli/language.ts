import type { Language } from '../locale/index.ts';

/** Of the terminal's environment, as POSIX orders it: LC_ALL, LC_MESSAGES, LANG. English where nothing is said. */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  const [locale = ''] = [LC_ALL, LC_MESSAGES, LANG].filter((value) => value !== undefined && value !== '');
  return /^zh([_.@-]|$)/i.test(locale) ? 'zh' : 'en';
}
