import type { Actor } from '#kernel/actor.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import { neededDocuments, otherPaperCode } from './documents.ts';
import type { ApplicationKind, Leg } from './flow.ts';

/** Of the other side of a transfer an office sees associations, states and dates only (`rules.md 3.6`). Pure. */

type Sided = { associationId: number; leg: Leg };

type Target<Step extends Sided> = { kind: ApplicationKind; proxyAssociationId: number | null; steps: readonly Step[] };

/**
 * The steps that the actor reads in full: all of them for the applicant, the office that entered the case and an association of
 * both chains; for any other office of a transfer those of its own chain.
 */
export function stepsRead<Step extends Sided>(actor: Actor, target: Target<Step>): Step[] {
  return actor.kind === 'office' ? stepsReadAt(actor.associationId, target) : [...target.steps];
}

/** The same for whoever acts at an association. */
export function stepsReadAt<Step extends Sided>(associationId: number, target: Target<Step>): Step[] {
  const all = [...target.steps];
  if (target.kind !== 'transfer' || target.proxyAssociationId === associationId) return all;
  const legs = new Set(all.filter((step) => step.associationId === associationId).map((step) => step.leg));
  return legs.has('change') ? all : all.filter((step) => step.leg === 'change' || legs.has(step.leg));
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
  return actor.kind === 'office' ? officeReadsPaper(actor.associationId, target, { code, settings }) : true;
}

/** The same for whoever acts at an association. */
export function officeReadsPaper<Step extends Sided>(
  associationId: number,
  target: Target<Step>,
  { code, settings }: { code: string; settings: readonly AssociationSettings[] },
): boolean {
  const read = stepsReadAt(associationId, target);
  if (read.length === target.steps.length) return true;
  if (code === otherPaperCode) return read.some((step) => step.leg === 'join');
  return neededDocuments(settings, 'transfer').some((paper) => paper.code === code);
}

type Act = {
  associationId: number | null;
  category: string;
  reasons: string[];
  fields: unknown;
  changes: unknown;
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
      : { ...act, category: '', reasons: [], fields: null, changes: null, message: '', actorName: '' },
  );
}
