import { ownAddress } from '../api/read';
import type { Words } from '../words/words';
import { basket, type Kept } from './basket';

function declared(place: HTMLElement): Kept {
  const { basketItem: id = '', title = '', href } = place.dataset;
  const address = ownAddress(href, document.baseURI);
  if (id === '' || title === '' || address === undefined) throw new Error('a data set without id, title or address');
  return { id, title, href: address };
}

/** Fills `place` with the button that keeps the data set that it declares; returns what takes it away. */
export function offerKeeping(place: HTMLElement, words: Words): () => void {
  const item = declared(place);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn s keep';
  const word = document.createElement('span');
  word.className = 'w';
  const whose = document.createElement('span');
  whose.className = 'vh';
  whose.textContent = words.text('basket.of', { title: item.title });
  button.append(word, whose);
  const said = document.createElement('span');
  said.className = 'small';
  said.setAttribute('role', 'status');

  const show = () => {
    const isKept = basket.has(item.id);
    button.setAttribute('aria-pressed', String(isKept));
    word.textContent = words.text(isKept ? 'basket.kept' : 'basket.add');
  };
  button.addEventListener('click', () => {
    said.textContent = '';
    if (basket.has(item.id)) basket.remove(item.id);
    else if (basket.entries().length >= basket.most) said.textContent = words.text('basket.full', { count: words.number(basket.most) });
    else if (!basket.put(item)) said.textContent = words.text('basket.refused');
  });
  show();
  place.append(button, said);
  const end = basket.whenChanged(show);
  return () => {
    end();
    button.remove();
    said.remove();
  };
}

/** Shows `link` with how many data sets are kept; returns what ends it. */
export function countKept(link: HTMLElement, words: Words): () => void {
  const number = document.createElement('span');
  number.className = 'num hand';
  number.setAttribute('aria-hidden', 'true');
  const spoken = document.createElement('span');
  spoken.className = 'vh';
  const show = () => {
    const count = basket.entries().length;
    number.hidden = count === 0;
    number.textContent = words.number(count);
    spoken.textContent = ` (${words.count('basket.count', count)})`;
  };
  show();
  link.append(' ', number, spoken);
  link.hidden = false;
  const end = basket.whenChanged(show);
  return () => {
    end();
    number.remove();
    spoken.remove();
  };
}
