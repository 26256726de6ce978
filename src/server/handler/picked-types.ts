import type { PickedTypes } from '../provider.js';
import { Problem } from './answers.js';

const SUBJECT = /^(face|document|address|consent)$/;

/** A word of the provider's, for example `id_card` or `ID_CARD`. */
const TYPE = /^[a-z]\w{0,63}$/i;

/**
 * Reads what the page says that the person picked; nothing is as good as none.
 *
 * @throws Problem `bad-request` for anything else
 */
export const readTypes = (given: unknown = {}): PickedTypes => {
  const isFine =
    typeof given === 'object' &&
    given !== null &&
    !Array.isArray(given) &&
    Object.entries(given).every(
      ([subject, type]: [string, unknown]) =>
        SUBJECT.test(subject) && typeof type === 'string' && TYPE.test(type),
    );
  if (!isFine) throw new Problem('bad-request');
  return given;
};
