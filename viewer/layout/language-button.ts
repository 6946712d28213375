import { DROP_WORDS } from '../../src/locale/viewer-drop.ts';
import { button } from '../widgets/element.ts';
import { keptLanguage, setLanguage } from './preferences.ts';

/** Of pages that have no line at the top. */
export function languageButton(changed: () => void): HTMLButtonElement {
  const language = keptLanguage();
  const press = (): void => {
    setLanguage(language === 'en' ? 'zh' : 'en');
    changed();
    document.querySelector<HTMLElement>('.other-language')?.focus();
  };
  const made = button(DROP_WORDS[language].otherLanguage, press, 'plain-button other-language');
  made.lang = language === 'en' ? 'zh-CN' : 'en';
  return made;
}
