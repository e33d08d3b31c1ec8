import { Zip, ZipPassThrough } from 'fflate';

/** Several files as one ZIP file, stored as they are: what we put in (PDF) does not get smaller. */

export type ZipPart = { name: string; bytes: Uint8Array };

/** What a file holds does not depend on when it was written: the first day that ZIP knows. */
const firstDay = '1980-01-01T00:00:00';

/**
 * The bytes of a ZIP file, part by part: only the part in hand is in memory.
 * @throws what the writer of the ZIP says, of a name that is too long
 */
export async function* zipBytes(parts: AsyncIterable<ZipPart>): AsyncGenerator<Uint8Array> {
  let made: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    made.push(bytes);
  });
  for await (const { name, bytes } of parts) {
    const part = new ZipPassThrough(name);
    part.mtime = firstDay;
    zip.add(part);
    part.push(bytes, true);
    yield* made;
    made = [];
  }
  zip.end();
  yield* made;
}
