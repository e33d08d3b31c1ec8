import { z } from 'zod';

/** What browsers send back of a passkey, read from JSON of strangers: only its shape is checked here, nothing is proved. */

/** Longer than any certificate chain that a device attaches unasked. */
const longest = 16_000;
const bytes = z
  .string()
  .min(1)
  .max(longest)
  .regex(/^[\w-]+$/);
/** 1,023 bytes at most, says the standard. */
const credentialId = bytes.max(1_364);
const type = z.literal('public-key');

const createdAnswer = z.object({
  id: credentialId,
  rawId: credentialId,
  type,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});

const proofAnswer = z.object({
  id: credentialId,
  rawId: credentialId,
  type,
  response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: bytes.nullish() }),
});

export type ReadCreated = z.infer<typeof createdAnswer>;
export type Proof = {
  id: string;
  rawId: string;
  type: 'public-key';
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string };
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The answer to a request for a new passkey; undefined when it is none. */
export function readCreated(text: string): ReadCreated | undefined {
  return createdAnswer.safeParse(jsonOf(text)).data;
}

/** The answer to a request for proof; undefined when it is none. */
export function readProof(text: string): Proof | undefined {
  const read = proofAnswer.safeParse(jsonOf(text)).data;
  if (read === undefined) return undefined;
  const { userHandle, ...response } = read.response;
  return { ...read, response: typeof userHandle === 'string' ? { ...response, userHandle } : response };
}

const clientData = z.object({ challenge: z.string().max(200), origin: z.string().max(500) });

export type ClientAnswer = { challenge: string; origin: string };

/** Challenge and origin as the browser has signed them; empty when they cannot be read. */
export function clientAnswer(base64url: string): ClientAnswer {
  return clientData.safeParse(jsonOf(Buffer.from(base64url, 'base64url').toString('utf8'))).data ?? { challenge: '', origin: '' };
}
