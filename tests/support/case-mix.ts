import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { cancel } from '#features/application/commands/cancel.ts';
import { postMemo, postMessage, setAttention } from '#features/application/commands/correspond.ts';
import { markOriginals } from '#features/application/commands/originals.ts';
import { sendMessageWithFiles } from '#features/application/commands/send-message.ts';
import { receive } from '#features/application/commands/receive.ts';
import { reject } from '#features/application/commands/reject.ts';
import { resubmitJoin } from '#features/application/commands/resubmit-join.ts';
import { retract } from '#features/application/commands/retract.ts';
import { returnCase } from '#features/application/commands/return-case.ts';
import { addFacilities } from '#features/facility/commands/add-facility.ts';
import { approveAs, draftJoin, fileJoin, must, officeActor, system, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { png } from './sample-files.ts';
import type { World } from './world.ts';

/** Cases in every state, made through the commands: what proofs need to have something to look at. */

export const kita = 27_001;
export const aoba = 14_501;
export const minato = 13_005;

export type Filed = { id: string; doctor: DoctorActor; offices: OfficeActor[] };

export async function filed(world: World, lowestAssociationId: number, doctor?: DoctorActor, wishedOn = '2026-02-01'): Promise<Filed> {
  const who = doctor ?? (await world.doctor());
  const { id } = await fileJoin(world.as(who), { lowestAssociationId, wishedOn });
  return { id, doctor: who, offices: await world.offices(lowestAssociationId) };
}

/** The office of a case by its place from below; the lowest is 0. */
export function officeAt(filed: Filed, place: number): OfficeActor {
  const office = filed.offices[place];
  if (office === undefined) throw new Error(`no office at place ${place}`);
  return office;
}

export async function approveUpTo(world: World, filed: Filed, count: number, decidedOn = '2026-02-01'): Promise<void> {
  for (const office of filed.offices.slice(0, count)) must(await approveAs(world.as(office), filed.id, { decidedOn }));
}

export async function returnFrom(world: World, filed: Filed, place: number): Promise<void> {
  const ctx = world.as(officeAt(filed, place));
  must(
    await run(
      returnCase,
      ctx,
      { id: filed.id, version: await versionOf(ctx, filed.id), reasons: ['R04'], fields: [], message: 'ご確認ください。' },
      newId(),
    ),
  );
}

export async function sendAgain(world: World, filed: Filed): Promise<void> {
  const ctx = world.as(filed.doctor);
  must(await run(resubmitJoin, ctx, { id: filed.id, version: await versionOf(ctx, filed.id) }, newId()));
}

export async function rejectFrom(world: World, filed: Filed, place: number): Promise<void> {
  const ctx = world.as(officeAt(filed, place));
  must(
    await run(
      reject,
      ctx,
      { id: filed.id, version: await versionOf(ctx, filed.id), reason: await firstReason(world, 'reject'), message: '見送りとします。' },
      newId(),
    ),
  );
}

/** Any reason code of a list: the proofs do not care which. */
export async function firstReason(world: World, use: 'reject' | 'cancel' | 'withdrawal_cancel'): Promise<string> {
  const found = await world.database.system.query<{ code: string }>(
    'SELECT code FROM code_value WHERE list = $1 ORDER BY sort_order LIMIT 1',
    [`reason.${use}`],
  );
  const code = found.rows[0]?.code;
  if (code === undefined) throw new Error(`no reason to ${use}`);
  return code;
}

async function annotate(world: World, filed: Filed): Promise<void> {
  const office = world.as(officeAt(filed, 0));
  must(await run(receive, office, { id: filed.id, version: await versionOf(office, filed.id), licenceSeen: 'on' }, newId()));
  must(await run(postMessage, office, { id: filed.id, body: '受け付けました。' }));
  const files = [new File([new Uint8Array(png())], '確認事項.png')];
  must(await sendMessageWithFiles(world.as(filed.doctor), { id: filed.id, body: 'よろしくお願いします。', files, key: undefined }));
  must(await run(markOriginals, office, { id: filed.id, version: await versionOf(office, filed.id), kinds: ['resume'] }, newId()));
  must(await run(postMemo, office, { id: filed.id, body: '電話で確認済み' }));
  must(await run(postMemo, office, { id: filed.id, body: '内部の覚え', ownOfficeOnly: 'on' }));
  must(
    await run(
      setAttention,
      office,
      { id: filed.id, version: await versionOf(office, filed.id), attention: 'on', reason: '要確認' },
      newId(),
    ),
  );
}

export type CaseMix = Record<
  | 'submitted'
  | 'received'
  | 'half'
  | 'completed'
  | 'fourLayers'
  | 'returned'
  | 'resent'
  | 'rejectedAbove'
  | 'retracted'
  | 'cancelled'
  | 'elsewhere',
  Filed
> & { draft: { id: string; doctor: DoctorActor } };

/** One case of every kind, in three prefectures. */
export async function caseMix(world: World): Promise<CaseMix> {
  const draftDoctor = await world.doctor();
  const draft = {
    id: (await draftJoin(world.as(draftDoctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' })).id,
    doctor: draftDoctor,
  };
  const submitted = await filed(world, kita);
  const received = await filed(world, kita);
  await annotate(world, received);
  const half = await filed(world, kita);
  await approveUpTo(world, half, 1);
  const completed = await filed(world, kita);
  await approveUpTo(world, completed, 3);
  const fourLayers = await filed(world, aoba);
  await approveUpTo(world, fourLayers, 4, '2026-02-03');
  const returned = await filed(world, kita);
  await returnFrom(world, returned, 0);
  const resent = await filed(world, kita);
  await approveUpTo(world, resent, 1);
  await returnFrom(world, resent, 1);
  await sendAgain(world, resent);
  const rejectedAbove = await filed(world, kita);
  await approveUpTo(world, rejectedAbove, 1);
  await rejectFrom(world, rejectedAbove, 1);
  const reason = await firstReason(world, 'cancel');
  const retracted = await filed(world, aoba);
  const mine = world.as(retracted.doctor);
  must(await run(retract, mine, { id: retracted.id, version: await versionOf(mine, retracted.id), reason }, newId()));
  const cancelled = await filed(world, minato);
  await approveUpTo(world, cancelled, 1);
  const holder = world.as(officeAt(cancelled, 1));
  must(await run(cancel, holder, { id: cancelled.id, version: await versionOf(holder, cancelled.id), reason }, newId()));
  const elsewhere = await filed(world, minato);
  await approveUpTo(world, elsewhere, 2);
  return { draft, submitted, received, half, completed, fourLayers, returned, resent, rejectedAbove, retracted, cancelled, elsewhere };
}

/** A member of 北区 alone who works at a new facility of this name. */
export async function memberAt(world: World, name: string, more: { sex: string; designations: string[] }): Promise<DoctorActor> {
  const place = { name, kana: 'シセツ', postalCode: '5300011', prefectureCode: '27', ownerType: '13', associationId: null };
  const facility = { ...place, address: '大阪府大阪市北区大深町3-1', tel: '', fax: '', beds: '' };
  const [facilityId = ''] = must(await run(addFacilities, world.as(system), { facilities: [facility] })).ids;
  const { sex, designations } = more;
  const doctor = await world.doctor({ sex });
  const details = { facilityId, facilityUndecided: '', designations };
  const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, upTo: 3, wishedOn: '2026-01-10', details });
  must(await approveAs(world.as(officeActor({ id: kita, name: '大阪市北区医師会', layer: 3 })), id, { decidedOn: '2026-01-10' }));
  return doctor;
}
