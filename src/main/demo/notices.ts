import { addDays, startOfDay } from '#kernel/day.ts';
import { publishNotice } from '#features/notice/commands/publish.ts';
import { saveNotice } from '#features/notice/commands/save.ts';
import { newNotice } from '#features/notice/queries/office-notice.ts';
import type { NoticeTarget } from '#features/notice/schema.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { as, must } from './acting.ts';
import type { Ground } from './ground.ts';

/** お知らせ of the demo: of 日本医師会, 大阪府医師会 and 大阪市北区医師会, for every kind of reader. */

type Plan = {
  office: number;
  /** Days before the first day of the demo; below 0 for one that waits. */
  ago: number;
  title: string;
  category: string;
  lead: string;
  body: string;
  target: NoticeTarget;
  important?: boolean;
  draft?: boolean;
};

const [jma, osaka, kita] = [0, 27_000, 27_001];

const plans: readonly Plan[] = [
  {
    office: jma,
    ago: 20,
    title: 'MAMIS(会員情報システム)をご利用ください',
    category: '事務局からのお知らせ',
    lead: '入会・異動・退会のお手続きは、MAMISから行えます。',
    body: '# ご利用いただける方\n- 医師会の会員の方\n- これから入会される方\n\n初めてご利用の方は、ログイン画面の「初めてご利用の方(利用者登録)」からお進みください。',
    target: 'public',
  },
  {
    office: jma,
    ago: 12,
    title: '医師賠償責任保険の更新について',
    category: '保険・年金',
    lead: '会員区分により保険の取扱いが異なります。',
    body: '# ご確認ください\n1. 会員区分\n2. 所属施設\n\n異動された方は、マイページの「異動届」をご提出ください。',
    target: 'members',
    important: true,
  },
  {
    office: jma,
    ago: 6,
    title: '会員数の確認のお願い(事務局の皆様へ)',
    category: '事務局からのお知らせ',
    lead: '12月1日現在の会員数の確認を始めます。',
    body: '# お願い\n- 効力発生日待ちの申請をご確認ください\n- 7日以上お待たせしている申請の処理をお願いします',
    target: 'lowerOffices',
  },
  {
    office: osaka,
    ago: 9,
    title: '救急医療に関する研修会のご案内',
    category: '研修会・講習会',
    lead: '府内の会員の先生方を対象とした研修会です。',
    body: '# 日時\n来月第2土曜日 午後2時から\n\n# 会場\n大阪府医師会館\n\n- 参加費は無料です\n- お申し込みは不要です',
    target: 'lowerMembers',
  },
  {
    office: kita,
    ago: 4,
    title: '休日急病診療所の出務について',
    category: '行事',
    lead: '来月の出務表をお送りします。',
    body: '出務のご都合が変わった先生は、事務局へお電話ください。\n\n- 受付 平日 9時から17時',
    target: 'members',
  },
  {
    office: kita,
    ago: -10,
    title: '定例総会のご案内',
    category: '行事',
    lead: '定例総会を開きます。',
    body: '# 議題\n1. 事業報告\n2. 決算\n3. 役員の選任',
    target: 'members',
  },
  {
    office: kita,
    ago: 1,
    title: '新年会について(準備中)',
    category: '行事',
    lead: '',
    body: '日時と会場を決めてから掲載する。',
    target: 'members',
    draft: true,
  },
];

/** Publishes them, each on its day; an interrupted load goes on with the same ones. */
export async function publishDemoNotices(ground: Ground): Promise<void> {
  for (const [index, plan] of plans.entries()) {
    const startsOn = addDays(ground.today, -plan.ago);
    const written = plan.ago < 0 ? addDays(ground.today, -2) : startsOn;
    const ctx = as(ground.surroundings, ground.office(plan.office), startOfDay(written));
    const { choices } = must(await ask(newNotice, ctx, {}));
    const input = {
      title: plan.title,
      category1: choices.categories.find((one) => one.label === plan.category)?.value ?? '',
      lead: plan.lead,
      body: plan.body,
      target: plan.target,
      startsOn: startsOn.replaceAll('-', '/'),
      important: plan.important ?? false,
    };
    const kept = must(await run(saveNotice, ctx, input, `demo notice ${index}`));
    if (plan.draft !== true) must(await run(publishNotice, ctx, kept, `demo notice ${index} published`));
  }
}
