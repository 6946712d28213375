import { Option } from 'commander';
import { type Language, LANGUAGES } from '../locale/index.ts';

export function languageOption(): Option {
  const option = new Option('--lang <language>', 'the language of what people read (default: told by LC_ALL and LANG)');
  return option.choices(LANGUAGES);
}

/** Of the terminal's environment, as POSIX orders it: LC_ALL, LC_MESSAGES, LANG. English where nothing is said. */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  const [locale = ''] = [LC_ALL, LC_MESSAGES, LANG].filter((value) => value !== undefined && value !== '');
  return /^zh([_.@-]|$)/i.test(locale) ? 'zh' : 'en';
}
