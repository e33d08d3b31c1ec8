import type { KeyObject } from 'node:crypto';
import { createHash, sign, verify } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DigestKey } from './digest-key.ts';
import { fingerprint } from './digest-key.ts';

const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/);

const bodySchema = z.object({
  format: z.literal(1),
  /** 1 for the first digest of an installation, then without gap. */
  number: z.number().int().positive(),
  /** Day in Japan on which it was taken. */
  date: z.iso.date(),
  at: z.iso.datetime(),
  /** SHA-256 of the database's own recipe for row hashes: replacing it would hide everything. */
  hashRecipe: hex,
  /** SHA-256 of the digest file before this one; null for the first. */
  previous: hex.nullable(),
  heads: z.array(z.object({ chain: z.number().int(), seq: z.number().int(), hash: hex })),
});

const sealSchema = z.object({ key: z.string(), signature: z.base64() });

export type DigestBody = z.infer<typeof bodySchema>;

export type DigestFile = {
  name: string;
  /** Hash of the whole file, which the next digest names. */
  sha256: string;
  /** Undefined when the file is no digest at all. */
  body: DigestBody | undefined;
  signed: (publicKey: KeyObject) => boolean;
};

/** Number first, so that the names sort in the order in which the digests were taken. */
const namePattern = /^audit-\d{6}-\d{4}-\d{2}-\d{2}\.txt$/;

function nameOf(body: DigestBody): string {
  return `audit-${String(body.number).padStart(6, '0')}-${body.date}.txt`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function parseDigest(name: string, text: string): DigestFile {
  const [first = '', second = ''] = text.split('\n');
  const body = bodySchema.safeParse(parseJson(first));
  const seal = sealSchema.safeParse(parseJson(second));
  const whole = text === `${first}\n${second}\n` && body.success && nameOf(body.data) === name;
  return {
    name,
    sha256: createHash('sha256').update(text).digest('hex'),
    body: whole ? body.data : undefined,
    signed: (publicKey) =>
      seal.success &&
      seal.data.key === fingerprint(publicKey) &&
      verify(null, Buffer.from(first), publicKey, Buffer.from(seal.data.signature, 'base64')),
  };
}

/**
 * The digests of a directory in their order, all or the `newest` of them with the one before (`older`); none when there is no
 * such directory.
 */
export async function readDigests(digestDir: string, newest?: number): Promise<{ files: DigestFile[]; older: DigestFile | undefined }> {
  const names = await digestNames(digestDir);
  const first = newest === undefined ? 0 : Math.max(0, names.length - newest);
  const files: DigestFile[] = [];
  for (const name of names.slice(first)) files.push(await readDigest(digestDir, name));
  const before = first === 0 ? undefined : names[first - 1];
  return { files, older: before === undefined ? undefined : await readDigest(digestDir, before) };
}

async function readDigest(digestDir: string, name: string): Promise<DigestFile> {
  return parseDigest(name, await readFile(join(digestDir, name), 'utf8'));
}

/** The newest digest, or undefined before the first. */
export async function lastDigest(digestDir: string): Promise<DigestFile | undefined> {
  const name = (await digestNames(digestDir)).at(-1);
  return name === undefined ? undefined : await readDigest(digestDir, name);
}

async function digestNames(digestDir: string): Promise<string[]> {
  try {
    return (await readdir(digestDir)).filter((name) => namePattern.test(name)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Signs a digest and keeps it as a file of its own that nobody writes to again: complete on the disk or not there.
 * The caller sees to it that only one is written at a time.
 */
export async function keepDigest(digestDir: string, body: DigestBody, key: DigestKey): Promise<string> {
  await mkdir(digestDir, { recursive: true, mode: 0o700 });
  const line = JSON.stringify(body);
  const signature = sign(null, Buffer.from(line), key.privateKey).toString('base64');
  const name = nameOf(body);
  const draft = join(digestDir, `.${name}`);
  const file = await open(draft, 'w', 0o444);
  try {
    await file.writeFile(`${line}\n${JSON.stringify({ key: fingerprint(key.publicKey), signature })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(digestDir, name));
  const directory = await open(digestDir, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
  return name;
}
