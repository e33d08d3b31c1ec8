import { createHmac, timingSafeEqual } from 'node:crypto';

/** Text that leaves the server and must come back unchanged. `purpose` keeps one cookie from standing in for another. */
export type Signer = {
  sign: (purpose: string, text: string) => string;
  /** The text, or undefined when it is not ours. */
  verify: (purpose: string, signed: string) => string | undefined;
};

/** Signs with HMAC-SHA-256 under the session secret. */
export function makeSigner(secret: string): Signer {
  const macOf = (purpose: string, body: string) => createHmac('sha256', secret).update(`${purpose}\n${body}`).digest();
  return {
    sign: (purpose, text) => {
      const body = Buffer.from(text, 'utf8').toString('base64url');
      return `${body}.${macOf(purpose, body).toString('base64url')}`;
    },
    verify: (purpose, signed) => {
      const [body = '', mac = ''] = signed.split('.');
      const given = Buffer.from(mac, 'base64url');
      const wanted = macOf(purpose, body);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
      return Buffer.from(body, 'base64url').toString('utf8');
    },
  };
}
