import { actingAccount, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { isAssociationKind, masterNames as names } from '../master-fields.ts';
import { masterTexts as texts } from '../master-messages.ts';
import { firstAdminInput, openInput } from '../master-schema.ts';
import { findMaster } from '../master-list.store.server.ts';
import type { NewAssociation } from '../master.store.server.ts';
import { insertAssociation } from '../master.store.server.ts';
import { mayKeepMaster } from '../policy.ts';
import { insertFirstAdmin, listAdmins } from '../reorganisation.store.server.ts';
import { associationSettings } from '../schema.ts';
import { listCodes } from '../store.server.ts';
import { masterLock } from './carry-change.ts';
import { dayErrors } from './judge-change.ts';

/** A new association, and its 初期管理者 (`screens.md J-02`). */

const keepersOnly = (ctx: Context) => (mayKeepMaster(ctx.actor) ? true : refuse('forbidden'));

type AdminInput = { surname: string; givenName: string; surnameKana: string; givenNameKana: string; adminMail: string };

function adminOf(ctx: Context, associationId: number, { adminMail, ...input }: AdminInput) {
  const { surname, givenName, surnameKana, givenNameKana } = input;
  const by = { namedBy: actingAccount(ctx.actor) ?? '', namedByName: actorName(ctx.actor), namedAt: ctx.now };
  return { id: newId(), associationId, surname, givenName, surnameKana, givenNameKana, mail: adminMail, ...by };
}

const named = (firstAdminId: string): DomainEvent => ({ kind: 'association.firstAdminNamed', payload: { firstAdminId } });

type Opened = Omit<NewAssociation, 'parentId' | 'settings' | 'reason'> & AdminInput;

/** Opens an association with the settings of the beginning, and names its 初期管理者, inside a command of the JMA. */
export async function openWithAdmin(
  tx: WriteTransaction,
  ctx: Context,
  { parentId, ...opened }: Opened & { parentId: number },
): Promise<{ associationId: number; event: DomainEvent }> {
  const settings = JSON.stringify(associationSettings.parse({}));
  const associationId = await insertAssociation(tx, { ...opened, parentId, settings, reason: names.opensOn });
  const admin = adminOf(ctx, associationId, opened);
  await insertFirstAdmin(tx, admin);
  return { associationId, event: named(admin.id) };
}

/** 新規登録: a new association below one of the layer above, from its 設立日 on; its first 管理者 is invited by mail (M-30). */
export const openAssociation = command({
  name: 'association.open',
  input: openInput,
  // The one above must not be taken back meanwhile.
  locks: async (_tx, { code, parentCode }) => await Promise.resolve([code, parentCode].flatMap(masterLock)),
  load: async (tx, { code, parentCode, opensOn }, ctx) => ({
    taken: await findMaster(tx, code, ctx.today),
    parent: await findMaster(tx, parentCode, opensOn),
    prefectures: new Set((await listCodes(tx, ['prefecture'], ctx.today)).map((row) => row.code)),
  }),
  allow: keepersOnly,
  decide: (ctx, { taken, parent, prefectures }, input) => {
    if (taken !== undefined) return refuseFields({ code: [taken.withdrawn ? texts.codeWithdrawn : texts.codeTaken] });
    if (parent === undefined) return refuseFields({ parentCode: [texts.noParent] });
    if (parent.layer !== input.layer - 1 || (parent.closesOn !== null && parent.closesOn < input.opensOn))
      return refuseFields({ parentCode: [texts.wrongParent] });
    if (!prefectures.has(input.prefectureCode)) return refuseFields({ prefectureCode: [messages.sel(names.prefecture)] });
    if (!isAssociationKind(input.kind)) return refuseFields({ kind: [messages.sel(names.kind)] });
    const days = dayErrors(input.opensOn, ctx.today, 'opensOn');
    return days.ok ? accepted(parent.id) : days;
  },
  save: async (tx, { ctx, decision: parentId, input }) => {
    const { associationId, event } = await openWithAdmin(tx, ctx, { ...input, parentId });
    return {
      value: { code: input.code },
      audit: { action: 'association.open', target: input.code, detail: { opensOn: input.opensOn, parentId } },
      events: [{ kind: 'association.masterChanged', payload: { associationId, sourceAssociationId: 0, startsOn: input.opensOn } }, event],
    };
  },
  constraints: {
    association_pkey: () => refuseFields({ code: [texts.codeTaken] }),
    association_code_key: () => refuseFields({ code: [texts.codeTaken] }),
  },
});

/** 招待する, anew or somebody else, as long as the association has no 管理者; an invitation before it ends. */
export const nameFirstAdmin = command({
  name: 'association.nameFirstAdmin',
  input: firstAdminInput,
  locks: async (_tx, { code }) => await Promise.resolve(masterLock(code)),
  load: async (tx, { code }, ctx) => {
    const present = mayKeepMaster(ctx.actor) ? await findMaster(tx, code, ctx.today) : undefined;
    return present === undefined ? undefined : { present, admins: (await listAdmins(tx, [present.id]))[0]?.admins ?? 0 };
  },
  allow: keepersOnly,
  decide: (ctx, { present, admins }) => {
    if (admins > 0) return refuse('conflict', { message: texts.adminAlready });
    if (present.withdrawn) return refuse('conflict', { message: texts.openingWithdrawn });
    const closed = present.closesOn !== null && present.closesOn < ctx.today;
    return closed ? refuse('conflict', { message: texts.closedAssociation }) : accepted(present.id);
  },
  save: async (tx, { ctx, target: { present }, decision: associationId, input }) => {
    const admin = adminOf(ctx, associationId, input);
    await insertFirstAdmin(tx, admin);
    return { value: {}, audit: { action: 'association.nameFirstAdmin', target: present.code }, events: [named(admin.id)] };
  },
});
