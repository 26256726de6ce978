import { make, makeIcon, type IconName } from './dom.js';

/** One screen of the flow. */
export interface View {
  readonly heading: string;
  /** One or two sentences under the heading. */
  readonly lead?: string;
  /** Drawn large above the heading. */
  readonly icon?: IconName;
  /** Which of the flow's steps this is, from 1; none for what is no step. */
  readonly step?: number;
  readonly body?: readonly Node[];
  /** The way on last, as it stands next to the thumb. */
  readonly actions?: readonly HTMLElement[];
  /** Shown, and said to assistive technology, without moving the focus. */
  readonly status?: string;
  /** Whether the focus goes to the heading. Default `true`; `false` where the person did nothing yet. */
  readonly takesFocus?: boolean;
}

/** How many steps the person counts: document, face, review. */
const STEPS = 3;

const makeProgress = (step: number): HTMLElement => {
  const dots = Array.from({ length: STEPS }, (_, index) =>
    make('span', { class: index < step ? 'past' : 'ahead' }),
  );
  return make(
    'p',
    { class: 'progress' },
    make('span', { class: 'count' }, `Step ${step} of ${STEPS}`),
    make('span', { class: 'dots', 'aria-hidden': 'true' }, ...dots),
  );
};

/** The frame around every screen: brand, one heading, a line of status, actions that stay in sight. */
export class Shell {
  readonly #root: HTMLElement;
  readonly #heading = make('h1', { tabindex: '-1' });
  readonly #main = make('main');
  readonly #actions = make('footer');
  readonly #status = make('p', { class: 'status', role: 'status' });

  constructor(root: HTMLElement) {
    this.#root = root;
    const brand = make('span', { class: 'brand' }, makeIcon('shield'), 'Sandbox provider');
    const badge = make('span', { class: 'badge' }, 'Sandbox · nothing leaves this computer');
    root.replaceChildren(make('header', {}, brand, badge), this.#main, this.#status, this.#actions);
  }

  /**
   * Shows a screen. The focus goes to the heading where that changed, or where the focused control
   * is gone; never while the focus is elsewhere, since a frame must not take it from its host.
   */
  show(view: View): void {
    const {
      heading,
      lead,
      icon,
      step,
      body = [],
      actions = [],
      status = '',
      takesFocus = true,
    } = view;
    const isNew = this.#heading.textContent !== heading;
    const hadFocus = this.#root.contains(document.activeElement);
    this.#heading.textContent = heading;
    const intro = make('div', { class: icon === undefined ? 'intro' : 'intro centered' });
    if (icon !== undefined) intro.append(makeIcon(icon));
    if (step !== undefined) intro.append(makeProgress(step));
    intro.append(this.#heading);
    if (lead !== undefined) intro.append(make('p', { class: 'lead' }, lead));
    this.#main.replaceChildren(intro, ...body);
    this.#actions.replaceChildren(...actions);
    this.#status.textContent = status;
    const lostFocus = hadFocus && !this.#root.contains(document.activeElement);
    if (lostFocus || (isNew && takesFocus && document.hasFocus()))
      this.#heading.focus({ preventScroll: true });
    if (isNew) this.#main.scrollTop = 0;
  }

  /** Marks the root with the present step. */
  mark(step: string): void {
    this.#root.dataset['step'] = step;
  }

  /** Enables the action of that name. */
  enable(name: string): void {
    this.#actions.querySelector(`[name="${name}"]`)?.removeAttribute('disabled');
  }

  /** Says something without a change of screen. */
  say(status: string): void {
    this.#status.textContent = status;
  }

  close(): void {
    this.#root.replaceChildren();
  }
}
