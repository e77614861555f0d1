import type { Words } from '../words/words';
import { parsePage } from './parse';
import { type Places, takeRegions } from './regions';

/** Told on the document after the page has changed in place. */
export const arrived = 'terracat:arrived';
/** Asks a page that changes in place to go to an address of its own: `detail` is the address. */
export const wanted = 'terracat:wanted';

const busy = 'aria-busy';

/** Where a form with `method=get` would lead, without the fields that are empty. */
export function addressOf(form: HTMLFormElement, submitter: Element | null = null): URL {
  const url = new URL(form.action, document.baseURI);
  url.search = '';
  const fields = new FormData(form, submitter instanceof HTMLButtonElement ? submitter : null);
  for (const [name, value] of fields) {
    if (typeof value === 'string' && value !== '') url.searchParams.append(name, value);
  }
  return url;
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

/** Makes what is within `root` change in place. Whatever goes wrong, the browser goes to the address itself. */
export class LivePage {
  readonly #root: HTMLElement;
  readonly #places: Places;
  readonly #status: HTMLElement;
  readonly #listening = new AbortController();
  #loading: AbortController | undefined;
  #shown = location.href;

  constructor(root: HTMLElement, places: Places, words: Words) {
    this.#root = root;
    this.#places = places;
    this.#status = document.createElement('p');
    this.#status.className = 'vh';
    this.#status.setAttribute('role', 'status');
    this.#status.lang = words.lang;
    document.body.append(this.#status);
    const { signal } = this.#listening;
    root.addEventListener('click', (event) => this.#onClick(event), { signal });
    root.addEventListener('submit', (event) => this.#onSubmit(event), { signal });
    root.addEventListener('change', (event) => this.#onChange(event), { signal });
    document.addEventListener(wanted, (event) => {
      if (event instanceof CustomEvent && typeof event.detail === 'string') void this.go(event.detail);
    }, { signal });
    window.addEventListener('popstate', () => {
      // A jump within the page is the browser's.
      if (this.#isHere(new URL(location.href)) && !this.#isJump(new URL(location.href))) void this.#show(location.href, false);
    }, { signal });
  }

  end(): void {
    this.#listening.abort();
    this.#loading?.abort();
    this.#status.remove();
  }

  /** Goes to an address of this page, as a link would. */
  async go(address: string): Promise<void> {
    await this.#show(address, true);
  }

  #isHere(url: URL): boolean {
    return url.origin === location.origin && url.pathname === new URL(this.#shown).pathname;
  }

  #isJump(url: URL): boolean {
    const shown = new URL(this.#shown);
    return url.search === shown.search && url.hash !== shown.hash;
  }

  #onClick(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (event.defaultPrevented || !isPlainClick(event) || link === null || link.target !== '' || link.hasAttribute('download')) return;
    const url = new URL(link.href, document.baseURI);
    if (!this.#isHere(url) || url.hash !== '') return;
    event.preventDefault();
    void this.go(url.href);
  }

  #onSubmit(event: SubmitEvent): void {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== 'get') return;
    const url = addressOf(form, event.submitter);
    if (!this.#isHere(url)) return;
    event.preventDefault();
    void this.go(url.href);
  }

  #onChange(event: Event): void {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
    // A question is asked when it is submitted.
    if (field.type === 'search') return;
    if (field.form?.hasAttribute('data-auto') === true) field.form.requestSubmit();
  }

  /** \param isNew  whether it is a step that can be gone back */
  async #show(address: string, isNew: boolean): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    this.#root.setAttribute(busy, 'true');
    try {
      const answer = await fetch(address, { headers: { accept: 'text/html' }, signal: loading.signal });
      const isPage = answer.headers.get('content-type')?.startsWith('text/html') === true;
      // An error that is a page of this kind, such as a bad parameter, is shown as one.
      if (!isPage) throw new Error(`no page: ${answer.status}`);
      const come = parsePage(await answer.text());
      if (come.querySelector('[data-live]') === null) throw new Error('another page');
      const said = come.querySelector('[data-said]')?.textContent ?? come.title;
      // First: what is relative in the new regions is relative to the new address.
      if (isNew && location.href !== address) history.pushState(null, '', address);
      this.#shown = location.href;
      takeRegions(document, come, this.#places);
      this.#status.textContent = said;
      document.dispatchEvent(new Event(arrived));
    } catch {
      if (!loading.signal.aborted) location.assign(address);
    } finally {
      if (this.#loading === loading) this.#root.removeAttribute(busy);
    }
  }
}

/** Whether what has been declared on this page can go to `address` in place; else the browser goes. */
export function goTo(address: string): void {
  const here = new URL(address, document.baseURI).pathname === location.pathname;
  if (here && document.querySelector('[data-live]') !== null) document.dispatchEvent(new CustomEvent(wanted, { detail: address }));
  else location.assign(address);
}
