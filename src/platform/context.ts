import type { Actor } from '#kernel/actor.ts';
import { actingAccount, contractorOf, isOperations, rowScopeOf } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { PageSize } from '#kernel/paging.ts';
import { dayOfInstant } from '#kernel/day.ts';
import type { AuditLog } from './audit/audit-log.ts';
import type { Database } from './db/database.ts';
import type { FileStore } from './files/file-store.ts';
import type { Renderer } from './render/renderer.ts';
import type { Vault } from './second-factor/vault.ts';

/** What is fixed for one installation while it runs. */
export type Site = {
  /** Demo data, public passwords, a strip on every page. */
  demo: boolean;
  version: string;
  /** The address people see, e.g. https://mamis.example.jp. */
  origin: string;
  /** Where our mails come from, as people set it free in their filters. */
  mailDomain?: string;
  /** Where people without access reach 運営事務局 by telephone, and when; undefined until the operator has said it. */
  callCentre?: { tel: string; hours: string } | undefined;
  /** Mails stay here and are read on the local mailbox page. */
  localMailbox: boolean;
};

/** The domain of our mails, for people who set it free in their filters. */
export function mailDomainOf(site: Pick<Site, 'mailDomain'>): string {
  return site.mailDomain ?? 'mamis.med.or.jp';
}

/** Everything one act needs to know about its surroundings. */
export type Context = {
  actor: Actor;
  /** Whom the records name when the system does the work of somebody whom it has let in; the actor himself otherwise. */
  recordedAs?: Actor;
  /** The instant at which the act happens; the only clock that features see. */
  now: Date;
  /** The day in Japan of `now`. */
  today: Day;
  requestId: string;
  /** Network address of the caller, '' for jobs. */
  address: string;
  /** Rows of a list whose address names none: what this person last chose (`screens.md 1.3`). */
  pageSize?: PageSize | undefined;
  database: Database;
  audit: AuditLog;
  files: FileStore;
  render: Renderer;
  vault: Vault;
  site: Site;
};

export type Surroundings = Pick<Context, 'database' | 'audit' | 'files' | 'render' | 'vault' | 'site'>;

type Act = Pick<Context, 'actor' | 'now' | 'requestId' | 'pageSize'> & { address?: string };

/** A context for one act at one instant. */
export function makeContext(surroundings: Surroundings, act: Act): Context {
  return { ...surroundings, ...act, address: act.address ?? '', today: dayOfInstant(act.now) };
}

/** The key under which an actor's repeated requests are recognised. */
export function actorKeyOf(actor: Actor): string {
  return actingAccount(actor) ?? (actor.kind === 'system' ? `system:${actor.name}` : 'guest');
}

const contextText = `SELECT ${['scope', 'person', 'associations', 'account', 'actor_key', 'today', 'operations', 'contractor'].map((name, index) => `set_config('mamis.${name}', $${index + 1}, true)`).join(', ')}`;

/**
 * The statement that tells row-level security who acts and on which day, until the end of the transaction. Without a day the
 * database takes its own: who reads a notice is judged by the memberships of the day.
 */
export function contextStatement(actor: Actor, today?: Day): { name: string; text: string; values: string[] } {
  const scope = rowScopeOf(actor);
  return {
    name: 'context',
    text: contextText,
    values: [
      scope.scope,
      scope.personId,
      `{${scope.associationIds.join(',')}}`,
      actingAccount(actor) ?? '',
      actorKeyOf(actor),
      today ?? '',
      isOperations(actor) ? 'on' : '',
      String(contractorOf(actor) ?? ''),
    ],
  };
}
