/** Who one is, what one says, and lines ready to be said. */
import { byId, el, toast } from './dom.js';
import { Refused } from './server.js';
import { words } from './words.js';

/** @typedef {import('./server.js').Person} Person */

/** @param {{ chose: (id: string) => void, send: (text: string) => Promise<unknown> }} on */
export function composer(on) {
  const form = byId('composer', HTMLFormElement);
  const chooser = byId('person', HTMLSelectElement);
  const lines = byId('lines', HTMLFieldSetElement);
  const legend = lines.querySelector('legend') ?? '';
  const text = byId('text', HTMLTextAreaElement);
  const label = byId('text-label', HTMLLabelElement);

  chooser.addEventListener('change', () => on.chose(chooser.value));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  text.addEventListener('input', grow);
  text.addEventListener('keydown', (event) => {
    // While an input method is open, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  });

  async function send() {
    const line = text.value.trim();
    if (line === '') {
      text.focus();
      return;
    }
    text.value = '';
    grow();
    try {
      await on.send(line);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(error.message);
      if (text.value === '') fill(line);
    }
  }

  function grow() {
    text.style.height = 'auto';
    text.style.height = `${Math.min(text.scrollHeight, 132)}px`;
  }

  /** @param {string} line */
  function fill(line) {
    text.value = line;
    grow();
    text.focus();
  }

  return {
    fill,
    /** @param {readonly Person[]} people @param {Person} me */
    showPeople(people, me) {
      const places = [...new Set(people.map(({ place }) => place))];
      chooser.replaceChildren(
        ...places.map((place) =>
          el(
            'optgroup',
            { label: place },
            people
              .filter((person) => person.place === place)
              .map((person) => el('option', { value: person.id, text: words.person(person) })),
          ),
        ),
      );
      chooser.value = me.id;
      lines.replaceChildren(
        legend,
        ...me.lines.map((line) =>
          el('button', { type: 'button', class: 'chip', text: line, onclick: () => fill(line) }),
        ),
      );
    },
    /** @param {string} chat the title of the chat one writes in */
    showTarget(chat) {
      text.placeholder = words.sayIn(chat);
      label.textContent = words.sayIn(chat);
    },
  };
}
