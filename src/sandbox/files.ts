/** What the first bytes of a file say that it is. */
export type Format = 'jpg' | 'png' | 'webp' | 'heic' | 'heif' | 'pdf' | 'mp4' | 'mov';

const TYPES: Readonly<Record<Format, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
  heif: 'image/heif',
  pdf: 'application/pdf',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
};

/** The media type of a format. */
export const typeOf = (format: Format): string => TYPES[format];

const BRANDS: Readonly<Record<string, Format>> = {
  heic: 'heic',
  heix: 'heic',
  hevc: 'heic',
  mif1: 'heif',
  msf1: 'heif',
  'qt  ': 'mov',
};

/** The format by the file's own bytes, never by its label; `undefined` where it is none of them. */
export const formatOf = (bytes: Uint8Array): Format | undefined => {
  const at = (from: number, to: number): string =>
    Buffer.from(bytes.subarray(from, to)).toString('latin1');
  if (at(0, 3) === '\xff\xd8\xff') return 'jpg';
  if (at(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (at(0, 4) === 'RIFF' && at(8, 12) === 'WEBP') return 'webp';
  if (at(0, 5) === '%PDF-') return 'pdf';
  if (at(4, 8) === 'ftyp') return BRANDS[at(8, 12)] ?? 'mp4';
  return undefined;
};

/** The bytes of base64, bare or as a data URI; `undefined` where it is none. */
export const decodeBase64 = (text: string): Buffer | undefined => {
  const bare = text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text;
  // Node skips what it does not know, and no regular expression is safe over megabytes.
  const bytes = Buffer.from(bare, 'base64');
  const isExact = bytes.toString('base64') === bare;
  return isExact && bytes.length > 0 ? bytes : undefined;
};

/** The ending of a file of that type. */
export const formatOfType = (type: string): string =>
  Object.entries(TYPES).find(([, each]) => each === type)?.[0] ?? 'bin';
