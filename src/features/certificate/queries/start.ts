import type { Day } from '#kernel/day.ts';
import { refuse } from '#kernel/refusal.ts';
import { codeList } from '#features/association/queries/directory.ts';
import { groundsWithoutRequest } from '#features/association/queries/reasons.ts';
import { query } from '#platform/command/query.ts';
import { choiceText } from '../labels.ts';
import { issuingOffice } from '../policy.ts';
import { memberInput, startInput } from '../schema.ts';
import { findCertificate } from '../store.server.ts';
import { issuersOf, knownPerson } from './known.ts';

type Values = Readonly<Record<string, string | readonly string[]>>;

/** What a form for a new certificate begins with. */
export type CertificateStart = {
  personId: string;
  name: string;
  hasFormerName: boolean;
  today: Day;
  associations: { value: string; label: string }[];
  /** Of these the ones whose office looks first. */
  confirming: string[];
  /** Entries of an earlier one, taken over. */
  values: Values | undefined;
};

/** The doctor's own form (`screens.md D-13`): every association he is or was a member of. */
export const certificateStart = query({
  name: 'certificate.start',
  input: startInput,
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, { from }, ctx): Promise<CertificateStart | undefined> => {
    if (ctx.actor.kind !== 'doctor') return undefined;
    const { personId } = ctx.actor;
    const person = await knownPerson(tx, personId, ctx.today);
    if (person === undefined) return undefined;
    const issuers = await issuersOf(tx, person.associationIds, ctx.today);
    const earlier = from === '' ? undefined : await findCertificate(tx, from);
    const choices = issuers.map(({ issuer, way }) => ({
      value: String(issuer.association.id),
      label: choiceText(issuer.association),
      way,
    }));
    return {
      personId,
      name: person.name,
      hasFormerName: person.hasFormerName,
      today: ctx.today,
      associations: choices.map(({ value, label }) => ({ value, label })),
      confirming: choices.filter(({ way }) => way === 'office').map(({ label }) => label),
      values:
        earlier === undefined
          ? undefined
          : {
              associationId: String(earlier.associationId),
              baseOn: earlier.baseOn.replaceAll('-', '/'),
              contents: earlier.contents,
              nameForm: earlier.nameForm,
              purpose: earlier.purpose,
            },
    };
  },
  audit: (value) => ({ action: 'certificate.viewed', personIds: [value.personId] }),
});

export type OfficeStart = CertificateStart & { association: string; grounds: { value: string; label: string }[]; ever: boolean };

/** The form of an office for one of its members (`screens.md O-29`). */
export const memberCertificateStart = query({
  name: 'certificate.memberStart',
  input: memberInput,
  allow: (ctx) => (issuingOffice(ctx.actor) === undefined ? refuse('forbidden') : true),
  read: async (tx, { personId }, ctx): Promise<OfficeStart | undefined> => {
    const office = issuingOffice(ctx.actor);
    const person = await knownPerson(tx, personId, ctx.today);
    if (office === undefined || person === undefined) return undefined;
    const grounds = (await codeList(tx, 'reason.proxy', ctx.today)).filter((row) => !groundsWithoutRequest.includes(row.code));
    return {
      personId,
      name: person.name,
      hasFormerName: person.hasFormerName,
      today: ctx.today,
      associations: [],
      confirming: [],
      values: undefined,
      association: office.associationName,
      ever: person.associationIds.includes(office.associationId),
      grounds: grounds.map((row) => ({ value: row.code, label: row.label })),
    };
  },
  audit: (value) => ({ action: 'member.viewed', target: value.personId, personIds: [value.personId] }),
});
