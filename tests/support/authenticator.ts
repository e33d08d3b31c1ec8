import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A device that makes passkeys, in software: what a browser would send back of it, as JSON text. P-256, no attestation. */

type Asked = { challenge: string };
type Wish = Asked & { user: { id: string }; excludeCredentials?: readonly { id: string }[] };

/** How an answer differs from an honest one; tests ask for one difference at a time. */
export type Dishonesty = { origin?: string; rpId?: string; verified?: boolean; counter?: number; challenge?: string; userHandle?: string };

type Kept = { id: Buffer; key: KeyObject; userHandle: string };

const length16 = (bytes: Buffer) => Buffer.from([bytes.length >> 8, bytes.length & 0xff]);
/** CBOR of a byte string. */
const cborBytes = (bytes: Buffer) => Buffer.concat([Buffer.from([0x59]), length16(bytes), bytes]);
/** CBOR of a short text. */
const cborText = (text: string) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);

/** The public key as COSE: EC2, ES256, P-256, x, y. */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const [head, between] = [Buffer.from('a5010203262001215820', 'hex'), Buffer.from('225820', 'hex')];
  return Buffer.concat([head, Buffer.from(x, 'base64url'), between, Buffer.from(y, 'base64url')]);
}

export class Authenticator {
  readonly #origin: string;
  /** 0: a device that does not count, as those which copy their passkeys to others. */
  #counter: number;
  readonly #kept: Kept[] = [];

  constructor(origin: string, counting = false) {
    this.#origin = origin;
    this.#counter = counting ? 1 : 0;
  }

  #clientData(type: string, asked: Asked, { origin = this.#origin, challenge = asked.challenge }: Dishonesty): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  /** Host, what was asked of the owner (present, verified), and the count. */
  #head(flags: number, { rpId = new URL(this.#origin).hostname, verified = true, counter = this.#counter }: Dishonesty): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags | 0x01 | (verified ? 0x04 : 0)]), count]);
  }

  /** Makes a passkey and keeps it. */
  create(wish: Wish, unlike: Dishonesty = {}): string {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const id = randomBytes(32);
    this.#kept.push({ id, key: privateKey, userHandle: wish.user.id });
    const data = Buffer.concat([this.#head(0x40, unlike), Buffer.alloc(16), length16(id), id, coseOf(publicKey)]);
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      Buffer.from([0xa0]),
      cborText('authData'),
      cborBytes(data),
    ]);
    return JSON.stringify({
      id: id.toString('base64url'),
      rawId: id.toString('base64url'),
      type: 'public-key',
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
      response: {
        clientDataJSON: this.#clientData('webauthn.create', wish, unlike).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      },
    });
  }

  /** Proves by the passkey made last, or the one at a place. */
  prove(asked: Asked, unlike: Dishonesty = {}, place = -1): string {
    const kept = this.#kept.at(place);
    if (kept === undefined) throw new Error('the device has no passkey');
    if (this.#counter > 0) this.#counter += 1;
    const data = this.#head(0, unlike);
    const clientData = this.#clientData('webauthn.get', asked, unlike);
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    return JSON.stringify({
      id: kept.id.toString('base64url'),
      rawId: kept.id.toString('base64url'),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, kept.key).toString('base64url'),
        userHandle: unlike.userHandle ?? kept.userHandle,
      },
    });
  }
}
