import type { Actor, OfficeActor } from '#kernel/actor.ts';
import type { CertificateState } from './flow.ts';
import { awaitsOffice } from './flow.ts';

/** Who may do what with a 在籍証明書 (`screens.md D-13, O-29`). Pure. */

export type CertificateTarget = { personId: string; associationId: number; state: CertificateState };

/** The office behind an actor that works with members; undefined for everybody else. */
export function issuingOffice(actor: Actor): OfficeActor | undefined {
  return actor.kind === 'office' && actor.role !== 'trainingContractor' ? actor : undefined;
}

/** The doctor himself and the association that issues. */
export function maySeeCertificate(actor: Actor, target: CertificateTarget): boolean {
  if (actor.kind === 'doctor') return actor.personId === target.personId;
  return issuingOffice(actor)?.associationId === target.associationId;
}

/** 発行する and 差戻し of what a doctor has asked for: the office that was asked. */
export function mayAnswerCertificate(actor: Actor, target: CertificateTarget): boolean {
  return actor.kind === 'office' && maySeeCertificate(actor, target) && awaitsOffice(target.state);
}
