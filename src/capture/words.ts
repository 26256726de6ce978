import { enCapture } from '../i18n/en-capture.js';
import { fill, type KnownTexts } from '../i18n/texts.js';
import type { CaptureStep, MediaLimits } from '../model/capture.js';
import type { MediaType } from '../model/media.js';

/** Every text there is, some of them by a name that is made up at run time. */
export type Words = KnownTexts &
  Readonly<Record<keyof typeof enCapture, string>> &
  Readonly<Partial<Record<string, string>>>;

/** English under the language's own. */
export const wordsFrom = (texts: KnownTexts): Words => ({ ...enCapture, ...texts });

/** What a step's proof is called. */
export const proofName = ({ subject, side }: CaptureStep, words: Words): string =>
  words[`${subject}${side ? `-${side}` : ''}-proof`] ?? words[`${subject}-proof`];

/** Veriff's word for what the others call so. */
const SYNONYMS: Readonly<Record<string, string>> = { drivers_license: 'driving_license' };

/** A type's name in words; one that we have none for as the provider writes it. */
export const typeName = (type: string, words: Words): string => {
  const key = type.toLowerCase();
  return words[SYNONYMS[key] ?? key] ?? type.replaceAll('_', ' ');
};

const FORMATS: Readonly<Partial<Record<MediaType, string>>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/heic': 'HEIC',
  'application/pdf': 'PDF',
  'video/mp4': 'MP4',
  'video/quicktime': 'MOV',
};

export const isVideo = (type: string): boolean => type.startsWith('video/');

const namesOf = (types: readonly MediaType[]): string =>
  types.flatMap((type) => FORMATS[type] ?? []).join(', ');

/** In whole megabytes, rounded down: what is said is always taken. */
export const megabytes = (bytes: number): number => Math.floor(bytes / 1_000_000);

/** What may be chosen, with its limits. */
export const formatsText = ({ types, ...limits }: MediaLimits, words: Words): string =>
  [
    [types.filter((type) => !isVideo(type)), limits.pictureBytes] as const,
    [types.filter(isVideo), limits.videoBytes] as const,
  ]
    .filter(([some]) => some.length > 0)
    .map(([some, bytes]) => fill(words.formats, { formats: namesOf(some), size: megabytes(bytes) }))
    .join(' · ');

export const formatNames = ({ types }: MediaLimits): string => namesOf(types);
