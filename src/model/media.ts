/** What a file really is. `image/heic` is any HEIF. */
export type MediaType =
  | 'image/jpeg'
  | 'image/png'
  | 'application/pdf'
  | 'image/webp'
  | 'image/heic'
  | 'video/mp4'
  | 'video/quicktime';

/** The start of a file, after which nothing else is looked at. */
const BEGINNINGS: readonly (readonly [MediaType, RegExp])[] = [
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG\r\n\cZ\n/],
  ['application/pdf', /^%PDF-/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
  // The brand of an ISO base media file; `mif1` and `msf1` are any HEIF, which AVIF is too.
  ['image/heic', /^[^]{4}ftyp(he[iv][cxms]|m[is]f1(?![^]{4}([^]{4})*?avi[fs]))/],
  ['video/quicktime', /^[^]{4}(ftypqt {2}|moov|mdat|wide|pnot)/],
  ['video/mp4', /^[^]{4}ftyp(iso[m2-9]|m[mp]4[12]|mmp4|avc1|dash|M4V[ HP]|MSNV|cmf[cs])/],
];

/** The real type of a file, by its first 64 bytes; `undefined` for any other. */
export const typeOf = (bytes: Uint8Array): MediaType | undefined => {
  const start = String.fromCharCode(...bytes.subarray(0, 64));
  return BEGINNINGS.find(([, beginning]) => beginning.test(start))?.[0];
};
