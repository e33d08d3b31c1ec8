import { feePeriodOf } from '#kernel/fee-period.ts';
import { refuse } from '#kernel/refusal.ts';
import type { OfficeWork } from '#features/application/queries/office-work.ts';
import { settingsOn } from '#features/association/queries/directory.ts';
import { readOfficeWork } from '#features/application/queries/office-work.ts';
import type { RecentRun } from '#features/bulk/queries/recent-runs.ts';
import { readRecentRuns } from '#features/bulk/queries/recent-runs.ts';
import { waitingCertificates } from '#features/certificate/queries/waiting.ts';
import { countDue } from '#features/export/queries/due.ts';
import type { FreshNews } from '#features/member-notification/queries/notifications.ts';
import { freshNews } from '#features/member-notification/queries/notifications.ts';
import type { DeskCounts } from '#features/inquiry/queries/lists.ts';
import { deskInquiries, officeInquiries } from '#features/inquiry/queries/lists.ts';
import { membersOn } from '#features/membership/queries/member-count.ts';
import { newestNotices } from '#features/notice/queries/reader-notices.ts';
import type { ReaderLine } from '#features/notice/queries/reader-notices.ts';
import { activeStaff } from '#features/staff/queries/active-staff.ts';
import type { StaffNotice } from '#features/staff/queries/to-look-at.ts';
import { staffToLookAt } from '#features/staff/queries/to-look-at.ts';
import type { FirstSteps } from './first-steps.ts';
import { readFirstSteps } from './first-steps.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';

export type OfficeTop = {
  associationName: string;
  admin: boolean;
  work: OfficeWork;
  members: { today: number /** Since the day before the 期 began. */; change: number; periodLabel: string };
  staff: { people: number; admins: number };
  /** 管理者への注意; undefined for スタッフ. */
  staffNotice: StaffNotice | undefined;
  /** 在籍証明書 that wait to be issued. */
  certificates: number;
  bulkRuns: RecentRun[];
  /** Fetched files of データ出力 whose 削除予定日 has come. */
  dueExports: number;
  /** 新着情報: the newest 会員関連通知 not yet seen. */
  news: FreshNews[];
  /** The version of the own 環境設定 that begins today. */
  settingsToday: number | undefined;
  /** From upper associations, newest first. */
  notices: ReaderLine[];
  firstSteps: FirstSteps;
  /** 会員からのお問合せ; at the JMA also those at its 担当課. */
  inquiries: { own: DeskCounts; sections: DeskCounts | undefined };
};

/** TOP of an office (`screens.md O-01`). 外部委託先 gets the page without any of this. */
export const officeTop = query({
  name: 'desk.officeTop',
  input: z.object({}),
  allow: (ctx) => (ctx.actor.kind === 'office' && ctx.actor.role !== 'trainingContractor' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx): Promise<OfficeTop | undefined> => {
    if (ctx.actor.kind !== 'office') return undefined;
    const { associationId, associationName, role } = ctx.actor;
    const period = feePeriodOf(ctx.today);
    const today = await membersOn(tx, associationId, ctx.today);
    const [settings] = await settingsOn(tx, [associationId], ctx.today);
    return {
      associationName,
      admin: role === 'admin',
      work: await readOfficeWork(tx, ctx),
      members: { today, change: today - (await membersOn(tx, associationId, period.from)), periodLabel: period.label },
      certificates: await waitingCertificates(tx, associationId),
      staffNotice: role === 'admin' ? await staffToLookAt(tx, ctx, associationId) : undefined,
      staff: await activeStaff(tx, associationId, ctx.today),
      bulkRuns: await readRecentRuns(tx, ctx, associationId),
      dueExports: await countDue(tx, ctx, associationId),
      news: await freshNews(tx, ctx),
      settingsToday: settings?.startsOn === ctx.today && settings.version > 1 ? settings.version : undefined,
      notices: await newestNotices(tx, ctx, 10),
      firstSteps: await readFirstSteps(tx, ctx, ctx.actor),
      inquiries: { own: await officeInquiries(tx, ctx.actor, ctx.today), sections: await deskInquiries(tx, ctx.actor, ctx.today) },
    };
  },
  audit: ({ work, news }) => ({
    action: 'desk.viewed',
    personIds: [
      ...new Set([
        ...work.ahead.map((one) => one.personId),
        ...work.tasks.map((one) => one.personId),
        ...news.flatMap((one) => one.personId ?? []),
      ]),
    ],
  }),
});
