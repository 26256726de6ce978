/**
 * Takes out of an MP4 or MOV file where it was filmed. ISO/IEC 14496-12: a file is boxes, each with a
 * size, four letters and its content, which may be boxes again. Places are written into boxes of user
 * data, for example `©xyz` (3GPP TS 26.244, Android) or `com.apple.quicktime.location.ISO6709`. They
 * are overwritten where they stand and become `free`, so that nothing else moves.
 *
 * Left: the time in the headers, and what a camera records as a track of its own.
 */

/** Boxes with user data, wherever they are. */
const PRIVATE = /^(udta|meta|uuid)$/;
/** Boxes that may hold such ones. */
const OUTER = /^(moov|trak|moof|traf)$/;

/** Bytes of a box that is read whole. An hour's index has some three million. */
const MOST = 1 << 25;

interface Box {
  readonly type: string;
  /** With its head. */
  readonly size: number;
  readonly head: number;
}

/** The box that begins at `at`; `undefined` where none can, before `end`. */
const boxAt = (view: DataView, at: number, end: number): Box | undefined => {
  const left = end - at;
  let size = view.getUint32(at);
  let head = 8;
  if (size === 1) {
    size = Number(view.getBigUint64(at + 8));
    head = 16;
  }
  if (size === 0) size = left;
  const letters = [4, 5, 6, 7].map((n) => view.getUint8(at + n));
  return size >= head && size <= left
    ? { type: String.fromCharCode(...letters), size, head }
    : undefined;
};

/** Empties the box and calls it `free`. */
const clear = (bytes: Uint8Array, at: number, { size, head }: Box): void => {
  bytes.set([0x66, 0x72, 0x65, 0x65], at + 4);
  bytes.fill(0, at + head, at + size);
};

/** Clears what is private among the boxes from `start` to `end`. */
const clearWithin = (bytes: Uint8Array, start: number, end: number): void => {
  const view = new DataView(bytes.buffer);
  // User data may end with four zero bytes.
  for (let at = start; at + 8 <= end;) {
    const box = boxAt(view, at, end);
    if (!box) throw new RangeError('A box that does not fit');
    if (PRIVATE.test(box.type)) clear(bytes, at, box);
    else if (OUTER.test(box.type)) clearWithin(bytes, at + box.head, at + box.size);
    at += box.size;
  }
};

/**
 * The same clip without the places. Only its index is read; the pictures stay where they are.
 *
 * @throws RangeError where the file is damaged, or has no index.
 */
export const withoutPlaces = async (file: Blob): Promise<Blob> => {
  const parts: BlobPart[] = [];
  let isIndexed = false;
  for (let at = 0; at < file.size;) {
    const head = new Uint8Array(16);
    head.set(new Uint8Array(await file.slice(at, at + 16).arrayBuffer()));
    const box = boxAt(new DataView(head.buffer), 0, file.size - at);
    if (!box) throw new RangeError('A box that does not fit');
    const whole = file.slice(at, at + box.size);
    const isSearched = PRIVATE.test(box.type) || OUTER.test(box.type);
    if (isSearched && box.size > MOST) throw new RangeError('A box that is too large');
    if (isSearched) {
      const bytes = new Uint8Array(await whole.arrayBuffer());
      clearWithin(bytes, 0, bytes.length);
      parts.push(bytes);
    } else {
      parts.push(whole);
    }
    isIndexed ||= box.type === 'moov';
    at += box.size;
  }
  if (!isIndexed) throw new RangeError('No index');
  return new Blob(parts, { type: file.type });
};
