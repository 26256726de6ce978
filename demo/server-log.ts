import { html, render } from 'lit';
import { byId } from './dom.js';

/** One thing that the page or the server heard. */
interface Line {
  readonly where: 'page' | 'server';
  readonly name: string;
  readonly detail: object;
}

/** So many are looked at, and no page grows without end. */
const MOST = 200;

const list = byId('log', HTMLElement);
const none = byId('no-events', HTMLElement);

let shown: readonly Line[] = [];

const draw = (): void => {
  none.hidden = shown.length > 0;
  render(
    shown.map(
      (line) =>
        html`<li class=${line.name} data-event=${line.name} data-where=${line.where}>
          <code class="name">${line.name}</code>
          <span class="at">${line.where}</span>
          <dl>
            ${Object.entries(line.detail).map(
              ([key, value]) =>
                html`<div>
                  <dt>${key}</dt>
                  <dd>${typeof value === 'string' ? value : JSON.stringify(value)}</dd>
                </div>`,
            )}
          </dl>
        </li>`,
    ),
    list,
  );
};

/** Adds a line to the list. */
export const writeLine = (where: Line['where'], name: string, detail: object): void => {
  shown = [...shown, { where, name, detail }].slice(-MOST);
  draw();
};

/** Takes all lines away. */
export const clearLines = (): void => {
  shown = [];
  draw();
};

/** Shows what the server hears, as it hears it. */
export const watchServer = (): void => {
  const source = new EventSource('/demo-api/log');
  source.addEventListener('line', ({ data }: MessageEvent<string>) => {
    const { name, ...detail } = JSON.parse(data) as { readonly name: string };
    writeLine('server', name, detail);
  });
};
