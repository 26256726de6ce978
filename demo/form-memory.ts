import { recall, remember } from './memory.js';

/** What was chosen: by the id of a select or a checkbox, by name and value of a radio button. */
type Choices = Readonly<Record<string, string | boolean>>;

type Control = HTMLSelectElement | HTMLInputElement;

/** Never a text: the session URL is one. The host page's fault is in the address. */
const controlsOf = (form: HTMLFormElement): readonly Control[] => [
  ...form.querySelectorAll<Control>('select:not(#host), [type="radio"], [type="checkbox"]'),
];

const keyOf = ({ type, id, name, value }: Control): string =>
  type === 'radio' ? `${name}=${value}` : id;

/** Keeps what is chosen for the next time this tab shows the form. */
export const rememberForm = (form: HTMLFormElement): void => {
  const pairs = controlsOf(form).map((control) => [
    keyOf(control),
    control instanceof HTMLSelectElement ? control.value : control.checked,
  ]);
  remember('form', Object.fromEntries(pairs));
};

/**
 * Chooses what was chosen before. What a select does not have, it leaves alone.
 *
 * @returns whether there was anything
 */
export const recallForm = (form: HTMLFormElement): boolean => {
  const choices = recall('form') as Choices | undefined;
  for (const control of controlsOf(form)) {
    const choice = choices?.[keyOf(control)];
    if (typeof choice === 'boolean' && control instanceof HTMLInputElement)
      control.checked = choice;
    if (typeof choice === 'string' && control instanceof HTMLSelectElement) {
      const option = [...control.options].find(({ value }) => value === choice);
      if (option) option.selected = true;
    }
  }
  return choices !== undefined;
};
