import { keep, kept } from '../device/keep';
import type { Words } from '../words/words';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];
const place = 'terracat.theme';

function keptTheme(): Theme {
  const value = kept(place);
  return themes.find((theme) => theme === value) ?? 'system';
}

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Shows the button, and goes from one choice to the next with each press. */
export function offerThemes(button: HTMLElement, words: Words): () => void {
  let theme = keptTheme();
  const tell = () => {
    button.setAttribute('aria-label', words.text(`theme.${theme}`));
    button.title = words.text(`theme.${theme}`);
  };
  const next = () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
    keep(place, theme === 'system' ? undefined : theme);
    apply(theme);
    tell();
  };
  apply(theme);
  tell();
  button.hidden = false;
  button.addEventListener('click', next);
  return () => button.removeEventListener('click', next);
}
