/** What somebody chose once and finds again: theme, language, how high the panels and how wide names are. */
import { LANGUAGES, type Language } from '../../src/locale/index.ts';
import { THEMES, type ThemeName } from '../../src/locale/viewer-page.ts';

const KEYS = {
  theme: 'traceconv.theme',
  language: 'traceconv.language',
  panelPx: 'traceconv.panel-height',
  namesPx: 'traceconv.names-width',
} as const;

/** Pages from files, and browsers that keep nothing, have no storage: then choices hold until the page is closed. */
const held = new Map<keyof typeof KEYS, string>();

function kept(name: keyof typeof KEYS): string | null {
  const here = held.get(name);
  if (here !== undefined) return here;
  try {
    return localStorage.getItem(KEYS[name]);
  } catch {
    return null;
  }
}

function keep(name: keyof typeof KEYS, value: string): void {
  held.set(name, value);
  try {
    localStorage.setItem(KEYS[name], value);
  } catch {
    // Held it is.
  }
}

export const keptTheme = (): ThemeName => THEMES.find((theme) => theme === kept('theme')) ?? 'system';

export function setTheme(theme: ThemeName): void {
  keep('theme', theme);
  applyTheme(theme);
}

/** The style sheet knows themes that are one thing. */
export function applyTheme(theme: ThemeName): void {
  const root = document.documentElement;
  root.dataset['theme'] = theme === 'system' ? systemTheme() : theme;
}

export const SYSTEM_QUERIES = { contrast: '(prefers-contrast: more)', dark: '(prefers-color-scheme: dark)' } as const;

function systemTheme(): ThemeName {
  if (matchMedia(SYSTEM_QUERIES.contrast).matches) return 'contrast';
  return matchMedia(SYSTEM_QUERIES.dark).matches ? 'dark' : 'light';
}

export function keptLanguage(): Language {
  const language = LANGUAGES.find((each) => each === kept('language'));
  return language ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');
}

export function setLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : language;
  keep('language', language);
}

/** undefined where nobody changed it. */
export function keptPx(name: 'panelPx' | 'namesPx'): number | undefined {
  const px = Number(kept(name));
  return px > 0 ? px : undefined;
}

/** undefined is as if nobody had changed it. */
export const keepPx = (name: 'panelPx' | 'namesPx', px: number | undefined): void =>
  keep(name, px === undefined ? '' : String(Math.round(px)));
