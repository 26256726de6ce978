import { html, render, type TemplateResult } from 'lit';
import { byId } from './dom.js';
import { remember, takeBack } from './memory.js';
import { since, type Entry } from './recorder.js';

/** So many events are looked at, and no page grows without end. */
const MOST = 200;

const list = byId('log', HTMLElement);
const none = byId('no-events', HTMLElement);
const button = byId('clear', HTMLButtonElement);

let entries: readonly Entry[] = [];

const pair = ([key, value]: readonly [string, unknown]): TemplateResult =>
  html`<div>
    <dt>${key}</dt>
    <dd>${typeof value === 'string' && !value.includes(' ') ? value : JSON.stringify(value)}</dd>
  </div>`;

const row = ({ name, at, detail, run }: Entry, index: number): TemplateResult =>
  html`<li class=${name} data-event=${name}>
    ${entries[index - 1]?.run === run ? '' : html`<p class="run-head">Run ${run}</p>`}
    <code class="name">${name}</code>
    <span class="at">${since(at)}</span>
    <dl>${Object.entries(detail).map(pair)}</dl>
  </li>`;

const show = (): void => {
  render(entries.map(row), list);
  none.hidden = entries.length > 0;
  button.hidden = entries.length === 0;
};

/** Adds an event to the list. */
export const writeLog = (entry: Entry): void => {
  entries = [...entries, entry].slice(-MOST);
  show();
};

/** Keeps the list for the next page of this tab, if the run goes on there. */
export const rememberLog = (goesOn: boolean): void => remember('log', goesOn ? entries : []);

/**
 * Brings the list to life.
 *
 * @returns what the page before this one left in it
 */
export const watchLog = (): readonly Entry[] => {
  entries = (takeBack('log') as readonly Entry[] | undefined) ?? [];
  button.addEventListener('click', () => {
    entries = [];
    show();
  });
  show();
  return entries;
};
