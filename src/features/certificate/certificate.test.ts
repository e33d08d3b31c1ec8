import { createCanvas, loadImage } from '@napi-rs/canvas';
import readQr from 'jsqr';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { must, officeActor } from '#main/demo/acting.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { drawQr } from '#platform/second-factor/qr.ts';
import { approveUpTo, filed, kita, minato, officeAt } from '#support/case-mix.ts';
import { staffLogin } from '#support/logins.ts';
import { pdfPages } from '#support/pdf-text.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { issueAsked, returnCertificate } from './commands/answer.ts';
import { checkCertificate } from './commands/check.ts';
import { issueCertificate, issueForMember } from './commands/issue.ts';
import { revokeCertificate } from './commands/revoke.ts';
import { saveInfo } from '#features/association/commands/save-info.ts';
import { certificateTemplate, sealDrawing } from './documents/certificate.ts';
import { certificate, certificatePaper } from './queries/certificate.ts';
import { memberCertificates, myCertificates, officeCertificates } from './queries/certificates.ts';
import { certificatePreview } from './queries/preview.ts';
import { certificateStart, memberCertificateStart } from './queries/start.ts';
import { certificateReactions } from './reactions.ts';

/** 在籍証明書 (`screens.md D-13, O-29, A-14`) on PostgreSQL. */

const jma = 0;
const later = new Date('2026-01-20T03:00:00Z');
let world: World;
let owner: Client;
let doctor: DoctorActor;
let district: OfficeActor;
let stranger: OfficeActor;
let addresses = 0;

/** A member of the district, the prefecture and JMA since 10 January. */
async function member(more: Record<string, unknown> = {}): Promise<DoctorActor> {
  const case3 = await filed(world, kita, await world.doctor(more), '2026-01-10');
  await approveUpTo(world, case3, 3, '2026-01-10');
  district = { ...officeAt(case3, 0), accountId: district.accountId, staffId: district.staffId };
  return case3.doctor;
}

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const login = await staffLogin(owner, { associationId: kita, role: 'admin' });
  await owner.query('UPDATE account SET mail = $2 WHERE id = $1', [login.accountId, 'kita@example.jp']);
  district = { ...officeActor({ id: kita, name: '大阪市北区医師会', layer: 3 }, { accountId: login.accountId }), staffId: login.staffId };
  const [other] = await world.offices(minato);
  if (other === undefined) throw new Error('no other office');
  stranger = other;
  doctor = await member({ surname: '髙橋', givenName: '花子', formerSurname: '山﨑', formerSurnameKana: 'ヤマザキ' });
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const wish = {
  associationId: String(kita),
  baseOn: '2026/01/15',
  contents: ['licence', 'joined', 'category'],
  nameForm: 'current',
  purpose: '',
};

async function issue(who: DoctorActor, more: Record<string, unknown> = {}): Promise<string> {
  return must(await run(issueCertificate, world.as(who), { ...wish, ...more }, newId())).id;
}

/** A third party with a network address of its own. */
function guest(now?: Date): Context {
  addresses += 1;
  return { ...world.as({ kind: 'guest' }, now), address: `198.51.100.${addresses}` };
}

async function printed(who: DoctorActor, id: string) {
  return must(await ask(certificatePaper, world.as(who), { id }));
}

async function entries(who: DoctorActor, id: string): Promise<{ number: string; code: string }> {
  const { paper } = await printed(who, id);
  return { number: paper.number, code: paper.code };
}

const message = (outcome: Awaited<ReturnType<typeof checkCertificate>>) => (outcome.ok ? '' : outcome.refusal.message);

async function react(kind: string, certificateId: string): Promise<void> {
  await certificateReactions[kind]?.(world.as({ kind: 'system', name: 'reactions' }), { certificateId });
}

async function mailsAbout(id: string): Promise<Record<string, unknown>[]> {
  const sql = 'SELECT template, to_address, body FROM mail_message WHERE dedupe_key LIKE $1 ORDER BY template';
  return (await owner.query<Record<string, unknown>>(sql, [`%:certificate:${id}%`])).rows;
}

describe('医師の発行(D-13)', () => {
  test('会員である医師会を選び、内容を確かめて、すぐに発行できる', async () => {
    const ctx = world.as(doctor);
    const start = must(await ask(certificateStart, ctx, {}));
    expect(start.associations.map((one) => one.label)).toEqual(['[3層] 大阪市北区医師会', '[2層] 大阪府医師会', '[1層] 日本医師会']);
    const preview = must(must(await ask(certificatePreview, ctx, { ...wish, nameForm: 'former' })));
    expect(preview.confirmedBy).toBeUndefined();
    expect(preview.sheet.rows[0]).toEqual({ label: '氏名', lines: ['髙橋 花子(旧姓 山﨑 花子)'] });
    const key = newId();
    const first = must(await run(issueCertificate, ctx, wish, key));
    expect(must(await run(issueCertificate, ctx, wish, key))).toEqual(first);
    const view = must(await ask(certificate, ctx, { id: first.id }));
    expect(view).toMatchObject({ state: '有効', association: '大阪市北区医師会', may: { open: true, revoke: true, answer: false } });
    expect(view.number).toMatch(/^C-\d{10}$/);
    const list = must(await ask(myCertificates, ctx, {}));
    expect(list.rows[0]).toMatchObject({ id: first.id, number: view.number, state: '有効', openable: true });
    const { rows } = await owner.query('SELECT detail FROM audit_event WHERE action = $1 AND target = $2', ['certificate.issue', first.id]);
    expect(rows).toEqual([{ detail: { associationId: kita, baseOn: '2026-01-15', number: view.number } }]);
  });

  test('会員でない医師会・日・氏名の表記では発行できず、理由が項目に示される', async () => {
    const refused = async (more: Record<string, unknown>) => {
      const outcome = await run(issueCertificate, world.as(doctor), { ...wish, ...more }, newId());
      return outcome.ok ? {} : outcome.refusal.fields;
    };
    expect(await refused({ baseOn: '2026/01/09' })).toEqual({ baseOn: ['基準日に大阪市北区医師会の会員ではありません'] });
    expect(await refused({ baseOn: '2026/01/16' })).toEqual({ baseOn: ['基準日に未来の日付は入力できません'] });
    expect(await refused({ associationId: String(minato) })).toEqual({ associationId: ['発行する医師会を選択してください'] });
    expect(await refused({ associationId: '', nameForm: '' })).toMatchObject({
      associationId: ['発行する医師会を選択してください'],
      nameForm: ['氏名の表記を選択してください'],
    });
    expect(await refused({ purpose: 'あ'.repeat(51) })).toEqual({ purpose: ['用途・提出先は50文字以内で入力してください'] });
    const outsider = await world.doctor();
    expect(must(await ask(certificateStart, world.as(outsider), {})).associations).toEqual([]);
    expect(await run(issueCertificate, world.as(outsider), wish)).toMatchObject({ refusal: { code: 'invalid' } });
  });

  test('ほかの医師・発行していない医師会からは見えない', async () => {
    const id = await issue(doctor, { associationId: String(jma) });
    for (const other of [await member(), stranger, district]) {
      expect(await ask(certificate, world.as(other), { id })).toMatchObject({ refusal: { code: 'notFound' } });
      expect(await ask(certificatePaper, world.as(other), { id })).toMatchObject({ refusal: { code: 'notFound' } });
      expect(await run(revokeCertificate, world.as(other), { id, reason: '理由' })).toMatchObject({ refusal: { code: 'notFound' } });
    }
  });
});

/** The first page as a picture. */
async function drawn(ctx: Context, bytes: Uint8Array) {
  const pages = await ctx.render.preview(bytes, 'application/pdf');
  const image = await loadImage(Buffer.from(pages.kind === 'pages' ? (pages.pages[0] ?? []) : []));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.getContext('2d').getImageData(0, 0, image.width, image.height);
}

describe('証明書のPDF', () => {
  test('印影が登録されていれば、印の位置に印刷される', async () => {
    const { paper } = await printed(doctor, await issue(doctor));
    const stamp = createCanvas(40, 40);
    const pen = stamp.getContext('2d');
    pen.fillStyle = '#ff0000';
    pen.fillRect(0, 0, 40, 40);
    const ctx = world.as(doctor);
    const red = async (seal: string): Promise<number> => {
      const bytes = await ctx.render.print(certificateTemplate, { ...paper, qr: drawQr(paper.link), seal });
      const { data } = await drawn(ctx, bytes ?? new Uint8Array());
      let count = 0;
      for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 0) > 200 && (data[at + 1] ?? 255) < 60) count += 1;
      return count;
    };
    expect(await red('')).toBe(0);
    expect(await red(sealDrawing('image/png', stamp.toBuffer('image/png')))).toBeGreaterThan(1000);
  });

  test('字体を変えず取り出せる文字で書かれ、QRコードが確認用ページを開く', async () => {
    const id = await issue(doctor, { nameForm: 'former', purpose: '#set text(99pt) $x$ 病院への提出' });
    const { number, paper } = await printed(doctor, id);
    const ctx = world.as(doctor);
    const bytes = await ctx.render.print(certificateTemplate, { ...paper, qr: drawQr(paper.link), seal: '' });
    if (bytes === undefined) throw new Error('not printed');
    const [text = '', ...more] = await pdfPages(bytes);
    expect(more).toEqual([]);
    for (const part of [number, paper.code, '髙橋 花子(旧姓 山﨑 花子)', '大阪市北区医師会(郡市区等医師会)', '#set text(99pt) $x$', '印'])
      expect(text.replaceAll(/\s+/g, ' ')).toContain(part);
    expect(text).toContain('上記の者は、2026年1月15日現在、本会の会員であることを証明します。');
    const { data, width, height } = await drawn(ctx, bytes);
    const link = new URL(readQr(new Uint8ClampedArray(data), width, height)?.data ?? '');
    expect(link.href).toBe(paper.link);
    const scanned = { code: link.pathname.replace('/verify/', ''), number: link.searchParams.get('number') };
    expect(await checkCertificate(guest(), scanned)).toMatchObject({ ok: true, value: { state: 'issued' } });
  });
});

describe('公開の確認(A-14)', () => {
  test('紙と同じことだけを示し、確認は記録されて本人に分かる', async () => {
    const id = await issue(doctor);
    const { paper } = await printed(doctor, id);
    const found = must(await checkCertificate(guest(), { number: paper.number.toLowerCase(), code: paper.code.replaceAll('-', '　') }));
    expect(found.rows).toEqual([
      ...paper.rows,
      { label: '発行日', lines: ['2026年1月15日(令和8年1月15日)'] },
      { label: '発行者', lines: ['大阪市北区医師会(郡市区等医師会) 会長'] },
    ]);
    expect(JSON.stringify(found)).not.toContain('1980');
    const view = must(await ask(certificate, world.as(doctor), { id }));
    expect(view.checks?.count).toBe(1);
    const { rows } = await owner.query("SELECT person_ids, address FROM audit_event WHERE action = 'certificate.check' AND target = $1", [
      id,
    ]);
    expect(rows).toEqual([{ person_ids: [doctor.personId], address: `198.51.100.${addresses}` }]);
  });

  test('番号がない、コードが違う、形が違うは、同じ答えになり、記録に残る', async () => {
    const { number, code } = await entries(doctor, await issue(doctor));
    const before = (await owner.query("SELECT id FROM audit_event WHERE action = 'certificate.check' AND result = 'refused'")).rows.length;
    const wrong = [
      { number, code: `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}` },
      { number: 'C-9999999999', code },
      { number: '在籍', code: '証明' },
    ];
    for (const input of wrong) {
      const outcome = await checkCertificate(guest(), input);
      expect(outcome).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
      expect(message(outcome)).toBe('証明書番号または確認コードが正しくありません。');
    }
    const after = (await owner.query("SELECT id FROM audit_event WHERE action = 'certificate.check' AND result = 'refused'")).rows.length;
    expect(after - before).toBe(wrong.length);
    expect(await checkCertificate(guest(), { number: '', code: ['a', 'b'] })).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
  });

  test('同じ接続元からは1分に10回まで', async () => {
    const one = guest();
    const outcomes = await Promise.all(Array.from({ length: 11 }, async () => await checkCertificate(one, { number: 'C-0', code: 'x' })));
    expect(outcomes.slice(0, 10).every((outcome) => message(outcome).startsWith('証明書番号'))).toBe(true);
    expect(outcomes[10]).toMatchObject({ ok: false, refusal: { code: 'tooMany', message: '60秒後に操作できます。' } });
  });

  test('基準日より後の退会では有効のまま、基準日に会員でなかったと分かれば「訂正」となる', async () => {
    const [stays, goes] = [await member(), await member()];
    const ids = { stays: await issue(stays), goes: await issue(goes) };
    const papers = { stays: await entries(stays, ids.stays), goes: await entries(goes, ids.goes) };
    const leave = [kita, 27_000, jma];
    for (const [who, on] of [
      [stays, '2026-01-31'],
      [goes, '2026-01-12'],
    ] as const) {
      const { id } = await fileWithdrawal(world.as(who, later), { leave, wishedOn: on });
      must(await approveLeaveAs(world.as(district, later), id, on));
    }
    expect(await checkCertificate(guest(later), papers.stays)).toMatchObject({ ok: true, value: { state: 'issued' } });
    expect(await checkCertificate(guest(later), papers.goes)).toEqual({
      ok: true,
      value: { state: 'corrected', rows: [], revokedOn: undefined },
    });
    const view = must(await ask(certificate, world.as(goes, later), { id: ids.goes }));
    expect(view).toMatchObject({ state: '訂正あり', may: { open: false, revoke: true } });
    expect(await ask(certificatePaper, world.as(goes, later), { id: ids.goes })).toMatchObject({ refusal: { code: 'notFound' } });
  });
});

describe('無効にする', () => {
  test('本人はいつでも、医師会は理由を添えて無効にでき、確認すると日付だけが分かる', async () => {
    const [own, theirs] = [await issue(doctor), await issue(doctor)];
    const papers = [await entries(doctor, own), await entries(doctor, theirs)];
    must(await run(revokeCertificate, world.as(doctor), { id: own }));
    expect(await run(revokeCertificate, world.as(district), { id: theirs, reason: '' })).toMatchObject({
      refusal: { fields: { reason: ['無効にする理由を入力してください'] } },
    });
    must(await run(revokeCertificate, world.as(district), { id: theirs, reason: '誤って発行したため' }));
    for (const paper of papers) {
      expect(await checkCertificate(guest(), paper)).toEqual({ ok: true, value: { state: 'revoked', rows: [], revokedOn: '2026-01-15' } });
    }
    expect(must(await ask(certificate, world.as(doctor), { id: theirs }))).toMatchObject({
      state: '無効',
      revoked: { byOffice: true, reason: '誤って発行したため' },
      may: { open: false, revoke: false },
    });
    expect(await run(revokeCertificate, world.as(doctor), { id: own })).toMatchObject({ refusal: { code: 'conflict' } });
  });

  test('発行した記載と、無効の事実は、データベースでも変えられない', async () => {
    const id = await issue(doctor);
    await expect(owner.query("UPDATE membership_certificate SET paper = '{}' WHERE id = $1", [id])).rejects.toThrow(
      'stays as it was printed',
    );
    must(await run(revokeCertificate, world.as(doctor), { id }));
    const revive = "UPDATE membership_certificate SET state = 'issued', revoked_at = NULL, revoked_by_office = NULL WHERE id = $1";
    await expect(owner.query(revive, [id])).rejects.toThrow('stays as it was printed');
  });
});

describe('事務局の発行(O-29)', () => {
  test('本人の依頼により、根拠を記して自医師会の証明書を発行し、本人にメールで知らせる', async () => {
    const ctx = world.as(district);
    const { personId } = doctor;
    const form = { ...wish, associationId: undefined, personId, ground: 'P01', askedOn: '2026/01/14', delivery: 'print' };
    expect(must(await ask(memberCertificateStart, ctx, { personId }))).toMatchObject({ name: '髙橋 花子', ever: true });
    for (const ground of ['P99', 'P11', 'P12'])
      expect(await run(issueForMember, ctx, { ...form, ground })).toMatchObject({
        refusal: { fields: { ground: ['依頼の根拠を選択してください'] } },
      });
    expect(await run(issueForMember, ctx, { ...form, askedOn: '2026/01/16' })).toMatchObject({ refusal: { code: 'invalid' } });
    const { id } = must(await run(issueForMember, ctx, form, newId()));
    expect(must(await ask(certificate, ctx, { id })).ground?.delivery).toBe('印刷して渡す');
    expect(must(await ask(memberCertificates, ctx, { personId })).rows.map((row) => row.id)).toContain(id);
    expect(must(await ask(myCertificates, world.as(doctor), {})).rows.map((row) => row.id)).toContain(id);
    await react('certificate.issued', id);
    await react('certificate.issued', id);
    const [mail, ...more] = await mailsAbout(id);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ template: 'M-26' });
    expect(String(mail?.['body'])).toContain(`http://localhost:3000/my/membership-certificates/${id}`);
    expect(await run(issueForMember, world.as(stranger), form)).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await run(issueForMember, world.as({ ...district, role: 'trainingContractor' }), form)).toMatchObject({ ok: false });
  });

  test('事務局が無効にすると本人にメールで知らせ、本人が無効にしたときは知らせない', async () => {
    const [byOffice, byDoctor] = [await issue(doctor), await issue(doctor)];
    must(await run(revokeCertificate, world.as(district), { id: byOffice, reason: '氏名の誤り' }));
    must(await run(revokeCertificate, world.as(doctor), { id: byDoctor, reason: '' }));
    const told = await owner.query<{ id: string }>(
      `SELECT payload ->> 'certificateId' AS id FROM outbox WHERE kind = 'certificate.revoked'`,
    );
    expect(told.rows).toContainEqual({ id: byOffice });
    expect(told.rows).not.toContainEqual({ id: byDoctor });
    await react('certificate.revoked', byOffice);
    await react('certificate.revoked', byOffice);
    const mails = await mailsAbout(byOffice);
    expect(mails.map((mail) => mail['template'])).toEqual(['M-56']);
    expect(String(mails[0]?.['body'])).toContain(`/my/membership-certificates/${byOffice}`);
    expect(String(mails[0]?.['body'])).not.toContain('氏名の誤り');
  });

  test('「事務局で確認して発行」の医師会では、申請が届き、差戻しまたは発行となる', async () => {
    const admin = world.as(district);
    const setting = { way: 'office', signerTitle: '会長', signerName: '中之島 太郎', startsOn: '2026/01/15', version: 0 };
    must(await run(saveInfo, admin, setting));

    const outcome = must(await run(issueCertificate, world.as(doctor), wish, newId()));
    expect(outcome.issued).toBe(false);
    await react('certificate.requested', outcome.id);
    expect((await mailsAbout(outcome.id)).map((mail) => [mail['template'], mail['to_address']])).toEqual([['M-40', 'kita@example.jp']]);
    expect(await run(issueAsked, world.as(stranger), { id: outcome.id })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await run(issueAsked, world.as(doctor), { id: outcome.id })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await run(returnCertificate, admin, { id: outcome.id, message: '' })).toMatchObject({
      refusal: { fields: { message: ['メッセージを入力してください'] } },
    });
    must(await run(returnCertificate, admin, { id: outcome.id, message: '提出先をご記入ください。' }));
    await react('certificate.returned', outcome.id);
    expect((await mailsAbout(outcome.id)).map((mail) => mail['template'])).toEqual(['M-14', 'M-40']);
    expect(must(await ask(certificate, world.as(doctor), { id: outcome.id }))).toMatchObject({
      state: '差戻し',
      message: '提出先をご記入ください。',
      may: { again: true },
    });
    const again = must(await ask(certificateStart, world.as(doctor), { from: outcome.id }));
    expect(again.values).toMatchObject({ associationId: String(kita), baseOn: '2026/01/15' });

    const second = must(await run(issueCertificate, world.as(doctor), { ...wish, purpose: '○○病院' }, newId()));
    const waiting = must(await ask(officeCertificates, admin, {}));
    expect(waiting.rows.map((row) => [row.id, row.name, row.state])).toEqual([[second.id, '髙橋 花子', '医師会の確認待ち']]);
    must(await run(issueAsked, admin, { id: second.id }));
    expect(await run(issueAsked, admin, { id: second.id })).toMatchObject({ refusal: { code: 'conflict' } });
    const { paper } = await printed(doctor, second.id);
    expect(paper.president).toBe('会長 中之島 太郎');
    const all = must(await ask(officeCertificates, admin, { view: 'all', size: '100' }));
    expect(all.rows.length).toBeGreaterThan(5);
    expect([all.count, all.before, all.after]).toEqual([all.rows.length, undefined, undefined]);
    const ids = all.rows.map((row) => row.id);
    const on = must(await ask(officeCertificates, admin, { view: 'all', size: '100', after: ids[0] }));
    expect([on.rows.map((row) => row.id), on.before]).toEqual([ids.slice(1), ids[1]]);
    const back = must(await ask(officeCertificates, admin, { view: 'all', before: ids[2] }));
    expect([back.rows.map((row) => row.id), back.before, back.after]).toEqual([ids.slice(0, 2), undefined, ids[1]]);
    expect(must(await ask(officeCertificates, world.as(stranger), { view: 'all' })).rows).toEqual([]);
  });
});
