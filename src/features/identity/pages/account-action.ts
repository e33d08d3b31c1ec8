import { data, type RouterContextProvider } from 'react-router';
import { actingAccount } from '#kernel/actor.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import type { FormValues, ParsedForm } from '#platform/http/form.ts';
import { stateOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { changeOwnLoginId, changeOwnPassword, passwordAgain } from '../commands/change-own-login.ts';
import { logOutDevice, logOutEverywhere, logOutOthers } from '../commands/log-out.ts';
import { addPasskey, deletePasskey } from '../commands/passkeys.ts';
import { removeFactor, renewCodes } from '../commands/second-factor.ts';
import { afterCodes, type ShownCodes } from './kept-codes.ts';
import { passkeyAnswer } from './passkey-challenge.ts';

/** What the buttons of one's own login page do (D-05, O-27). */

type Provider = Readonly<RouterContextProvider>;
type Step = { provider: Provider; form: ParsedForm; here: string };

function textIn(form: ParsedForm, name: string): string {
  const value = form.input[name];
  return typeof value === 'string' ? value.slice(0, 1000) : '';
}

function refused(outcome: Outcome<unknown>, form: ParsedForm) {
  const values: FormValues = form.values;
  return refusalData(outcome.ok ? refuse('conflict') : outcome, values);
}

async function loginId({ provider, form, here }: Step) {
  const { context, userAgent } = stateOf(provider);
  const asked = { currentPassword: textIn(form, 'passwordForId'), userAgent, loginId: textIn(form, 'newLoginId') };
  const outcome = await changeOwnLoginId(context, asked);
  return outcome.ok ? redirectWithFlash(provider, here, 'ログインIDを変更しました。') : refused(outcome, form);
}

async function password({ provider, form, here }: Step) {
  const { context, userAgent, session } = stateOf(provider);
  if (session === undefined) return refused(refuse('unauthenticated'), form);
  const asked = { currentPassword: textIn(form, 'passwordNow'), userAgent, session: session.tokenHash, raw: form.input };
  const outcome = await changeOwnPassword(context, asked);
  return outcome.ok
    ? redirectWithFlash(provider, here, 'パスワードを変更しました。ほかの端末はログアウトしました。')
    : refused(outcome, form);
}

async function factor({ provider, form, here }: Step) {
  const { context, userAgent } = stateOf(provider);
  const again = await passwordAgain(context, textIn(form, 'passwordForFactor'), 'passwordForFactor');
  if (!again.ok) return refused(again, form);
  const who = { accountId: actingAccount(context.actor) ?? '', userAgent };
  if (form.intent === 'renewCodes') {
    const codes = await renewCodes(context, who);
    return codes.ok ? data<ShownCodes>({ codes: codes.value }) : refused(codes, form);
  }
  const removed = await removeFactor(context, who);
  return removed.ok ? redirectWithFlash(provider, here, '2段階認証を解除しました。') : refused(removed, form);
}

async function newPasskey({ provider, form, here }: Step) {
  const { context, userAgent } = stateOf(provider);
  const answer = passkeyAnswer(provider, form);
  const added = await addPasskey(context, { ...answer, passkeyName: textIn(form, 'passkeyName'), userAgent });
  return added.ok ? redirectWithFlash(provider, here, `パスキー「${added.value.name}」を追加しました。`) : refused(added, form);
}

async function oldPasskey({ provider, form, here }: Step) {
  const { context, userAgent } = stateOf(provider);
  const asked = { passkeyId: textIn(form, 'passkeyId'), currentPassword: textIn(form, 'passwordToDelete'), userAgent };
  const gone = await deletePasskey(context, asked);
  return gone.ok
    ? redirectWithFlash(provider, here, 'パスキーを削除しました。端末に残っているパスキーは、端末の設定から削除してください。')
    : refused(gone, form);
}

async function others({ provider, here }: Step) {
  const { context, session } = stateOf(provider);
  orThrow(session === undefined ? refuse('unauthenticated') : await logOutOthers(context, session.tokenHash));
  return redirectWithFlash(provider, here, 'ほかの端末をすべてログアウトしました。');
}

async function device({ provider, form, here }: Step) {
  const ended = orThrow(await logOutDevice(stateOf(provider).context, textIn(form, 'device')));
  return redirectWithFlash(provider, here, ended ? 'ログアウトさせました。' : 'この端末は、すでにログアウトしています。');
}

async function everywhere({ provider }: Step) {
  const { context, cookies } = stateOf(provider);
  orThrow(await logOutEverywhere(context));
  cookies.endSession();
  return redirectWithFlash(provider, '/login', 'すべての端末からログアウトしました。');
}

/** One button of the page; what no button sends does nothing. */
export async function actOnAccount(provider: Provider, form: ParsedForm, here: string) {
  const step: Step = { provider, form, here };
  if (form.intent === 'codesKept') return afterCodes(form, here);
  if (form.intent === 'loginId') return await loginId(step);
  if (form.intent === 'password') return await password(step);
  if (form.intent === 'renewCodes' || form.intent === 'removeFactor') return await factor(step);
  if (form.intent === 'addPasskey') return await newPasskey(step);
  if (form.intent === 'deletePasskey') return await oldPasskey(step);
  if (form.intent === 'device') return await device(step);
  if (form.intent === 'others') return await others(step);
  return form.intent === 'everywhere' ? await everywhere(step) : refused(refuse('invalid'), form);
}
