/** Reads one member of a zip file, to see what a workbook truly says. */
import { inflateRawSync } from 'node:zlib';

/** The text of a member. Throws when the archive does not hold it. */
export function unzipText(archive: Uint8Array, member: string): string {
  const zip = Buffer.from(archive);
  const end = zip.lastIndexOf('PK\u0005\u0006');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    if (zip.toString('utf8', at + 46, at + 46 + name) === member) {
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
      return (zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8');
    }
    at += 46 + name + extra + comment;
  }
  throw new Error(`no ${member} in the archive`);
}
