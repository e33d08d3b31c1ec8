import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { homeOf } from '#features/identity/rules.ts';
import { badgeOf } from '#features/membership/queries/badge.ts';
import { unreadWord } from '#features/member-notification/queries/notifications.ts';
import { currentBanner } from '#features/service-notice/queries/banner.ts';
import { findPerson } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import type { Hold } from '#platform/session/visitor.ts';
import { formatLicence } from '#kernel/licence.ts';
import type { DoctorLine, FrameData, FrameWho, MenuItem } from '#ui/frame/frameData.ts';
import {
  clerkMenu,
  consentLink,
  contractorMenu,
  doctorMenu,
  footerLinks,
  jmaItem,
  masterAddress,
  newsAddress,
  officeMenu,
  operationsMenu,
  operationsName,
  receivedAddress,
  statusLink,
} from '../labels.ts';

/** Header, menus and footer of every page (`screens.md 1.1`). A menu item stands here only when its screen exists. */

async function doctorLine(ctx: Context, actor: DoctorActor): Promise<DoctorLine> {
  return await readTransaction(ctx, async (tx) => {
    const person = await findPerson(tx, actor.personId);
    const badge = await badgeOf(tx, actor.personId, ctx.today);
    return {
      name: person === undefined ? actor.displayName : `${person.surname} ${person.givenName}`,
      licence: person === undefined ? undefined : formatLicence(person.licenceNumber),
      licenceChecked: person?.licenceVerifiedAt !== null,
      badge: badge.association,
      years: badge.years,
    };
  });
}

function officeWho(actor: OfficeActor): FrameWho {
  return { kind: 'office', userName: actor.displayName, associationName: actor.associationName };
}

/** A menu item appears only when its screen may be opened. */
const menuOf: Readonly<Record<OfficeActor['role'], readonly MenuItem[]>> = {
  admin: officeMenu,
  clerk: clerkMenu,
  trainingContractor: contractorMenu,
};

/** The menu of an office with what is new in 会員関連通知; the JMA also has the desks of its 担当課. */
async function officeMenuOf(ctx: Context, actor: OfficeActor): Promise<readonly MenuItem[]> {
  // Above the JMA there is nobody whose notices it could read.
  const elsewhere = actor.layer === 1 ? receivedAddress : masterAddress;
  const own = menuOf[actor.role].filter((item) => item.to !== elsewhere);
  const atJma = actor.layer === 1 && actor.role !== 'trainingContractor';
  const menu = atJma ? own.flatMap((item) => (item.to === '/office/inquiries' ? [item, jmaItem] : [item])) : own;
  if (!menu.some((item) => item.to === newsAddress)) return menu;
  const unread = await readTransaction(ctx, async (tx) => await unreadWord(tx, actor.associationId));
  return menu.map((item) => (item.to === newsAddress ? { ...item, unread } : item));
}

async function whoOf(ctx: Context): Promise<{ who: FrameWho; homeTo: string; menu: readonly MenuItem[] }> {
  switch (ctx.actor.kind) {
    case 'doctor':
      return { who: { kind: 'doctor', doctor: await doctorLine(ctx, ctx.actor) }, homeTo: '/my', menu: doctorMenu };
    case 'office':
      return { who: officeWho(ctx.actor), homeTo: '/office', menu: await officeMenuOf(ctx, ctx.actor) };
    case 'operations':
      return {
        who: { kind: 'office', userName: ctx.actor.displayName, associationName: operationsName },
        homeTo: homeOf(ctx.actor),
        menu: operationsMenu,
      };
    default:
      return { who: { kind: 'entrance' }, homeTo: '/login', menu: [] };
  }
}

/** Minutes without use until the session ends; the keep-alive page prolongs it (`screens.md 1.5`). */
function idleOf(ctx: Context): FrameData['idle'] {
  if (ctx.actor.kind === 'guest' || ctx.actor.kind === 'system') return undefined;
  return { minutes: ctx.actor.kind === 'doctor' ? 60 : 30, keepAliveUrl: '/session' };
}

/** 計画停止 or 障害 on every page, with the way to more of it. */
async function serviceBanner(ctx: Context): Promise<Pick<FrameData, 'banner' | 'bannerLink'>> {
  const banner = await currentBanner(ctx);
  return banner === undefined ? {} : { banner, bannerLink: statusLink };
}

/** The frame for the one who asks. His own name and number only, so no audit event is due. */
export async function frameOf(ctx: Context): Promise<FrameData> {
  const around = { footer: footerLinks, demo: ctx.site.demo, version: ctx.site.version, idle: idleOf(ctx) };
  return { ...(await whoOf(ctx)), ...around, ...(await serviceBanner(ctx)) };
}

/** Says on every page that its reader is held up, and where that is settled. */
export function withHold(frame: FrameData, hold: Hold | undefined): FrameData {
  return hold?.reading === true ? { ...frame, banner: hold.message, bannerLink: { label: consentLink, to: hold.to } } : frame;
}
