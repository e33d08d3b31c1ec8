import type { OfficeActor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { InfoContent } from '../info-fields.ts';
import { infoTexts as texts } from '../info-messages.ts';
import type { Info } from '../info.store.server.ts';
import { findSeal, listInfo } from '../info.store.server.ts';

/** What an association has said of itself as long as it has said nothing. */
export const emptyInfo: InfoContent = {
  presidentName: '',
  postalCode: '',
  address: '',
  tel: '',
  fax: '',
  mail: '',
  officeHours: '',
  website: '',
  joinGuide: '',
  way: 'direct',
  signerTitle: texts.defaultTitle,
  signerName: '',
  sealId: null,
  breachMail: '',
};

export type InfoAround = {
  office: OfficeActor;
  /** Number of the newest version: what a form has seen. */
  version: number;
  /** Newest first. */
  versions: Info[];
  current: Info | undefined;
  /** The one in force on 適用日 as things are planned, and what it says: a change begins with it. */
  inForce: Info | undefined;
  content: InfoContent;
  /** The seal that a form names is one of this association; true without a seal. */
  sealKnown: boolean;
};

/** Of several versions the one in force on a day: the latest 適用日, then the newest. */
export function infoOn(versions: readonly Info[], on: Day): Info | undefined {
  const begun = versions.filter((one) => one.startsOn <= on);
  return begun.toSorted((a, b) => (a.startsOn === b.startsOn ? b.version - a.version : a.startsOn < b.startsOn ? 1 : -1))[0];
}

type Ask = { office: OfficeActor; today: Day; sealId: string; startsOn: Day };

/** 医師会情報 of the own association with all its versions, around a 適用日. */
export async function infoAround(tx: ReadTransaction, ask: Ask): Promise<InfoAround> {
  const versions = await listInfo(tx, ask.office.associationId);
  const seal = ask.sealId === '' ? undefined : await findSeal(tx, ask.sealId);
  const inForce = infoOn(versions, ask.startsOn);
  return {
    office: ask.office,
    version: versions[0]?.version ?? 0,
    versions,
    current: infoOn(versions, ask.today),
    inForce,
    content: inForce ?? emptyInfo,
    sealKnown: ask.sealId === '' || seal?.associationId === ask.office.associationId,
  };
}
