import type { Actor } from '#kernel/actor.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import { neededDocuments, otherPaperCode } from './documents.ts';
import type { ApplicationKind, Leg } from './flow.ts';
import { ownSteps } from './policy.ts';

/** Of the other side of a transfer an office sees associations, states and dates only (`rules.md 3.6`). Pure. */

type Sided = { associationId: number; leg: Leg };

type Target<Step extends Sided> = { kind: ApplicationKind; proxyAssociationId: number | null; steps: readonly Step[] };

/**
 * The steps that the actor reads in full: all of them for the applicant, the office that entered the case and an association of
 * both chains; for any other office of a transfer those of its own chain.
 */
export function stepsRead<Step extends Sided>(actor: Actor, target: Target<Step>): Step[] {
  const all = [...target.steps];
  if (actor.kind !== 'office' || target.kind !== 'transfer' || target.proxyAssociationId === actor.associationId) return all;
  const legs = new Set(ownSteps(actor, target).map((step) => step.leg));
  return legs.has('change') ? all : all.filter((step) => step.leg === 'change' || legs.has(step.leg));
}

/** True where the actor reads everything of the case. */
export function readsBothSides<Step extends Sided>(actor: Actor, target: Target<Step>): boolean {
  return stepsRead(actor, target).length === target.steps.length;
}

/**
 * May the actor open a paper with this code? The other side of a transfer sees what its own associations ask for; その他 belongs
 * to the joining one, which examines the person. `settings`: those of the steps that the actor reads.
 */
export function readsPaper<Step extends Sided>(
  actor: Actor,
  target: Target<Step>,
  { code, settings }: { code: string; settings: readonly AssociationSettings[] },
): boolean {
  if (readsBothSides(actor, target)) return true;
  if (code === otherPaperCode) return stepsRead(actor, target).some((step) => step.leg === 'join');
  return neededDocuments(settings, 'transfer').some((paper) => paper.code === code);
}

type Act = {
  associationId: number | null;
  category: string;
  reasons: string[];
  fields: unknown;
  message: string;
  actorName: string;
};

/** 経過 as the actor reads it: of the other side who, what and when, without person, category and reasons. */
export function actsRead<One extends Act, Step extends Sided>(actor: Actor, target: Target<Step>, acts: readonly One[]): One[] {
  const read = new Set(stepsRead(actor, target).map((step) => step.associationId));
  const ofOtherSide = new Set(target.steps.map((step) => step.associationId).filter((id) => !read.has(id)));
  return acts.map((act) =>
    act.associationId === null || !ofOtherSide.has(act.associationId)
      ? act
      : { ...act, category: '', reasons: [], fields: null, message: '', actorName: '' },
  );
}
