/** The dialog in which somebody makes a group. */
import { byId } from './dom.js';

/** @param {(title: string) => void} made */
export function newGroupDialog(made) {
  const dialog = byId('new-group', HTMLDialogElement);
  const form = byId('new-group-form', HTMLFormElement);
  const name = byId('new-group-name', HTMLInputElement);
  byId('new-group-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const title = name.value.trim();
    if (title === '') return;
    dialog.close();
    made(title);
  });
  return {
    open() {
      name.value = '';
      dialog.showModal();
      name.focus();
    },
  };
}
