/** Bytes of request bodies held in memory by all requests together. */
const mostBytesAtOnce = 256 * 1024 * 1024;
let held = 0;

export type BodyRead = { bytes: Uint8Array<ArrayBuffer>; release: () => void } | 'tooLarge' | 'busy';

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

async function readStream(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array<ArrayBuffer> | 'tooLarge'> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks, size);
    size += value.byteLength;
    if (size > limit) {
      // What is left is of no interest; whether the sender minds neither.
      await reader.cancel().catch(() => undefined);
      return 'tooLarge';
    }
    chunks.push(value);
  }
}

/**
 * Reads a whole body of at most `limit` bytes before any loader or action sees the request, whatever its headers claim.
 * `release` gives the memory back to the common budget when the request is answered.
 */
export async function readBody(request: Request, limit: number): Promise<BodyRead> {
  const claimed = Number(request.headers.get('content-length') ?? '0');
  if (claimed > limit) return 'tooLarge';
  if (request.body === null) return { bytes: new Uint8Array(0), release: () => undefined };
  const reserved = claimed > 0 ? claimed : limit;
  if (held + reserved > mostBytesAtOnce) return 'busy';
  held += reserved;
  const release = () => {
    held -= reserved;
  };
  try {
    const bytes = await readStream(request.body, limit);
    if (bytes === 'tooLarge') {
      release();
      return bytes;
    }
    return { bytes, release };
  } catch (error) {
    release();
    throw error;
  }
}
