import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Seals secrets that must be read again (keys of authenticator apps), so that a copied table opens nothing. */
export type Vault = {
  /** `owner` is bound in: what was sealed for one account cannot be moved to another. */
  seal: (owner: string, secret: Buffer) => Buffer;
  /** The secret, or undefined when it was sealed for another, with another key, or changed. */
  open: (owner: string, sealed: Buffer) => Buffer | undefined;
};

const nonceBytes = 12;
const tagBytes = 16;

/** For jobs and tools that have nothing to seal. */
export const noVault: Vault = {
  seal: () => {
    throw new Error('nothing is sealed here');
  },
  open: () => undefined,
};

/** AES-256-GCM under a key that is kept outside of the database. */
export function makeVault(key: string): Vault {
  const secretKey = createHash('sha256').update(`mamis vault\n${key}`).digest();
  return {
    seal: (owner, secret) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', secretKey, nonce).setAAD(Buffer.from(owner));
      const body = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open: (owner, sealed) => {
      if (sealed.length <= nonceBytes + tagBytes) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', secretKey, sealed.subarray(0, nonceBytes)).setAAD(Buffer.from(owner));
      decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
      const body = decipher.update(sealed.subarray(nonceBytes + tagBytes));
      try {
        return Buffer.concat([body, decipher.final()]);
      } catch (error) {
        // What Node says when the tag does not fit; anything else is a bug.
        if (error instanceof Error && error.message.includes('authenticate')) return undefined;
        throw error;
      }
    },
  };
}
