import { parseDayInput, formatInstant } from '#kernel/wareki.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import type { Person } from '#features/person/queries/person.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { postalLines } from '#features/person/queries/postal-address.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { addDays } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { wishName } from '../date-rules.ts';
import type { Letter } from '#platform/render/letter.ts';
import { isDraft } from '../flow.ts';
import { changeForm, transferForm, withdrawalDraft } from '../forms.ts';
import { paperName } from '../labels.ts';
import { familyLetter, filedLetter } from '../letter-messages.ts';
import { copyTexts } from '../messages.ts';
import { isProxy } from '../policy.ts';
import type { ProxyFacts } from '../proxy-facts.ts';
import { proxyFactsOf } from '../proxy-facts.ts';
import { applicationIdInput, joinForm } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { readGround } from './filer.ts';
import { loadFiled } from './filing.ts';
import { officeOnly } from './inbox.ts';

/** L-03 and L-04: the letter that goes with a proxy application, before it is sent and after (`screens.md O-10, O-11`). */

type Asked = { associationIds: readonly number[]; wishedOn: unknown };

/** Whom a paper asks that has no steps yet, as far as it says. */
function askedBy({ kind, form }: Case): Asked {
  switch (kind) {
    case 'withdrawal': {
      const { leave, details } = withdrawalDraft.parse(form);
      return { associationIds: leave, wishedOn: details['wishedOn'] };
    }
    case 'join': {
      const read = joinForm.safeParse(form);
      return { associationIds: read.data?.choices.map((one) => one.associationId) ?? [], wishedOn: read.data?.details['wishedOn'] };
    }
    case 'change': {
      const read = changeForm.safeParse(form);
      return { associationIds: read.data?.before.map((one) => one.associationId) ?? [], wishedOn: read.data?.details['wishedOn'] };
    }
    case 'transfer': {
      const read = transferForm.safeParse(form);
      const ahead = read.data?.destination?.choices ?? [];
      const ids = [...(read.data?.before ?? []), ...ahead].map((one) => one.associationId);
      return { associationIds: [...new Set(ids)], wishedOn: read.data?.details[read.data.undecided ? 'leaveOn' : 'wishedOn'] };
    }
  }
}

function wishOf(target: Case, asked: Asked): Day | undefined {
  if (target.wishedOn !== null) return target.wishedOn;
  return typeof asked.wishedOn === 'string' ? parseDayInput(asked.wishedOn) : undefined;
}

/** A draft is held from the day it is sent: printed today, it says so as if it were sent today. */
async function heldUntil(
  tx: ReadTransaction,
  ctx: Context,
  { target, facts }: { target: Case; facts: ProxyFacts },
): Promise<Day | undefined> {
  if (facts.why !== 'missing') return undefined;
  return target.held?.until ?? addDays(ctx.today, (await systemSettingsOf(tx)).missingHoldDays);
}

async function readLetter(
  tx: ReadTransaction,
  ctx: Context,
  { target, facts, person }: { target: Case; facts: ProxyFacts; person: Person },
): Promise<Letter> {
  const asked = askedBy(target);
  const steps = target.steps.map((step) => step.associationId);
  const ids = steps.length === 0 ? asked.associationIds : [...new Set(steps)];
  const officeId = target.proxyAssociationId ?? -1;
  const named = await associationsById(tx, [...ids, officeId], ctx.today);
  const office = named.find((one) => one.id === officeId);
  const contact = [office?.tel ?? '', office?.mail ?? ''].filter((text) => text !== '');
  const say = facts.why === 'death' ? familyLetter : filedLetter;
  return say({
    office: { name: office?.name ?? '', contact },
    person: { name: `${person.surname} ${person.givenName}`, address: await postalLines(tx, person, ctx.today) },
    today: ctx.today,
    number: target.number ?? '',
    paper: paperName(target.kind),
    ground: (await readGround(tx, ctx, target))?.[0]?.lines.join('、') ?? '',
    diedOn: facts.why === 'death' ? facts.diedOn : undefined,
    associations: ids.flatMap((id) => named.find((one) => one.id === id)?.name ?? []),
    wish: { label: wishName(target.kind), on: wishOf(target, asked) },
    heldUntil: await heldUntil(tx, ctx, { target, facts }),
    footer: copyTexts.footer(formatInstant(ctx.now)),
  });
}

/** The letter of a case that our office has entered; nothing for any other case. */
export const proxyLetter = query({
  name: 'application.proxyLetter',
  input: applicationIdInput,
  allow: officeOnly,
  read: async (tx, { id }, ctx) => {
    const target = await loadFiled(tx, ctx, id);
    const facts = proxyFactsOf(target?.proxy);
    const person = target === undefined ? undefined : await findPerson(tx, target.personId);
    if (target === undefined || facts === undefined || person === undefined || !isProxy(ctx.actor, target)) return undefined;
    const number = isDraft(target.state) ? '' : (target.number ?? '');
    return { personId: person.id, number, letter: await readLetter(tx, ctx, { target, facts, person }) };
  },
  audit: (value, { id }) => ({ action: 'application.letterPrinted', personIds: [value.personId], target: id }),
});
