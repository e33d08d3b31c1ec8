import type { KeyObject } from 'node:crypto';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type DigestKey = { privateKey: KeyObject; publicKey: KeyObject };

const FILE = 'audit-digest-key.pem';

/** The Ed25519 key that signs the digests of this installation; made at the first call, readable by this account only. */
export async function digestKey(dataDir: string): Promise<DigestKey> {
  const path = join(dataDir, FILE);
  const privateKey = createPrivateKey((await readKey(path)) ?? (await makeKey(path)));
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** Short name of a public key, as the digests carry it. */
export function fingerprint(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 32);
}

async function readKey(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function makeKey(path: string): Promise<string> {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(pem);
    await file.sync();
  } finally {
    await file.close();
  }
  return pem;
}
