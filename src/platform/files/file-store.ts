import type { Readable } from 'node:stream';

/** Where the bytes of uploaded files lie, by our own ids only; one small interface so that the place can change. */
export type FileStore = {
  /** Resolves when the bytes are safe on disk. */
  put: (id: string, bytes: Uint8Array | AsyncIterable<Uint8Array>) => Promise<void>;
  /** The bytes, or undefined when there are none under the id. */
  get: (id: string) => Promise<Readable | undefined>;
  /** Removes the bytes; nothing happens when there are none. */
  remove: (id: string) => Promise<void>;
  /** Everything that is kept, in no order, with the time of its writing; for the cleaning. */
  list: () => AsyncIterable<{ id: string; storedAt: Date }>;
};
