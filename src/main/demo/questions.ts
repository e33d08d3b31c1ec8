import type { Actor } from '#kernel/actor.ts';
import { addDays, startOfDay } from '#kernel/day.ts';
import { derivedId } from '#platform/files/derived-id.ts';
import { addQuestion } from '#features/help/commands/keep-faq.ts';
import { askQuestion } from '#features/inquiry/commands/ask.ts';
import { sendContact } from '#features/inquiry/commands/contact.ts';
import { answerInquiry } from '#features/inquiry/commands/follow.ts';
import { passInquiry } from '#features/inquiry/commands/pass.ts';
import { announceNotice } from '#features/notice/commands/announce.ts';
import { announcedNotices } from '#features/notice/queries/announced.ts';
import { announceService } from '#features/service-notice/commands/keep-notice.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { as, doctorActor, must } from './acting.ts';
import type { Ground } from './ground.ts';

/** A few お問合せ, so that no desk of the demo is empty: of a doctor, of an office, of somebody without login. */

type Row = { account: string; person: string | null; staff: string | null; name: string };

async function whoIs({ surroundings }: Ground, loginId: string): Promise<Row | undefined> {
  const found = await surroundings.database.system.query<Row>(
    `SELECT a.id AS account, p.id AS person, s.id AS staff, a.display_name AS name FROM account a
      LEFT JOIN person p ON p.account_id = a.id LEFT JOIN staff_member s ON s.account_id = a.id WHERE lower(a.login_id) = $1`,
    [loginId],
  );
  return found.rows[0];
}

const questions = [
  { kind: 'memberInfo', body: '登録している旧姓の表記を直したいのですが、どの書類が必要でしょうか。', daysAgo: 6 },
  { kind: 'operation', body: '在籍証明書のPDFを印刷できません。\n「PDFを開く」を押しても何も表示されません。', daysAgo: 4 },
  { kind: 'liability', body: '異動の手続き中ですが、医賠責の補償は続いていますか。', daysAgo: 1 },
] as const;

/** 医師会へ回す: what only the doctor's own association can answer. */
async function passToKita({ surroundings, office }: Ground, about: { id: string; now: Date; key: string }): Promise<void> {
  const wish = {
    id: about.id,
    version: 1,
    to: 'office',
    associationId: '27001',
    reason: '旧姓の表記は、ご所属の医師会で確認をお願いします。',
  };
  must(await run(passInquiry, as(surroundings, office(0), about.now), wish, about.key));
}

/** What 運営事務局 tells everybody: a planned stop that is still far, a notice of it, and a question that was asked again and again. */
async function tellEverybody({ surroundings, today }: Ground, desk: Actor, now: Date): Promise<void> {
  const ctx = as(surroundings, desk, now);
  const stop = {
    kind: 'maintenance',
    startsOn: addDays(today, 30),
    startsTime: '22:00',
    endsOn: addDays(today, 31),
    endsTime: '5:00',
    mode: 'stop',
    impact: 'ログイン、申請、メールの送信が止まります。',
  };
  must(await run(announceService, ctx, stop, 'demo planned stop'));
  const { categories } = must(await ask(announcedNotices, ctx, {}));
  const notice = {
    title: 'メンテナンスの予定について',
    category1: categories.at(-1)?.value ?? '',
    lead: 'メンテナンスのあいだは、ログインと申請ができません。',
    body: '日時は「稼働状況」のページをご覧ください。\n\n- 入力中の届は、メンテナンスの前に一時保存してください',
    target: 'allDoctors',
    startsOn: today,
  };
  must(await run(announceNotice, ctx, notice, 'demo notice to all doctors'));
  const question = {
    question: '在籍証明書のPDFが開きません',
    answer: 'お使いのブラウザーで、ポップアップの表示を許可してからお試しください。',
    anonymous: 'on',
  };
  must(await run(addQuestion, ctx, question, 'demo question for everybody'));
}

/** Asks and answers through the commands; the same every time. */
export async function askDemoQuestions(ground: Ground): Promise<void> {
  const { surroundings, today } = ground;
  const at = (daysAgo: number, hour: number) => new Date(startOfDay(addDays(today, -daysAgo)).getTime() + hour * 3_600_000);
  const doctor = await whoIs(ground, 'demo-doctor-2');
  const operations = await whoIs(ground, 'demo-operations');
  if (doctor?.person === undefined || doctor.person === null || operations?.staff === undefined || operations.staff === null) return;
  const asker = doctorActor(doctor.person, doctor.account, doctor.name);
  const desk: Actor = { kind: 'operations', accountId: operations.account, staffId: operations.staff, displayName: operations.name };
  await tellEverybody(ground, desk, at(0, 9));
  for (const [place, { kind, body, daysAgo }] of questions.entries()) {
    const key = `demo question ${place}`;
    const question = { kind, body, batch: derivedId(key) };
    const { id } = must(await run(askQuestion, as(surroundings, asker, at(daysAgo, 10)), question, key));
    if (kind === 'memberInfo') await passToKita(ground, { id, now: at(daysAgo - 1, 9), key: `${key} passed` });
    if (kind !== 'operation') continue;
    const answer = { id, version: 1, body: 'お使いのブラウザーで、ポップアップの表示を許可してからお試しください。' };
    must(await run(answerInquiry, as(surroundings, desk, at(daysAgo - 1, 11)), answer, `${key} answered`));
  }
  const office = ground.office(27_001);
  const ours = {
    kind: 'operation',
    body: '退職した職員の保存した条件を引き継ぐ方法を教えてください。',
    batch: derivedId('demo question of an office'),
  };
  must(await run(askQuestion, as(surroundings, office, at(2, 14)), ours, 'demo question of an office'));
  const guest = as(surroundings, { kind: 'guest' }, at(0, 9));
  const theirs = {
    kind: 'login',
    name: '外山 一郎',
    kana: 'トヤマ イチロウ',
    mail: 'toyama@demo.example.jp',
    batch: derivedId('demo guest'),
  };
  must(await sendContact(guest, { ...theirs, body: '登録したメールアドレスが使えなくなりました。' }, 'demo question of a guest'));
}
