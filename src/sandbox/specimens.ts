import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a specimen shows. */
export type SpecimenKind = 'face' | 'identity card' | 'consent note';

/** A test document's mark, as it stands in the file. */
export interface Specimen {
  readonly isGenuine: boolean;
  readonly kind: SpecimenKind;
}

/** The test documents, after Shufti Pro's Test IDs: drawn for this project, nobody's face or papers. */
export const SPECIMENS = [
  'genuine-face.jpg',
  'fake-face.jpg',
  'genuine-identity-card.jpg',
  'fake-identity-card.jpg',
  'genuine-consent-note.png',
  'fake-consent-note.png',
] as const;

export type SpecimenName = (typeof SPECIMENS)[number];

const FOLDER = new URL('./specimens/', import.meta.url);

const read = (name: SpecimenName): Uint8Array =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(name, FOLDER))));

/** Each test document's bytes, by its name. Read from the disk when asked for, and not before. */
export const specimens: Readonly<Record<SpecimenName, Uint8Array>> = Object.freeze(
  Object.defineProperties(
    {},
    Object.fromEntries(
      SPECIMENS.map((name) => [name, { enumerable: true, get: () => read(name) }]),
    ),
  ),
) as Readonly<Record<SpecimenName, Uint8Array>>;

/** The comment segments of a JPEG file. */
const jpegComments = (file: Buffer): readonly string[] => {
  const comments: string[] = [];
  let at = 2;
  // Up to the picture itself (SOS, 0xda), after which come no more segments of interest.
  while (at + 4 <= file.length && file[at] === 0xff && file[at + 1] !== 0xda) {
    const length = file.readUInt16BE(at + 2);
    if (file[at + 1] === 0xfe) comments.push(file.toString('latin1', at + 4, at + 2 + length));
    at += 2 + length;
  }
  return comments;
};

/** The texts of a PNG file, without their keywords. */
const pngTexts = (file: Buffer): readonly string[] => {
  const texts: string[] = [];
  let at = 8;
  while (at + 12 <= file.length) {
    const length = file.readUInt32BE(at);
    const data = file.subarray(at + 8, at + 8 + length);
    if (file.toString('latin1', at + 4, at + 8) === 'tEXt') {
      texts.push(data.toString('latin1', data.indexOf(0) + 1));
    }
    at += 12 + length;
  }
  return texts;
};

const MARK = /^kyc-verify specimen: (genuine|fake) (face|identity card|consent note)$/;

/** The mark of a test document; `undefined` for any other file, and whatever is no picture. */
export const readSpecimen = (bytes: Uint8Array): Specimen | undefined => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts = file[0] === 0xff ? jpegComments(file) : file[0] === 0x89 ? pngTexts(file) : [];
  for (const text of texts) {
    const [, word, kind] = MARK.exec(text) ?? [];
    if (kind !== undefined) return { isGenuine: word === 'genuine', kind: kind as SpecimenKind };
  }
  return undefined;
};
