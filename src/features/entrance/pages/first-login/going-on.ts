import { redirect, type RouterContextProvider } from 'react-router';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { isFirstLogin } from '../../queries/first-login.ts';
import { type OpenRegistration, registrationOf } from '../../queries/registration.ts';
import { consentOf, entryToken, firstOf } from '../kept.ts';

/** Where a first login stands in this browser: leaving between steps keeps what is done. */

type Provider = Readonly<RouterContextProvider>;

/** The account whose owner has shown his day of birth; anybody else is sent to the login. */
export async function firstAccount(provider: Provider): Promise<string> {
  const accountId = firstOf(provider);
  if (accountId === undefined || !(await isFirstLogin(contextOf(provider), accountId))) throw redirect('/login', 303);
  return accountId;
}

/** The registration that the link of the mail has opened; without it, the login. */
export async function firstRegistration(provider: Provider): Promise<OpenRegistration & { accountId: string }> {
  const found = await registrationOf(contextOf(provider), entryToken(provider));
  if (!found.ok && found.refusal.code === 'notFound') throw redirect('/login', 303);
  const registration = orThrow(found);
  const { accountId } = registration;
  if (accountId === null) throw redirect('/login', 303);
  return { ...registration, accountId };
}

/** The first step that is not done yet. */
export async function nextStep(provider: Provider, accountId: string): Promise<string> {
  const found = await registrationOf(contextOf(provider), entryToken(provider));
  if (found.ok && found.value.accountId === accountId) return '/first-login/profile';
  return consentOf(provider) === undefined ? '/first-login/terms' : '/first-login/email';
}
