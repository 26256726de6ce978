/** Words that stand in the EXIF made here, each of which would tell something of the person. */
export const SECRETS = ['Exif', 'KYCPHONE', 'GPSPLACE', 'http://ns.adobe.com/xap', 'XMPPLACE'];

const latin = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

const segment = (marker: number, content: readonly number[]): number[] => [
  0xff,
  marker,
  (content.length + 2) >> 8,
  (content.length + 2) & 255,
  ...content,
];

/** A directory with the camera's name, the orientation, and a place. */
const exif = (orientation: number, isLittleEndian: boolean): number[] => {
  const number = (value: number, bytes: 2 | 4): number[] => {
    const all = Array.from({ length: bytes }, (_, n) => (value >> (8 * (bytes - 1 - n))) & 255);
    return isLittleEndian ? all.reverse() : all;
  };
  const entry = (tag: number, type: number, count: number, value: number[]): number[] => [
    ...number(tag, 2),
    ...number(type, 2),
    ...number(count, 4),
    ...value,
  ];
  // 8 bytes of head, then the directory of three entries, then the strings, then that of the place.
  const strings = 8 + 2 + 3 * 12 + 4;
  const place = strings + 10;
  const placeText = place + 2 + 12 + 4;
  return [
    ...latin('Exif\0\0'),
    ...latin(isLittleEndian ? 'II' : 'MM'),
    ...number(42, 2),
    ...number(8, 4),
    ...number(3, 2),
    ...entry(0x010f, 2, 9, number(strings, 4)),
    ...entry(0x0112, 3, 1, [...number(orientation, 2), 0, 0]),
    ...entry(0x8825, 4, 1, number(place, 4)),
    ...number(0, 4),
    ...latin('KYCPHONE\0\0'),
    ...number(1, 2),
    ...entry(0x001d, 2, 9, number(placeText, 4)),
    ...number(0, 4),
    ...latin('GPSPLACE\0'),
  ];
};

/** The same JPEG as a phone would write it: held in one of eight ways, at a place. */
export const withExif = async (
  jpeg: Blob,
  orientation: number,
  isLittleEndian = false,
): Promise<Blob> => {
  const bytes = new Uint8Array(await jpeg.arrayBuffer());
  const head = [
    ...segment(0xe1, exif(orientation, isLittleEndian)),
    ...segment(0xe1, latin('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XMPPLACE</x:xmpmeta>')),
  ];
  return new Blob([bytes.subarray(0, 2), new Uint8Array(head), bytes.subarray(2)], {
    type: 'image/jpeg',
  });
};
