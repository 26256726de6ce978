/** BCP 47, by its shape. */
export const LANGUAGE_TAG = /^[a-z]{2,3}(-[a-z\d]{1,8}){0,9}$/i;

/**
 * Whether two capital letters are in a table. It has a number in base 36 for each first letter from A to
 * Z; its bits are the second letters, A being the lowest: a quarter of the list itself.
 */
const isIn = (table: string, code: string): boolean => {
  const [first = 0, second = 0] = Array.from(code, (letter) => letter.charCodeAt(0) - 65);
  return (
    /^[A-Z]{2}$/.test(code) && ((parseInt(table.split(' ')[first] ?? '', 36) >> second) & 1) === 1
  );
};

/** ISO 3166-1 alpha-2, officially assigned: 249. */
const COUNTRIES =
  'sox2w ybdob 13fegd jznrk jo44 3abk dq22j 10t1c lq8o 153k wkgr4 cepl3 13ycxp kpks5 35s d1hpt 1 3accw 10rw7z o4s18 u4hmp mno5 5mao 0 b8k0 2hzi9';

/** ISO 639-1: 183. */
const LANGUAGES =
  'vgg1f 91sh c3ssx l84y9 13wgg a2rs1 1vn61 uznrl 13pll 18y69 em1j5 2770j ajidc bbxaz 8iys gwld mh34 34zk0 4z2vx d1rdd k20qo cuo cn5 3k cu8 mh6p';

/** Whether a text is a country's code, in capitals. */
export const isCountry = (code: string): boolean => isIn(COUNTRIES, code);

/** Whether a text is a language's code, in capitals or not. */
export const isLanguage = (code: string): boolean => isIn(LANGUAGES, code.toUpperCase());
