import type { Words } from '../words/words';

const shown = 2000; // ms for which a button says what it has done

function textOf(box: Element): string {
  return (box.querySelector('pre, blockquote')?.textContent ?? '').trimEnd();
}

/** Puts a button into `box` that copies the text in it; returns what takes it away. */
export function offerCopy(box: Element, words: Words): () => void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn s';
  button.textContent = words.text('copy');
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  let timer: ReturnType<typeof setTimeout> | undefined;
  button.addEventListener('click', () => {
    clearTimeout(timer);
    const told = (key: 'copy.done' | 'copy.failed') => {
      said.textContent = words.text(key);
      timer = setTimeout(() => (said.textContent = ''), shown);
    };
    // `navigator.clipboard` is there only on secure origins.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    (clipboard?.writeText(textOf(box)) ?? Promise.reject(new Error('no clipboard'))).then(
      () => told('copy.done'),
      () => told('copy.failed'),
    );
  });
  const under = document.createElement('p');
  under.className = 'copied';
  under.append(button, said);
  box.append(under);
  return () => {
    clearTimeout(timer);
    under.remove();
  };
}
