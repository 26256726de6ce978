/** What a file really is. `heic` is any HEIF. */
export type MediaFormat = 'jpeg' | 'png' | 'pdf' | 'webp' | 'heic' | 'mp4' | 'mov';

export const MEDIA_TYPES: Readonly<Record<MediaFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  pdf: 'application/pdf',
  webp: 'image/webp',
  heic: 'image/heic',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
};

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** The start of a file, after which nothing else is looked at. */
const BEGINNINGS: readonly (readonly [MediaFormat, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['pdf', /^%PDF-/],
  ['webp', /^RIFF[^]{4}WEBP/],
  // The brand of an ISO base media file; `mif1` and `msf1` are any HEIF, which AVIF is too.
  ['heic', /^[^]{4}ftyp(hei[cxms]|hev[cxms])/],
  ['heic', /^[^]{4}ftypm[is]f1(?![^]{4}([^]{4})*?avi[fs])/],
  ['mov', /^[^]{4}(ftypqt {2}|moov|mdat|wide|pnot)/],
  ['mp4', /^[^]{4}ftyp(iso[m2-9]|mp4[12]|avc1|dash|M4V[ HP]|MSNV|mmp4|cmf[cs])/],
];

/** The real format of a file, by its first bytes; `undefined` for any other. */
export const formatOf = (bytes: Uint8Array): MediaFormat | undefined => {
  const start = ascii(bytes, 0, 64);
  return BEGINNINGS.find(([, beginning]) => beginning.test(start))?.[0];
};

/** A file as it was given: its format, how large it is, and how it is written into a request. */
export interface Media {
  readonly format: MediaFormat | undefined;
  /** In bytes, decoded. */
  readonly size: number;
  /** As a data URI with the type that it really has. */
  readonly toDataUri: () => string;
}

/** Bytes as base64. Whole triples at a time, so that the pieces can be put together. */
export const toBase64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x6000) {
    text += btoa(ascii(bytes, at, at + 0x6000));
  }
  return text;
};

const describe = (start: Uint8Array, size: number, toContent: () => string): Media => {
  const format = formatOf(start);
  return {
    format,
    size,
    toDataUri: () => `data:${format ? MEDIA_TYPES[format] : ''};base64,${toContent()}`,
  };
};

/**
 * Reads a file: bytes, base64, or a data URI in base64, whose own word on its type counts nothing.
 * Of a text no more than the beginning is decoded.
 *
 * @returns `undefined` where a text is not base64
 */
export const readMedia = (given: string | Uint8Array): Media | undefined => {
  if (typeof given !== 'string') return describe(given, given.length, () => toBase64(given));
  const [label = ''] = /^data:[^,]{0,100};base64,/i.exec(given) ?? [];
  const content = given.slice(label.length);
  const data = content.replace(/={1,2}$/, '');
  if (!data || content.length % 4 !== 0 || /[^A-Za-z\d+/]/.test(data)) return undefined;
  const start = Uint8Array.from(atob(content.slice(0, 128)), (character) =>
    character.charCodeAt(0),
  );
  return describe(start, Math.floor((data.length * 3) / 4), () => content);
};
