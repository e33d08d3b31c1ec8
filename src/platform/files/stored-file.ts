import { idInput } from '#kernel/input.ts';
import { z } from 'zod';

/**
 * A file that has been inspected and put into the store; only our own code fills this in, never a form or the API. The
 * command that is told of it writes its row.
 */
export const storedFileInput = z.object({
  fileId: idInput,
  fileName: z.string().min(1).max(100),
  mediaType: z.string().min(1).max(100),
  size: z.int().min(1).max(10_485_760),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type StoredFile = z.infer<typeof storedFileInput>;
