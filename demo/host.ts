import { byId, onChange } from './dom.js';
import { HOST_FAULTS, hostFaultIn, type HostFaultId } from './host-faults.js';
import { remember, takeBack } from './memory.js';

const select = byId('host', HTMLSelectElement);
const expectation = byId('host-expectation', HTMLElement);

const NO_FAULT = 'Sends no header that is in the way of a frame.';

/** Lets another fault of the host page be chosen. Headers come with a page, so it is loaded anew. */
export const watchHost = (): void => {
  const present = hostFaultIn(location.search);
  select.append(
    new Option('Nothing is in the way', ''),
    ...(Object.keys(HOST_FAULTS) as HostFaultId[]).map(
      (id) => new Option(HOST_FAULTS[id].label, id),
    ),
  );
  select.value = present ?? '';
  expectation.textContent = present ? HOST_FAULTS[present].expect : NO_FAULT;
  onChange(select, () => {
    remember('focus', select.id);
    location.replace(select.value ? `?host=${select.value}` : location.pathname);
  });
  // Whoever chose by keyboard stays where they were.
  if (takeBack('focus') === select.id) select.focus();
};
