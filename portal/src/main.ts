import { mount, unmount } from 'svelte';
import BasketPage from './basket/BasketPage.svelte';
import { countKept, offerKeeping } from './basket/buttons';
import { offerCells } from './cells/cells';
import Completion from './completion/Completion.svelte';
import { offerCopy } from './copy/copy';
import HistoryPage from './history/HistoryPage.svelte';
import { noteSearches } from './history/history';
import { offerSaving } from './history/saved';
import { type Hook, letGo, takeOver } from './hooks';
import { goTo, LivePage } from './live/live';
import MapShell from './map/MapShell.svelte';
import { offerThemes } from './theme/theme';
import { wordsOf } from './words/words';

const words = wordsOf(document.documentElement.lang);

// THE table of what a page can declare (README.md).
const hooks: Hook[] = [
  {
    selector: 'form[data-suggest]',
    take(form) {
      const field = form.querySelector<HTMLInputElement>('input[name="q"]');
      if (field === null) throw new Error('a search box without a field q');
      const props = { field, address: form.dataset.suggest ?? '', datasets: form.dataset.datasets, words, go: goTo };
      const completion = mount(Completion, { target: form, props });
      return () => void unmount(completion);
    },
  },
  {
    selector: '[data-map]',
    take(place) {
      const map = mount(MapShell, { target: place, props: { place, words } });
      return () => void unmount(map);
    },
  },
  { selector: '[data-basket-item]', take: offerKeeping },
  { selector: 'a[data-basket]', take: countKept },
  {
    selector: '[data-basket-page]',
    take(target) {
      const page = mount(BasketPage, { target, props: { words, compareAddress: target.dataset.compare ?? '' } });
      return () => void unmount(page);
    },
  },
  { selector: '[data-history]', take: noteSearches },
  { selector: '[data-save-search]', take: offerSaving },
  {
    selector: '[data-history-page]',
    take(target) {
      const page = mount(HistoryPage, { target, props: { words } });
      return () => void unmount(page);
    },
  },
  {
    selector: '[data-script-only]',
    take(element) {
      element.hidden = false;
      return () => (element.hidden = true);
    },
  },
  {
    // What submits by itself needs no button.
    selector: 'form[data-auto] [data-submit]',
    take(button) {
      button.hidden = true;
      return () => (button.hidden = false);
    },
  },
  { selector: '[data-cells]', take: offerCells },
  { selector: '[data-copy]', take: offerCopy },
  { selector: 'button[data-theme-switch]', take: offerThemes },
  {
    selector: '[data-live]',
    take(root) {
      const page = new LivePage(root, {
        leaving: (region) => letGo(region, hooks),
        arrived: (region) => takeOver(region, hooks, words),
      }, words);
      return () => page.end();
    },
  },
];

takeOver(document, hooks, words);
