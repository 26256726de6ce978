/** Where a JPEG file says how its camera was held. */
export interface Orientation {
  /** 1 to 8, as EXIF counts; 1 is upright. */
  readonly value: number;
  /** Position in the file of the value's two bytes. */
  readonly at: number;
  readonly isLittleEndian: boolean;
}

const TAG = 0x0112;
/** "Exif" as a number. */
const EXIF = 0x45786966;

/** CIPA DC-008 (EXIF 2.32), 4.6.2: the entries of the first directory, twelve bytes each. */
const inTiff = (view: DataView, start: number): Orientation | undefined => {
  const isLittleEndian = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, isLittleEndian);
  const count = view.getUint16(directory, isLittleEndian);
  for (let entry = directory + 2; entry < directory + 2 + count * 12; entry += 12) {
    if (view.getUint16(entry, isLittleEndian) === TAG) {
      const at = entry + 8;
      return { value: view.getUint16(at, isLittleEndian), at, isLittleEndian };
    }
  }
  return undefined;
};

/** ISO/IEC 10918-1, B.1: segments with a marker and a length each, until the picture itself begins. */
const inSegments = (view: DataView): Orientation | undefined => {
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda) return undefined;
    if (marker === 0xe1 && view.getUint32(at + 4) === EXIF) return inTiff(view, at + 10);
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
};

/** The orientation in a JPEG file; `undefined` where none, or nonsense, is written. */
export const orientationOf = (file: ArrayBuffer): Orientation | undefined => {
  try {
    const found = inSegments(new DataView(file));
    return found && found.value >= 1 && found.value <= 8 ? found : undefined;
  } catch {
    // It leads beyond its own end.
    return undefined;
  }
};
