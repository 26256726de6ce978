import { faultsOf, type Fault, type Vendor } from '../src/sandbox/switches.js';
import type { Display } from '../src/index.js';
import { byId, onChange } from './dom.js';
import { FAULT_WORDS } from './faults.js';

/** What is chosen in the form, except the look. Without the session URL, which only a start reads. */
export interface Options {
  readonly source: 'sandbox' | 'own';
  /** `''`: to be inferred from the session URL. */
  readonly provider: Vendor | '';
  readonly fault: Fault | undefined;
  readonly pilot: boolean;
  readonly display: Display;
  readonly locale: string;
  readonly timeout: number;
}

const DEFAULT_TIMEOUT = '20000';
const SHORT_TIMEOUT = '5000';

const NO_FAULT = 'The whole way, from the page’s greeting to the end.';

const form = byId('options', HTMLFormElement);
const fault = byId('fault', HTMLSelectElement);
const expectation = byId('expectation', HTMLElement);
const pilot = byId('pilot', HTMLInputElement);
const ownProvider = byId('own-provider', HTMLSelectElement);
const locale = byId('locale', HTMLSelectElement);
const timeout = byId('timeout', HTMLSelectElement);

/** The value of a group of radio buttons, as one of its words; the first where none fits. */
const chosen = <T extends string>(name: string, words: readonly [T, ...T[]]): T => {
  const value = new FormData(form).get(name);
  return words.find((word) => word === value) ?? words[0];
};

const vendor = (): Vendor => chosen('provider', ['veriff', 'shufti-pro']);

/** The fault that is chosen, if the provider's page knows it. */
const chosenFault = (): Fault | undefined => faultsOf(vendor()).find((id) => id === fault.value);

/** What is chosen now. */
export const readOptions = (): Options => {
  const source = chosen('source', ['sandbox', 'own']);
  const isSandbox = source === 'sandbox';
  const own = ownProvider.value === 'veriff' || ownProvider.value === 'shufti-pro';
  return {
    source,
    provider: isSandbox ? vendor() : own ? (ownProvider.value as Vendor) : '',
    fault: isSandbox ? chosenFault() : undefined,
    pilot: isSandbox && pilot.checked,
    display: chosen('display', ['inline', 'modal']),
    locale: locale.value,
    timeout: Number(timeout.value),
  };
};

/** Lists the faults that the provider's page knows, in their groups, and keeps what is chosen. */
const listFaults = (): void => {
  const before = fault.value;
  const ids = faultsOf(vendor());
  const groups = new Map<string, HTMLOptGroupElement>();
  for (const id of Object.keys(FAULT_WORDS) as Fault[]) {
    if (!ids.includes(id)) continue;
    const { group, label } = FAULT_WORDS[id];
    const list = groups.get(group) ?? document.createElement('optgroup');
    list.label = group;
    list.append(new Option(label, id));
    groups.set(group, list);
  }
  fault.replaceChildren(new Option('Nothing', ''), ...groups.values());
  fault.value = before;
  if (fault.selectedIndex < 0) fault.value = '';
};

/** Whether somebody chose a timeout: then a fault does not choose another. */
let isTimeoutChosen = false;

const showFault = (): void => {
  const id = chosenFault();
  expectation.textContent = id ? (FAULT_WORDS[id].expect[vendor()] ?? '') : NO_FAULT;
  if (!isTimeoutChosen) {
    timeout.value = id && FAULT_WORDS[id].isSilent ? SHORT_TIMEOUT : DEFAULT_TIMEOUT;
  }
};

const showSource = (): void => {
  const isOwn = chosen('source', ['sandbox', 'own']) === 'own';
  byId('sandbox-options', HTMLElement).hidden = isOwn;
  byId('own-options', HTMLElement).hidden = !isOwn;
};

/**
 * Brings the form to life.
 *
 * @param changed - called after each change
 * @param start - called when the form is submitted, as by Enter in a field
 */
export const watchOptions = (changed: (options: Options) => void, start: () => void): void => {
  onChange(timeout, () => {
    isTimeoutChosen = true;
  });
  onChange(form, () => {
    listFaults();
    showSource();
    showFault();
    changed(readOptions());
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    start();
  });
  listFaults();
  showSource();
  showFault();
  changed(readOptions());
};
