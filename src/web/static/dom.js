/** Making elements: text only ever becomes text, never markup. */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | boolean | ((event: Event) => void)>} [attributes] `on…` are listeners,
 * `text` is the content, a boolean sets or leaves out
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (name === 'text') node.textContent = String(value);
    else if (typeof value === 'boolean') node.toggleAttribute(name, value);
    else node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/**
 * The page's own element with this id.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const node = document.getElementById(id);
  if (!(node instanceof type)) throw new Error(`no element ${id}`);
  return node;
}

let hiding = 0;

/** A sentence that shows for a few seconds. @param {string} text */
export function toast(text) {
  const node = byId('toast', HTMLElement);
  node.textContent = text;
  node.classList.add('shown');
  clearTimeout(hiding);
  hiding = setTimeout(() => node.classList.remove('shown'), 4_000);
}
