import type { DoctorActor } from '#kernel/actor.ts';
import { addDays, dayOfInstant } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { proposeBatch } from '#features/association/commands/keep-batch.ts';
import { planSettings } from '#features/association/commands/plan-settings.ts';
import { masterSheet } from '#features/association/queries/master-sheet.ts';
import { adminNames, columnNames } from '#features/association/master-sheet.ts';
import { settingsHistory } from '#features/association/queries/settings-history.ts';
import { associationSettings } from '#features/association/schema.ts';
import { approve } from '#features/application/commands/approve.ts';
import { issueCertificate } from '#features/certificate/commands/issue.ts';
import { certificatePaper } from '#features/certificate/queries/certificate.ts';
import { askQuestion } from '#features/inquiry/commands/ask.ts';
import { makeExport } from '#features/export/commands/make.ts';
import { publishNotice } from '#features/notice/commands/publish.ts';
import { saveNotice } from '#features/notice/commands/save.ts';
import { newNotice } from '#features/notice/queries/office-notice.ts';
import { addFacilities } from '#features/facility/commands/add-facility.ts';
import { approveProposal } from '#features/facility-proposal/commands/decide.ts';
import { proposeChange, proposeNew } from '#features/facility-proposal/commands/propose.ts';
import { reportDuplicate } from '#features/facility-proposal/commands/report.ts';
import { facilityList } from '#features/membership/queries/facilities.ts';
import { keepProfileDraft } from '#features/person/commands/keep-draft.ts';
import { approveAs, must, officeActor, system, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { csvLine } from '#platform/sheet/csv.ts';
import { ask } from '#platform/command/query.ts';
import { kita } from '#support/case-mix.ts';
import { worksAt } from '#support/facility-ground.ts';
import { begun, draftedLeave, filedLeave, grounds } from '#support/proxying.ts';
import { draftChange, draftTransfer, fileTransfer, memberOf } from '#support/moving.ts';
import type { World } from '#support/world.ts';

/** What a mix of 入会届 does not show: 異動届 being written, 確認 and 承認取消 while they are possible, settings ahead. */

const miyakojima = 27_002;
const dates = { wishedOn: '2026-04-01', leaveOn: '2026-03-31' };

/** The move is decided for a day ahead; the layers above have their 確認 before them. */
async function decidedMove(world: World): Promise<void> {
  const mover = await memberOf(world, kita);
  const id = await fileTransfer(world, mover, { from: kita, to: miyakojima, ...dates });
  const origin = world.as(officeActor({ id: kita, name: '', layer: 3 }));
  const leave = { id, version: await versionOf(origin, id), decidedOn: dates.leaveOn, confirmed: 'on' };
  must(await run(approve, origin, leave, newId()));
  must(await approveAs(world.as(officeActor({ id: miyakojima, name: '', layer: 3 })), id, { decidedOn: dates.wishedOn }));
}

/** The product under proof goes by the clock on the wall: what must still be to come there is done as of now. */
async function settingsAhead(world: World): Promise<string> {
  const now = new Date();
  const clerk = world.as(officeActor({ id: kita, name: '', layer: 3 }), now);
  const { revision } = must(await ask(settingsHistory, clerk, {}));
  const wanted = {
    ...associationSettings.parse({}),
    transferOrder: 'leave_first',
    startsOn: addDays(dayOfInstant(now), 30),
    reason: '来月から',
    version: revision,
  };
  const { version } = must(await run(planSettings, clerk, wanted, newId()));
  return `/office/association-settings/${version}/withdraw`;
}

/** 登録情報 in the midst of being changed, by the doctor himself. */
async function profileInWriting(world: World, { personId, ...doctor }: DoctorActor): Promise<string[]> {
  const ctx = world.as({ ...doctor, personId }, new Date());
  must(await run(keepProfileDraft, ctx, { personId, draft: { tel: '090-1111-2222' }, version: 1 }, newId()));
  return ['/my/profile/review'];
}

/** 代理申請 of an office, in the midst of being written and filed. Answers with the addresses where each goes on. */
async function proxies(world: World): Promise<{ addresses: string[]; missing: DoctorActor }> {
  const actor = officeActor({ id: kita, name: '', layer: 3 });
  const entering = async () => ({ actor, doctor: await memberOf(world, kita), ground: grounds.request });
  const papers = [
    [(await begun(world, await entering(), 'transfer')).id, ['transfer', 'destination']],
    [(await begun(world, await entering(), 'change')).id, ['change', 'details', 'documents']],
    [(await draftedLeave(world, { ...(await entering()), leave: [kita] })).id, ['associations', 'review', 'ground', 'delete']],
  ] as const;
  const missing = await entering();
  const filed = await filedLeave(world, { ...missing, ground: grounds.missing, leave: [kita] });
  return {
    addresses: [
      ...papers.flatMap(([id, pages]) => pages.map((page) => `/office/applications/${id}/${page}`)),
      `/office/applications/${filed}`,
      `/office/applications/${filed}/what-if?decidedOn=2026-02-01`,
      `/my/applications/${filed}/objection`,
      `/my/applications/${filed}/submitted`,
    ],
    missing: missing.doctor,
  };
}

/** A 在籍証明書 and a file of the list; answers where each can be seen. */
async function papersToTake(world: World, member: DoctorActor): Promise<string[]> {
  const asked = { associationId: String(kita), baseOn: '2026/01/15', contents: ['licence'], nameForm: 'current', purpose: '' };
  const { id } = must(await run(issueCertificate, world.as(member), asked, newId()));
  const { paper } = must(await ask(certificatePaper, world.as(member), { id }));
  const wish = { list: 'applications', conditions: '?tab=todo', purpose: 'E02', columns: ['number'], baseOn: '2026-01-15' };
  const clerk = world.as(officeActor({ id: kita, name: '', layer: 3 }));
  const file = must(await run(makeExport, clerk, { ...wish, encoding: 'utf8', numbered: 'on', deleteBy: '2026-04-01' }, newId()));
  const at = '/office/applications/certificates';
  return [`/verify/${paper.code}`, `${at}/${id}`, `/my/membership-certificates/${id}`, `/office/exports/${file.id}`];
}

/** お知らせ of every kind of reader; answers where each can be seen. */
async function notices(world: World): Promise<string[]> {
  const clerk = world.as(officeActor({ id: kita, name: '', layer: 3 }));
  const above = world.as(officeActor({ id: 27_000, name: '', layer: 2 }));
  const { choices } = must(await ask(newNotice, clerk, {}));
  const words = { title: '案内', category1: choices.categories[0]?.value ?? '', body: '# 見出し\n本文', startsOn: '2026/01/15' };
  const draft = must(await run(saveNotice, clerk, { ...words, target: 'members' }, newId()));
  const addresses = ['', '/edit', '/register'].map((page) => `/office/notices/${draft.id}${page}`);
  for (const [ctx, target, at] of [
    [clerk, 'members', '/my/notices'],
    [above, 'lowerOffices', '/office/received-notices'],
    [above, 'public', '/public-notices'],
  ] as const) {
    const kept = must(await run(saveNotice, ctx, { ...words, target }, newId()));
    must(await run(publishNotice, ctx, kept, newId()));
    addresses.push(`${at}/${kept.id}`, ...(ctx === clerk ? [`/office/notices/${kept.id}/end`] : []));
  }
  return addresses;
}

/** 一括更新 of 医師会マスタ, with a new association, that waits for its second person; answers where it can be seen. */
async function masterFile(world: World): Promise<string> {
  const keeper = world.as(officeActor({ id: 0, name: '日本医師会', layer: 1 }));
  const [head, line] = must(await ask(masterSheet, keeper, { q: '27020', columns: 'admins' }));
  const changed = (line ?? []).map((cell, place) => {
    const column = columnNames[place];
    return column === 'name' ? '名称を変える医師会' : column === 'startsOn' ? '2030/04/01' : cell;
  });
  const opened: Readonly<Record<string, string>> = {
    code: '27955',
    name: '新設の医師会',
    kana: 'シンセツノイシカイ',
    layer: '3',
    parentCode: '27000',
    kind: '郡市区',
    prefectureCode: '27',
    opensOn: '2030/04/01',
    surname: '初期',
    givenName: '花子',
    surnameKana: 'ショキ',
    givenNameKana: 'ハナコ',
    adminMail: 'first-admin@example.jp',
  };
  const fresh = [...columnNames, ...adminNames].map((column) => opened[column] ?? '');
  const text = [head ?? [], changed, fresh].map((cells) => csvLine(cells)).join('');
  const { id } = must(await run(proposeBatch, keeper, { text, reason: '年度の見直し' }, newId()));
  return `/jma/associations/bulk/${id}`;
}

/** お問合せ of a doctor and of an office, both at 運営事務局. */
async function questions(world: World, member: DoctorActor): Promise<string[]> {
  const question = { kind: 'other', body: '教えてください。', batch: newId() };
  const own = must(await run(askQuestion, world.as(member), question, newId()));
  const theirs = must(await run(askQuestion, world.as(officeActor({ id: kita, name: '', layer: 3 })), question, newId()));
  return [`/my/inquiries/${own.id}`, `/operations/inquiries/${own.id}`, `/office/inquiries/${theirs.id}`, '/contact', '/help/join'];
}

/** A 施設 in the area of the district, a proposal about it and one for a new one; answers where each is acted on. */
async function facilityProposals(world: World): Promise<string[]> {
  const place = { kana: 'キタクサクライイン', prefectureCode: '27', address: '大阪府大阪市北区梅田1-1', tel: '', ownerType: '11' };
  const facility = { ...place, name: '北区さくら医院', associationId: kita };
  const twin = { ...facility, name: '北区さくら医院(重複)' };
  const [id = '', otherId = ''] = must(await run(addFacilities, world.as(system), { facilities: [facility, twin] })).ids;
  const clerk = world.as(officeActor({ id: kita, name: '', layer: 3 }));
  const change = { ...place, name: '北区さくらクリニック', id, version: 1, reason: '名称の変更' };
  const changed = must(await run(proposeChange, clerk, change, newId()));
  const added = must(await run(proposeNew, clerk, { ...place, name: '北区ひまわり診療所', reason: '開設' }, newId()));
  const twice = must(await run(reportDuplicate, clerk, { id, otherId, reason: '同じ施設' }, newId()));
  const above = world.as(officeActor({ id: 27_000, name: '', layer: 2 }));
  must(await run(approveProposal, above, { id: twice.id, version: 1 }, newId()));
  await worksAt(world, { facilityName: '北区みらい診療所' });
  const [typed] = must(await ask(facilityList, clerk, { typed: '1' })).rows;
  if (typed === undefined) throw new Error('no typed name');
  const at = '/office/facilities';
  const forms = ['', '/propose', '/duplicate'].map((page) => `${at}/${id}${page}`);
  return [
    ...forms,
    `${at}/${typed.id}/tie`,
    `${at}/proposals/new?from=${typed.id}`,
    `${at}/proposals/new`,
    ...[changed, added, twice].map((one) => `${at}/proposals/${one.id}`),
  ];
}

export type FurtherGround = {
  /** Doctors who are writing a form, or for whom an office has filed one. */
  doctors: DoctorActor[];
  /** Pages that are found from few others. */
  addresses: string[];
};

export async function furtherGround(world: World): Promise<FurtherGround> {
  const [mover, changer] = [await memberOf(world, kita), await memberOf(world, kita)];
  await draftTransfer(world, mover, { from: kita, to: miyakojima, ...dates });
  await draftChange(world, changer, { associationId: kita, categories: { 0: 'B' }, wishedOn: '2026-02-01' });
  await decidedMove(world);
  const ahead = await settingsAhead(world);
  const { addresses, missing } = await proxies(world);
  const taken = [...(await papersToTake(world, missing)), ...(await questions(world, missing))];
  const lists = ['/suggest/profile/schools?q=a', ahead, await masterFile(world), ...(await profileInWriting(world, mover))];
  return {
    doctors: [mover, changer, missing],
    addresses: [...addresses, ...taken, ...(await notices(world)), ...(await facilityProposals(world)), ...lists],
  };
}
