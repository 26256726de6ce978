import type { Pixels } from '../../../src/capture/quality.js';
import type { ProofSubject, QualityHint } from '../../../src/model/capture.js';
import { defocus, develop, move, reflect, slant } from './optics.js';
import { Chance } from './random.js';
import type { Raster } from './raster.js';
import { lay, surface, type Pose } from './scene.js';
import { card, face, note, page } from './subjects.js';

/** What is done to a picture, and which hints that asks for. */
const VARIANTS = {
  sharp: [],
  soft: [],
  dim: [],
  tilted: [],
  'out of focus': ['blurred'],
  moved: ['blurred'],
  dark: ['too-dark'],
  glare: ['glare'],
  small: ['too-small'],
  'cut off': ['no-rectangle'],
  'nothing there': ['no-rectangle'],
} as const satisfies Readonly<Record<string, readonly QualityHint[]>>;

export type Variant = keyof typeof VARIANTS;

export interface TestPicture {
  readonly subject: ProofSubject;
  readonly variant: Variant;
  readonly expected: readonly QualityHint[];
  readonly pixels: Pixels;
  /** Pixels of the camera that one of these stands for, in each direction. */
  readonly scale: number;
}

const SUBJECTS: readonly ProofSubject[] = ['document', 'address', 'consent', 'face'];

const SHEETS = { document: card, address: page, consent: note } as const;

/** Size of the picture, and how wide the sheet lies in it. */
const SIZES = {
  document: [800, 600, 600],
  address: [600, 800, 490],
  consent: [800, 600, 600],
} as const;

const poseOf = (chance: Chance, variant: Variant, subject: keyof typeof SIZES): Pose => {
  const [width, height, wide] = SIZES[subject];
  const tilt = variant === 'tilted' ? 1 : 0.15;
  const sign = (): number => (chance.either() ? 1 : -1);
  const isOff = variant === 'cut off';
  const shift = chance.between(0.26, 0.42) * sign();
  const isAcross = chance.either();
  const inPlace = (): number => chance.between(-0.02, 0.02);
  return {
    x: width * (0.5 + (isOff && isAcross ? shift : inPlace())),
    y: height * (0.5 + (isOff && !isAcross ? shift : inPlace())),
    width: wide * chance.between(0.86, 1) * (variant === 'tilted' ? 0.86 : 1),
    angle: sign() * chance.between(0, 0.3) * tilt,
    lean: [sign() * chance.between(0, 0.3) * tilt, sign() * chance.between(0, 0.2) * tilt],
  };
};

const arrange = (chance: Chance, variant: Variant, subject: ProofSubject): Raster => {
  if (subject === 'face') return face(chance);
  const [width, height] = SIZES[subject];
  const table = surface(chance, width, height);
  const sheet = SHEETS[subject](chance);
  if (variant !== 'nothing there') lay(table, sheet, poseOf(chance, variant, subject));
  return table;
};

const spoil = (chance: Chance, variant: Variant, raster: Raster): void => {
  const size = Math.max(raster.width, raster.height) / 800;
  const angle = chance.between(0, Math.PI);
  if (variant === 'glare') {
    const [x, y] = [chance.between(0.38, 0.62), chance.between(0.38, 0.62)];
    const [rx, ry] = [chance.between(34, 80) * size, chance.between(34, 80) * size];
    reflect(raster, x * raster.width, y * raster.height, rx, ry);
  }
  slant(raster, chance.between(0, 0.3), angle);
  if (variant === 'moved') move(raster, chance.between(9, 18) * size, angle);
  const sigma =
    variant === 'out of focus'
      ? chance.between(2.4, 4.5)
      : variant === 'soft'
        ? chance.between(0.8, 1.1)
        : 0.5;
  defocus(raster, sigma * size);
};

/** One picture, the same for the same words and number. */
export const pictureOf = (subject: ProofSubject, variant: Variant, seed: number): TestPicture => {
  const name = `${subject} ${variant}`;
  const mix = Array.from(name).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);
  const chance = new Chance(mix + seed * 7919);
  const raster = arrange(chance, variant, subject);
  spoil(chance, variant, raster);
  const exposure =
    variant === 'dark'
      ? chance.between(0.02, 0.1)
      : variant === 'dim'
        ? chance.between(0.3, 0.45)
        : chance.between(0.85, 1.1);
  const noise =
    variant === 'dark' || variant === 'dim' ? chance.between(2, 6) : chance.between(1, 4);
  return {
    subject,
    variant,
    expected: VARIANTS[variant],
    pixels: develop(raster, chance, exposure, noise),
    scale: variant === 'small' ? chance.between(0.4, 0.6) : 2.4,
  };
};

/** Whether that can be with this subject: a face has no edges to cut off, and glare is not looked for. */
const isFor = (subject: ProofSubject, variant: Variant): boolean =>
  subject !== 'face' || !['tilted', 'glare', 'cut off', 'nothing there'].includes(variant);

/** All subjects in all variants, with each of the seeds. */
export const allPictures = function* (seeds: readonly number[]): Generator<TestPicture> {
  for (const subject of SUBJECTS) {
    for (const variant of Object.keys(VARIANTS) as Variant[]) {
      if (!isFor(subject, variant)) continue;
      for (const seed of seeds) yield pictureOf(subject, variant, seed);
    }
  }
};

/** Seeds of the pictures that the limits were chosen with. */
export const CHOSEN_WITH: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8];
/** Seeds of those that the figures are of, which nobody looked at before. */
export const HELD_OUT: readonly number[] = [1001, 1002, 1003, 1004];
