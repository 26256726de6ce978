const box = (type: string, ...content: readonly Uint8Array[]): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.reduce((bytes, { length }) => bytes + length, 0));
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...content]);
};

/** An MP4 file by ISO/IEC 14496-12, as small as it can be: an index of no track, and nothing to see. */
export const emptyClip = (): Buffer => {
  const brand = Buffer.concat([Buffer.from('isom'), Buffer.alloc(4), Buffer.from('isommp42')]);
  const header = Buffer.alloc(100);
  // A thousand ticks a second, normal speed, full volume, and the number of the next track.
  header.writeUInt32BE(1000, 12);
  header.writeUInt32BE(0x10000, 20);
  header.writeUInt16BE(0x100, 24);
  header.writeUInt32BE(1, 96);
  return Buffer.concat([
    box('ftyp', brand),
    box('moov', box('mvhd', header)),
    box('mdat', Buffer.alloc(64)),
  ]);
};
