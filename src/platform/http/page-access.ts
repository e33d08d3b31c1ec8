import type { Actor, Layer, StaffRole } from '#kernel/actor.ts';

/** Kinds of people a page may be for; `guest` is anyone without login. */
export type PageVisitor = 'guest' | 'doctor' | 'office' | 'operations';

/** Glossary name of the event that a visit leaves in the audit, or why there is none (no personal data is shown). */
export type PageAudit = string | { none: string };

export type PageLimits = {
  /** Largest request body in bytes. */
  bodyBytes: number;
  /** Requests a minute of one session (of one address for guests) to this page. */
  perMinute: number;
};

/** Who may call one page or API route, what it leaves behind, what it may cost. Nothing is open by default. */
export type PageAccess = {
  /** Id of the screen in `screens.md`, or a short name where it has none. */
  id: string;
  title: string;
  who: readonly PageVisitor[];
  /** Of office visitors only these. */
  roles: readonly StaffRole[];
  /** Of office visitors only these layers; all when undefined. */
  layers: readonly Layer[] | undefined;
  audit: PageAudit;
  limits: PageLimits;
  /** Open in full to whoever is held up; so are all pages for guests. */
  whileHeld: boolean;
};

export type PageSpec = Pick<PageAccess, 'id' | 'title' | 'who' | 'audit'> & {
  /** Default: 管理者 and スタッフ. */
  roles?: readonly StaffRole[];
  layers?: readonly Layer[];
  /** Default: `pageLimits`. */
  limits?: Partial<PageLimits>;
  /** Default: false. */
  whileHeld?: boolean;
};

/** What a breadcrumb shows of a page. */
export type Crumb = string | ((loaderData: unknown) => string);

/** A page that stands between in the breadcrumb although no route holds this one: so many parts of the address up. */
export type CrumbAbove = { label: string; up: number };

export const pageLimits: PageLimits = { bodyBytes: 64 * 1024, perMinute: 300 };

export const everybody: readonly PageVisitor[] = ['guest', 'doctor', 'office', 'operations'];

/** The policy of one route without its place in the breadcrumb; what API routes declare. */
export function defineAccess(spec: PageSpec): PageAccess {
  return {
    id: spec.id,
    title: spec.title,
    who: spec.who,
    roles: spec.roles ?? ['admin', 'clerk'],
    layers: spec.layers,
    audit: spec.audit,
    limits: { ...pageLimits, ...spec.limits },
    whileHeld: spec.whileHeld ?? spec.who.includes('guest'),
  };
}

type PageHandle = {
  access: PageAccess;
  crumb: Crumb | undefined;
  under: readonly CrumbAbove[];
  /** The page is a list: where its question fails, the list says so and not the whole page (`screens.md 1.3`). */
  list: boolean;
};

/** Every page module says `export const handle = definePage({…})`; one that does not stops the server from starting. */
export function definePage(spec: PageSpec & { crumb?: Crumb; under?: readonly CrumbAbove[]; list?: true }): PageHandle {
  return { access: defineAccess(spec), crumb: spec.crumb, under: spec.under ?? [], list: spec.list === true };
}

function isAccess(value: unknown): value is PageAccess {
  if (typeof value !== 'object' || value === null) return false;
  return 'id' in value && 'who' in value && Array.isArray(value.who) && 'audit' in value && 'limits' in value;
}

/** The policy that a route's `handle` declares, if any. */
export function accessOf(handle: unknown): PageAccess | undefined {
  if (typeof handle !== 'object' || handle === null || !('access' in handle)) return undefined;
  return isAccess(handle.access) ? handle.access : undefined;
}

/** What is missing in a policy, one sentence; undefined when it is complete. */
export function flawOf(access: PageAccess): string | undefined {
  if (access.id === '' || access.title === '') return 'has no id or title';
  if (access.who.length === 0) return 'names nobody who may open it';
  const reason = typeof access.audit === 'string' ? access.audit : access.audit.none;
  if (reason.trim() === '') return 'names neither an audit event nor why there is none';
  const { bodyBytes, perMinute } = access.limits;
  return bodyBytes > 0 && perMinute > 0 ? undefined : 'has no limits';
}

/** Whether an actor may open a page; what he may see on it is each query's question. */
export function mayOpen(actor: Actor, access: PageAccess): boolean {
  if (actor.kind === 'system' || !access.who.includes(actor.kind)) return false;
  // What strangers may open is closed to no role.
  if (actor.kind !== 'office' || access.who.includes('guest')) return true;
  return access.roles.includes(actor.role) && (access.layers === undefined || access.layers.includes(actor.layer));
}
