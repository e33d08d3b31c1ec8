import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import type { FieldErrors } from '#kernel/refusal.ts';
import { deviceMessages } from '../messages.ts';

/** The browser's side of passkeys: fetches the question, asks the device, hands its answer back as text. Runs in browsers only. */

export type PasskeyKind = 'create' | 'prove';
export type DeviceRefusal = { message: string; fields?: FieldErrors };

export const canUsePasskeys = browserSupportsWebAuthn;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

function isRefusal(value: unknown): value is DeviceRefusal {
  return isObject(value) && typeof value['message'] === 'string';
}

const isQuestion = (value: unknown): value is PublicKeyCredentialRequestOptionsJSON =>
  isObject(value) && typeof value['challenge'] === 'string';

function isWish(value: unknown): value is PublicKeyCredentialCreationOptionsJSON {
  return isQuestion(value) && 'rp' in value && 'user' in value && 'pubKeyCredParams' in value;
}

/** The server's question; pages instead of JSON come when the login is over or the server cannot answer. */
async function questionOf(form: HTMLFormElement): Promise<{ options: unknown } | { refusal: DeviceRefusal }> {
  const response = await fetch(form.action, { method: 'POST', body: new FormData(form), headers: { Accept: 'application/json' } });
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const answer: unknown = isJson ? await response.json() : undefined;
  if (isObject(answer) && isRefusal(answer['refusal'])) return { refusal: answer['refusal'] };
  return response.ok && isObject(answer) ? { options: answer['options'] } : { refusal: { message: deviceMessages.noQuestion } };
}

async function askDevice(kind: PasskeyKind, options: unknown): Promise<unknown> {
  if (kind === 'create' && isWish(options)) return await startRegistration({ optionsJSON: options });
  if (kind === 'prove' && isQuestion(options)) return await startAuthentication({ optionsJSON: options });
  throw new TypeError('the server has asked nothing that a device could answer');
}

/** What people are told when the device does not answer. */
function wordsFor(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') return deviceMessages.stopped;
  return name === 'InvalidStateError' ? deviceMessages.known : deviceMessages.cannot;
}

/** Asks the server, then the device. The device's answer as JSON text, or why there is none. */
export async function answerOfDevice(kind: PasskeyKind, form: HTMLFormElement): Promise<{ answer: string } | { refusal: DeviceRefusal }> {
  const question = await questionOf(form).catch(() => ({ refusal: { message: deviceMessages.noQuestion } }));
  if ('refusal' in question) return question;
  return await askDevice(kind, question.options).then(
    (answer) => ({ answer: JSON.stringify(answer) }),
    (error: unknown) => ({ refusal: { message: wordsFor(error) } }),
  );
}
