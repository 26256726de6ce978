/** Groups of codes: the first letter, then the second of each. */
const isIn = (groups: string, code: string): boolean =>
  /^[A-Z]{2}$/.test(code) &&
  groups
    .split(' ')
    .some((group) => code.startsWith(group.charAt(0)) && group.includes(code.charAt(1), 1));

/** ISO 3166-1 alpha-2, officially assigned: 249. */
const COUNTRIES =
  'ADEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNORUVWXYZ DEJKMOZ ECEGHRST FIJKMOR GABDEFGHILMNPQRSTUWY HKMNRTU IDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA REOSUW SABCDEGHIJKLMNORSTVXYZ TCDFGHJKLMNORTVWZ UAGMSYZ VACEGINU WFS YET ZAMW';

/** ISO 639-1: 183. */
const LANGUAGES =
  'AABEFKMNRSVYZ BAEGIMNORS CAEHORSUVY DAEVZ EELNOSTU FAFIJORY GADLNUV HAEIORTUYZ IADEGIKOSTU JAV KAGIJKLMNORSUVWY LABGINOTUV MGHIKLNRSTY NABDEGLNORVY OCJMRS PAILST QU RMNOUW SACDEGIKLMNOQRSTUVW TAEGHIKLNORSTWY UGKRZ VEIO WAO XH YIO ZAHU';

/** Whether a text is a country's code, in capitals. */
export const isCountry = (code: string): boolean => isIn(COUNTRIES, code);

/** Whether a text is a language's code, in capitals or not. */
export const isLanguage = (code: string): boolean => isIn(LANGUAGES, code.toUpperCase());
