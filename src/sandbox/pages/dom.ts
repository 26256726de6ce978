/** Attributes of a new element; `true` sets an empty one, `false` none. */
type Attributes = Readonly<Record<string, string | boolean>>;

const apply = (element: Element, attributes: Attributes): void => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : value);
  }
};

/** Makes an element. Text goes in as text nodes, never as markup. */
export const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  apply(element, attributes);
  element.append(...children);
  return element;
};

/** What a button is for: the step's way on, another way, or the way out. */
export type Rank = 'primary' | 'secondary' | 'quiet';

export interface ButtonProps {
  readonly label: string;
  readonly rank?: Rank;
  /** Whether the pilot clicks it, so whether it is the way through the flow. */
  readonly pilot?: boolean;
  readonly disabled?: boolean;
  /** Tells tests and styles apart what a label may not. */
  readonly name: string;
  /** What assistive technology says in place of the label; should begin with it. */
  readonly spoken?: string;
  readonly onClick: () => void;
}

/** Makes a button. */
export const makeButton = (props: ButtonProps): HTMLButtonElement => {
  const {
    label,
    rank = 'secondary',
    pilot = false,
    disabled = false,
    name,
    spoken = false,
    onClick,
  } = props;
  const attributes = {
    type: 'button',
    class: rank,
    name,
    disabled,
    'data-pilot': pilot,
    'aria-label': spoken,
  };
  const button = make('button', attributes, label);
  button.addEventListener('click', onClick);
  return button;
};

const SVG = 'http://www.w3.org/2000/svg';

/** Drawings on a 24 by 24 grid, stroked with the text's colour. */
const ICONS = {
  shield:
    'M12 3l7.5 2.6v5.2c0 4.6-3.1 8.2-7.5 10.2-4.4-2-7.5-5.6-7.5-10.2V5.6L12 3zM8.6 12l2.4 2.4 4.4-4.6',
  document: 'M3 6.5h18v11H3zM6.2 10.2h3.6v4H6.2zM13 10.5h5M13 13.5h3.5',
  camera: 'M3.5 7.5h3.8L9 5h6l1.7 2.5h3.8v11h-17zM12 9.6a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z',
  light:
    'M12 7.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5',
  done: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8 12.2l2.8 2.8L16 9.4',
  stop: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8 12h8',
  spinner: 'M12 3a9 9 0 0 1 9 9',
  problem: 'M12 3.5l9.5 16.5h-19zM12 10v4.5M12 17.2v.1',
} as const;

export type IconName = keyof typeof ICONS;

/** Makes a decorative icon, hidden from assistive technology. */
export const makeIcon = (name: IconName): SVGSVGElement => {
  const icon = document.createElementNS(SVG, 'svg');
  apply(icon, { viewBox: '0 0 24 24', class: `icon ${name}`, 'aria-hidden': 'true' });
  const path = document.createElementNS(SVG, 'path');
  apply(path, { d: ICONS[name] });
  icon.append(path);
  return icon;
};
