/** Who acts, and in whose name. Built once per request from the session; never taken from input. */

export type Layer = 1 | 2 | 3 | 4;

export type StaffRole = 'admin' | 'clerk' | 'trainingContractor';

/** A doctor on his own my page. */
export type DoctorActor = {
  kind: 'doctor';
  accountId: string;
  personId: string;
  displayName: string;
};

/** A staff member wearing the hat of one association (`rules.md 5.3`). */
export type OfficeActor = {
  kind: 'office';
  accountId: string;
  staffId: string;
  displayName: string;
  associationId: number;
  associationName: string;
  layer: Layer;
  role: StaffRole;
  /** A 管理者 has lifted his second factor: until then he neither decides nor exports (`screens.md A-02`). */
  heldUntil?: Date;
};

/** The operations office, which helps all users. */
export type OperationsActor = {
  kind: 'operations';
  accountId: string;
  staffId: string;
  displayName: string;
};

/** Our own jobs, imports and first set-up; named so that the audit shows which. */
export type SystemActor = { kind: 'system'; name: string };

export type GuestActor = { kind: 'guest' };

export type Actor = DoctorActor | OfficeActor | OperationsActor | SystemActor | GuestActor;

/** What row-level security is told about the actor: a person, a set of associations, or everything. */
export type RowScope = { scope: 'all' | 'own' | 'none'; personId: string; associationIds: readonly number[] };

/** The operations office stands for no association: it reads what was sent to it, and nothing else. */
export function isOperations(actor: Actor): boolean {
  return actor.kind === 'operations';
}

/** The association of an 外部委託先, who reaches no rows of members there but reads what its office is told (`screens.md O-01`). */
export function contractorOf(actor: Actor): number | undefined {
  return actor.kind === 'office' && actor.role === 'trainingContractor' ? actor.associationId : undefined;
}

/** The rows an actor may reach at most (`rules.md 5.6`); the finer rule is each feature's policy. */
export function rowScopeOf(actor: Actor): RowScope {
  switch (actor.kind) {
    case 'doctor':
      return { scope: 'own', personId: actor.personId, associationIds: [] };
    case 'office':
      return actor.role === 'trainingContractor'
        ? { scope: 'none', personId: '', associationIds: [] }
        : { scope: 'own', personId: '', associationIds: [actor.associationId] };
    case 'system':
      return { scope: 'all', personId: '', associationIds: [] };
    case 'operations':
    case 'guest':
      return { scope: 'none', personId: '', associationIds: [] };
  }
}

/** The association in whose chain an act is recorded; undefined for doctors, guests and the system. */
export function actingAssociation(actor: Actor): number | undefined {
  return actor.kind === 'office' ? actor.associationId : undefined;
}

/** The account that acts, as the audit names it. */
export function actingAccount(actor: Actor): string | undefined {
  return 'accountId' in actor ? actor.accountId : undefined;
}

/** The name that messages and conflict notes show: the person's own name. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'system') return 'システム';
  return actor.kind === 'guest' ? '' : actor.displayName;
}
