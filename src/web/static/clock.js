/** The clock bar: the simulated time, and the buttons that take it on. */
import { byId, el, toast } from './dom.js';
import { Refused, server } from './server.js';
import { clockText, dayText, minutesOf, words } from './words.js';

/** @typedef {import('./server.js').ClockState} ClockState */

const STOPS = ['17:00', '18:00', '18:30', '19:30', 'next-day'];

/** @param {string} stop */
function minutesOfStop(stop) {
  const [hours = 0, minutes = 0] = stop.split(':').map(Number);
  return hours * 60 + minutes;
}

/** @param {{ ticked: () => void }} on told whenever another minute shows */
export function clockBar(on) {
  const face = byId('now', HTMLTimeElement);
  const bar = byId('clock', HTMLElement);
  const arrived = byId('arrived', HTMLElement);
  const jumps = byId('jumps', HTMLFieldSetElement);
  /** @type {ClockState} */
  let state = { now: 0, movable: false, moving: false };
  let since = 0;
  let shown = '';

  const buttons = STOPS.map((stop) => {
    const day = el('small');
    const button = el('button', { type: 'button', class: 'jump', 'data-stop': stop, onclick: () => void go(stop) }, [
      el('span', { text: words.to(stop) }),
      day,
    ]);
    jumps.append(button);
    return { stop, button, day };
  });

  /** @param {string} stop */
  async function go(stop) {
    if (state.moving) return;
    show({ ...state, now: now(), moving: true });
    try {
      show(await server.goTo(stop));
      arrived.textContent = words.arrived(state.now);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(error.message);
      show({ ...state, moving: false });
    }
  }

  function now() {
    return state.moving ? state.now : state.now + performance.now() - since;
  }

  function draw() {
    const at = now();
    const text = `${dayText(at)} ${clockText(at)}`;
    bar.classList.toggle('moving', state.moving);
    jumps.disabled = state.moving;
    jumps.hidden = !state.movable;
    jumps.setAttribute('aria-busy', String(state.moving));
    if (text === shown) return;
    shown = text;
    face.replaceChildren(
      el('span', { class: 'day', text: dayText(at) }),
      ' ',
      el('span', { class: 'time', text: clockText(at) }),
    );
    face.dateTime = new Date(at).toISOString();
    for (const { stop, day } of buttons) {
      const isPast = stop !== 'next-day' && minutesOf(at) >= minutesOfStop(stop);
      day.textContent = isPast ? words.tomorrow : '';
    }
    on.ticked();
  }

  /** @param {ClockState} next */
  function show(next) {
    state = next;
    since = performance.now();
    draw();
  }

  setInterval(draw, 1_000);
  return { show, now };
}
