/**
 * Who may open what, written from `rules.md 5.6` and `screens.md`; imports nothing of the product. A page or API route
 * without an entry here fails the proof.
 */

export type Actor =
  | { kind: 'guest' }
  | { kind: 'doctor'; personId: string }
  | { kind: 'office'; associationId: number; role: 'admin' | 'clerk' | 'trainingContractor' }
  | { kind: 'operations' };

/** What there is to know of one case and its person; `missing` for an id that does not exist. */
export type Target = {
  missing?: true;
  personId: string;
  state: string;
  /** Associations of the steps, lowest first; empty for a draft. */
  steps: readonly number[];
  /** Whose turn it is. */
  holder: number | undefined;
  approved: boolean;
  /** Of the person: associations with a membership, present or past, or a running case. */
  scope: readonly number[];
};

/**
 * page: must be shown · login: sent to the login page (API: 401) · forbidden: 403 · absent: 404 ·
 * may: the thing (or a page about nobody) is his to see; whether this act is possible now depends on its state.
 */
export type Verdict = 'page' | 'login' | 'forbidden' | 'absent' | 'may';

type Rule = {
  /** Kinds of people the page is for at all. */
  who: readonly Actor['kind'][];
  /** True for the contractor too; office pages are otherwise for 管理者 and スタッフ only (`rules.md 5.3`). */
  contractor?: true;
  verdict: (actor: Actor, target: Target) => Verdict;
  /** Takes a form; 'only' where there is nothing to look at. */
  form?: true | 'only';
};

const everybody = ['guest', 'doctor', 'office', 'operations'] as const;
const loggedIn = ['doctor', 'office', 'operations'] as const;

const open = ['submitted', 'returned'];

const page = (): Verdict => 'page';
const may = (): Verdict => 'may';

/** Own case of the doctor, else nothing at all; `shown` says when the page itself must appear. */
function mine(shown: (target: Target) => boolean) {
  return (actor: Actor, target: Target): Verdict => {
    if (target.missing || actor.kind !== 'doctor' || actor.personId !== target.personId) return 'absent';
    return shown(target) ? 'page' : 'may';
  };
}

/** Case with a step of the office's association, never a draft (`rules.md 5.6`). */
function ours(shown: (target: Target, association: number) => boolean) {
  return (actor: Actor, target: Target): Verdict => {
    if (target.missing || actor.kind !== 'office' || target.state === 'draft' || !target.steps.includes(actor.associationId))
      return 'absent';
    return shown(target, actor.associationId) ? 'page' : 'may';
  };
}

const always = (): boolean => true;
const editable = (target: Target): boolean => target.state === 'draft' || target.state === 'returned';
const sent = (target: Target): boolean => target.state !== 'draft';
const retractable = (target: Target): boolean => open.includes(target.state) && !target.approved;
const atHolder = (target: Target, association: number): boolean => target.state === 'submitted' && target.holder === association;

function member(actor: Actor, target: Target): Verdict {
  return !target.missing && actor.kind === 'office' && target.scope.includes(actor.associationId) ? 'page' : 'absent';
}

/** 医師会マスタ is the JMA's: its staff see, its 管理者 change (`screens.md J-02`). */
const ofJma =
  (verdict: Verdict, role?: 'admin') =>
  (actor: Actor): Verdict =>
    actor.kind === 'office' && actor.associationId === 0 && (role === undefined || actor.role === role) ? verdict : 'forbidden';

const adminOnly =
  (verdict: Verdict) =>
  (actor: Actor): Verdict =>
    actor.kind === 'office' && actor.role === 'admin' ? verdict : 'forbidden';

const belowJma =
  (verdict: Verdict) =>
  (actor: Actor): Verdict =>
    actor.kind === 'office' && actor.associationId !== 0 ? verdict : 'forbidden';

const atDesk =
  (verdict: Verdict) =>
  (actor: Actor): Verdict =>
    actor.kind === 'operations' || (actor.kind === 'office' && actor.associationId === 0) ? verdict : 'forbidden';

const doctor = (verdict: Rule['verdict'], form?: true): Rule => ({ who: ['doctor'], verdict, ...(form === undefined ? {} : { form }) });
const office = (verdict: Rule['verdict'], form?: true): Rule => ({ who: ['office'], verdict, ...(form === undefined ? {} : { form }) });
const nowhere: Rule = { who: everybody, verdict: () => 'absent' };

/** Pages by their path. */
export const pages: Readonly<Record<string, Rule>> = {
  '/': { who: everybody, verdict: may },
  '/*': nowhere,
  '/login': { who: everybody, verdict: may, form: true },
  '/login/second-factor': { who: ['guest'], verdict: may, form: true },
  '/login/second-factor/setup': { who: everybody, verdict: may, form: true },
  '/login/passkey': { who: everybody, verdict: may, form: true },
  '/passkeys': { who: loggedIn, contractor: true, verdict: may, form: true },
  '/logout': { who: everybody, verdict: may, form: true },
  '/page-size': { who: loggedIn, contractor: true, verdict: may, form: true },
  '/session': { who: everybody, verdict: may, form: true },
  '/setup': { who: ['guest'], verdict: may, form: true },
  // Registration: only for those who are not logged in; without the word of a mail there is nothing to see.
  '/register': { who: ['guest'], verdict: page, form: true },
  '/register/email': { who: ['guest'], verdict: may, form: true },
  '/register/email/sent': { who: ['guest'], verdict: may, form: true },
  '/register/verify/:token': { who: ['guest'], verdict: may, form: true },
  '/register/profile': { who: ['guest'], verdict: may, form: true },
  '/register/review': { who: ['guest'], verdict: may, form: true },
  '/register/done': doctor(page),
  // A first login goes on from an initial login and the day of birth; without them it leads to the login.
  '/first-login': { who: ['guest'], verdict: may, form: true },
  '/first-login/terms': { who: ['guest'], verdict: may, form: true },
  '/first-login/email': { who: ['guest'], verdict: may, form: true },
  '/first-login/profile': { who: ['guest'], verdict: may, form: true },
  '/first-login/review': { who: ['guest'], verdict: may, form: true },
  '/recover': { who: everybody, verdict: page },
  '/recover/password': { who: everybody, verdict: page, form: true },
  '/recover/login-id': { who: everybody, verdict: page, form: true },
  '/recover/letter': { who: everybody, verdict: page, form: true },
  '/recover/contact': { who: everybody, verdict: page },
  '/reset/:token': { who: everybody, verdict: may, form: true },
  '/terms': { who: everybody, verdict: page },
  '/privacy': { who: everybody, verdict: page },
  '/terms/office': { who: everybody, verdict: page },
  // Asks nothing of who owes no consent: it leads on.
  '/terms/consent': { who: loggedIn, contractor: true, verdict: may, form: true },
  '/suggest/profile/:list': { who: everybody, verdict: () => 'absent' },
  '/operations': { who: ['operations'], verdict: page },
  // Anybody asks; a thread is read by who asked and by its desks. None of these ids is one.
  '/status': { who: everybody, verdict: page },
  '/accessibility': { who: everybody, verdict: page },
  '/help': { who: everybody, verdict: page },
  '/help/:page': { who: everybody, verdict: () => 'absent' },
  '/contact': { who: everybody, verdict: page, form: true },
  '/suggest/offices': { who: everybody, verdict: page },
  '/my/inquiries': doctor(page),
  '/my/inquiries/new': doctor(page, true),
  '/my/inquiries/:id': doctor(() => 'absent', true),
  '/my/inquiries/:id/files/:fileId': doctor(() => 'absent'),
  '/office/inquiries': { who: ['office'], contractor: true, verdict: page },
  '/office/inquiries/new': { who: ['office'], contractor: true, verdict: page, form: true },
  '/office/inquiries/:id': { who: ['office'], contractor: true, verdict: () => 'absent', form: true },
  '/office/inquiries/:id/files/:fileId': { who: ['office'], contractor: true, verdict: () => 'absent' },
  // 運営事務局 and the JMA's own staff.
  '/operations/inquiries': { who: ['operations', 'office'], verdict: atDesk('page') },
  '/operations/faq': { who: ['operations', 'office'], verdict: atDesk('page'), form: true },
  '/operations/inquiries/:id': { who: ['operations', 'office'], verdict: atDesk('absent'), form: true },
  '/operations/inquiries/:id/files/:fileId': { who: ['operations', 'office'], verdict: atDesk('absent') },
  // Only the link of a mail opens an invitation; none of these ids is one.
  '/invitations': { who: everybody, verdict: page, form: true },
  '/invitations/:token': { who: everybody, verdict: () => 'absent', form: true },
  '/my/mailing-preference': doctor(page, true),
  '/my/profile': doctor(page),
  '/my/profile/edit': doctor(page, true),
  // Without anything typed it leads back to the form.
  '/my/profile/review': doctor(may, true),
  '/my/account': { who: loggedIn, contractor: true, verdict: may, form: true },
  '/office/account': { who: loggedIn, contractor: true, verdict: may, form: true },
  '/office/account/mails': office(page, true),
  '/operations/announcements': { who: ['operations'], verdict: page, form: true },
  '/operations/announcements/notices': { who: ['operations'], verdict: page, form: true },
  '/operations/mails': { who: ['operations'], verdict: page, form: true },
  // Letters with login information; by an address alone there is nothing to print.
  '/operations/login-letters': { who: ['operations'], verdict: page, form: true },
  '/operations/login-letters/print': { who: ['operations'], verdict: may, form: true },
  '/operations/account': { who: loggedIn, contractor: true, verdict: may, form: true },
  '/my/account/mail': { who: loggedIn, contractor: true, verdict: may, form: true },
  '/office/account/mail': { who: loggedIn, contractor: true, verdict: may, form: true },
  '/operations/account/mail': { who: loggedIn, contractor: true, verdict: may, form: true },
  '/new-mail/:token': { who: everybody, verdict: may, form: true },
  '/old-mail/:token': { who: everybody, verdict: may, form: true },
  '/my': doctor(page),
  '/my/membership-history': doctor(page),
  '/my/membership-history/file.csv': doctor(page),
  // Certificates are the doctor's own and the issuing office's; none of these ids is one, and a number without its code shows nothing.
  '/verify': { who: everybody, verdict: page, form: true },
  '/verify/:code': { who: everybody, verdict: page, form: true },
  '/my/membership-certificates': doctor(page),
  '/my/membership-certificates/new': doctor(page, true),
  '/my/membership-certificates/:id': doctor(() => 'absent'),
  '/my/membership-certificates/:id/revoke': doctor(() => 'absent', true),
  '/my/membership-certificates/:id/print.pdf': doctor(() => 'absent'),
  '/my/access-log': doctor(page),
  // Notices are read by those they are for; none of these ids is one.
  '/my/notices': doctor(page),
  '/my/notices/:id': doctor(() => 'absent'),
  '/my/notices/:id/files/:fileId': doctor(() => 'absent'),
  '/public-notices/:id': nowhere,
  '/public-notices/:id/files/:fileId': nowhere,
  '/office/notices': office(page),
  '/office/notices/new': office(page, true),
  '/office/notices/:id': office(() => 'absent', true),
  '/office/notices/:id/edit': office(() => 'absent', true),
  '/office/notices/:id/register': office(() => 'absent', true),
  '/office/notices/:id/end': office(() => 'absent', true),
  '/office/notices/:id/files/:fileId': office(() => 'absent'),
  '/office/received-notices': { who: ['office'], contractor: true, verdict: page },
  '/office/received-notices/:id': { who: ['office'], contractor: true, verdict: () => 'absent' },
  '/office/received-notices/:id/files/:fileId': { who: ['office'], contractor: true, verdict: () => 'absent' },
  '/my/applications': doctor(page),
  '/my/applications/join': doctor(page, true),
  '/my/applications/withdrawal': doctor(page, true),
  '/my/applications/change': doctor(page, true),
  '/my/applications/transfer': doctor(page, true),
  '/my/applications/:id': doctor(mine(sent), true),
  // The cases of the marked world are 入会届: pages of other papers know nothing of them, or lead on.
  '/my/applications/:id/change': doctor(
    mine(() => false),
    true,
  ),
  '/my/applications/:id/transfer': doctor(
    mine(() => false),
    true,
  ),
  '/my/applications/:id/destination': doctor(
    mine(() => false),
    true,
  ),
  '/my/applications/:id/retract': doctor(mine(retractable), true),
  // Only of what an office entered; these papers are the doctors' own.
  '/my/applications/:id/objection': doctor(
    mine(() => false),
    true,
  ),
  '/my/applications/:id/delete': doctor(
    mine((target) => target.state === 'draft'),
    true,
  ),
  '/my/applications/:id/associations': doctor(mine(editable), true),
  '/my/applications/:id/details': doctor(mine(editable), true),
  '/my/applications/:id/review': doctor(mine(editable), true),
  '/my/applications/:id/submitted': doctor(mine((target) => target.state === 'submitted')),
  '/my/applications/:id/print.pdf': doctor(mine(sent)),
  // Taken by script.
  '/my/applications/:id/documents': { who: ['doctor'], verdict: mine(() => false), form: 'only' },
  '/my/applications/:id/documents/:documentId': doctor(mine(always)),
  '/my/applications/:id/documents/:documentId/preview': doctor(mine(always)),
  '/my/applications/:id/documents/:documentId/pages/:page': doctor(mine(always)),
  // The contractor sees the frame of the top page, nothing of members (`rules.md 5.3`).
  '/office': { who: ['office'], contractor: true, verdict: page },
  '/office/applications': office(page),
  '/office/applications/:id': office(ours(always)),
  '/office/applications/:id/receive': office(ours(atHolder), true),
  '/office/applications/:id/approve': office(ours(atHolder), true),
  '/office/applications/:id/return': office(ours(atHolder), true),
  '/office/applications/:id/reject': office(ours(atHolder), true),
  '/office/applications/:id/cancel': office(ours(atHolder), true),
  '/office/applications/:id/acknowledge': office(
    ours(() => false),
    true,
  ),
  '/office/applications/:id/revoke': office(
    ours(() => false),
    true,
  ),
  // Only of a death that the office itself has registered.
  '/office/applications/:id/revoke-death': office(
    ours(() => false),
    true,
  ),
  '/office/applications/:id/letter.pdf': office(() => 'absent'),
  '/office/applications/:id/message': office(
    ours((target) => open.includes(target.state)),
    true,
  ),
  '/office/applications/:id/memo': office(ours(always), true),
  '/office/applications/:id/attention': office(ours(always), true),
  '/office/applications/:id/what-if': office(ours(() => false)),
  '/office/applications/:id/print.pdf': office(ours(always)),
  // Who of the own office has the case; kept by person are the saved conditions.
  '/office/applications/:id/assignee': office(ours(always), true),
  '/office/applications/views': office(page, true),
  '/office/applications/:id/originals': office(ours(atHolder), true),
  '/office/applications/:id/documents/:documentId': office(ours(always)),
  '/office/applications/:id/documents/:documentId/preview': office(ours(always)),
  '/office/applications/:id/documents/:documentId/pages/:page': office(ours(always)),
  // Papers that the office entered for a doctor: none of these cases is one (`rules.md 3.10`).
  ...Object.fromEntries(
    ['ground', 'associations', 'change', 'transfer', 'destination', 'details', 'review', 'delete'].map((page) => [
      `/office/applications/:id/${page}`,
      office(() => 'absent', true),
    ]),
  ),
  '/office/applications/:id/documents': { who: ['office'], verdict: () => 'absent', form: 'only' },
  '/office/applications/proxy-sheet': office(page, true),
  '/office/applications/proxy-sheet/format.csv': office(page),
  '/office/applications/proxy-sheet/faults.csv': { who: ['office'], verdict: may, form: 'only' },
  '/office/applications/bulk': office(may, true),
  '/office/applications/certificates': office(page),
  '/office/applications/certificates/:id': office(() => 'absent', true),
  '/office/applications/certificates/:id/print.pdf': office(() => 'absent'),
  '/jma/associations': office(ofJma('page'), true),
  '/jma/associations/new': office(ofJma('page', 'admin'), true),
  '/jma/associations/associations.csv': office(ofJma('page')),
  '/jma/associations/bulk': office(ofJma('page', 'admin'), true),
  '/jma/associations/bulk/faults.csv': { who: ['office'], verdict: ofJma('may', 'admin'), form: 'only' },
  '/jma/associations/bulk/:id': office(ofJma('absent'), true),
  // An association is found by its code; an id is none.
  '/jma/associations/:code': office(ofJma('absent'), true),
  '/jma/associations/:code/reorganisation': office(ofJma('absent', 'admin'), true),
  '/office/association': office(page),
  '/office/association/edit': office(adminOnly('page'), true),
  '/office/association/name': office(adminOnly('page'), true),
  '/office/association/seal/:id': office(() => 'absent'),
  // The lists of the own association (`screens.md O-20`): all staff see, 管理者 change; none of these ids is an entry.
  '/office/mailings-and-categories': office((actor) => (actor.kind === 'office' && actor.role === 'admin' ? 'page' : 'may'), true),
  '/office/mailings-and-categories/mailings/:id': office(adminOnly('absent'), true),
  '/office/mailings-and-categories/member-categories/:id': office(adminOnly('absent'), true),
  '/office/mailings-and-categories/notice-categories/:id': office(adminOnly('absent'), true),
  '/office/mailings-and-categories/fields/:id': office(adminOnly('absent'), true),
  // Runs belong to the office that started them; none of these ids is one.
  '/office/applications/bulk/:id': office(() => 'absent'),
  // An export is seen by who made it and its office; none of these ids is one, and a new one needs a list.
  '/office/exports': office(page),
  '/office/exports/new': office(may, true),
  '/office/exports/:id': office(() => 'absent', true),
  '/office/exports/:id/file/:eventId': office(() => 'absent'),
  // 管理者 manage the staff of their own office; none of these ids is one of it (`rules.md 5.3`).
  '/office/staff-members': office(adminOnly('page')),
  '/office/staff-members/new': office(adminOnly('page'), true),
  '/office/staff-members/delete': office(adminOnly('may'), true),
  '/office/staff-members/:id': office(adminOnly('absent'), true),
  // 管理者 see the acts of the office, スタッフ their own.
  '/office/audit-events': office(page),
  '/office/member-notifications': office(page, true),
  '/office/members': office(page, true),
  // A workplace is there for whose members work there; none of these ids is one.
  '/office/facilities': office(page),
  '/office/facilities/:id': office(() => 'absent'),
  // Districts and prefectures propose; a proposal is there for who made it and who decides, and none of these ids is one (`screens.md O-14`).
  '/office/facilities/proposals': office(page),
  '/office/facilities/proposals/new': office(belowJma('page'), true),
  '/office/facilities/proposals/:id': office(() => 'absent', true),
  '/office/facilities/:id/propose': office(belowJma('absent'), true),
  '/office/facilities/:id/duplicate': office(belowJma('absent'), true),
  '/office/facilities/:id/tie': office(belowJma('absent'), true),
  '/office/members/views': office(page, true),
  '/office/members/:id': office(member),
  '/office/members/:id/profile': office(member, true),
  '/office/members/:id/profile/changes': office(member),
  // None of these ids is a paper.
  '/office/members/:id/profile/papers/:fileId': office(() => 'absent'),
  // Without anything typed there is nothing to look over: back to the form.
  '/office/members/:id/profile/review': office((actor, target) => (member(actor, target) === 'page' ? 'may' : 'absent'), true),
  '/office/members/:id/own-fields': office(member, true),
  '/office/members/:id/mailings': office(member, true),
  '/office/members/:id/cases': office(member),
  '/office/members/:id/memo': office(member, true),
  '/office/members/:id/guidance': office(member, true),
  // A letter is there only after it was made.
  '/office/members/:id/guidance/letter.pdf': office(() => 'absent'),
  '/office/members/:id/accesses': office(member),
  '/office/members/:id/applications': office(member),
  '/office/members/:id/membership-certificates': office(member),
  '/office/members/:id/membership-certificates/new': office(member, true),
  // The kind of paper is a word; what stands there in the proof is none.
  '/office/members/:id/applications/:kind': office(() => 'absent', true),
  // Settings of the own association: all staff see, 管理者 plan (`screens.md O-21`); versions are numbers, so an id is none.
  '/office/association-settings': office(page),
  '/office/association-settings/new': office(adminOnly('page'), true),
  '/office/association-settings/trial': office(adminOnly('page'), true),
  '/office/association-settings/:version': office(() => 'absent'),
  '/office/association-settings/:version/withdraw': office(adminOnly('may'), true),
  // A blank form is nobody's data; none of these ids is one.
  '/paper-forms/:id': { who: ['doctor', 'office'], verdict: () => 'absent' },
  '/suggest/associations': { who: loggedIn, verdict: page },
  '/suggest/facilities': { who: loggedIn, verdict: page },
  // Only where mails stay on this machine; the product under proof sends them.
  '/_mailbox': nowhere,
  '/_mailbox/:id': nowhere,
  '/_mailbox/:id/html': nowhere,
};

/** Routes of the API by method and path below `/api/v1`. */
export const calls: Readonly<Record<string, Rule>> = {
  'GET /applications': office(page),
  'GET /applications/:id': office(ours(always)),
  'POST /applications/:id/receipt': office(ours(() => false)),
  'POST /applications/:id/approval': office(ours(() => false)),
  'POST /applications/:id/return': office(ours(() => false)),
  'POST /applications/:id/rejection': office(ours(() => false)),
  'GET /members': office(page),
  'GET /members/:id': office(member),
  'GET /member-counts': office(page),
  'GET /association-settings': office(page),
  'GET /association-settings/:number': office(() => 'absent'),
  'POST /association-settings': office(adminOnly('may')),
  'POST /association-settings/:number/withdrawal': office(adminOnly('may')),
  'GET /openapi.json': { who: everybody, verdict: page },
};

/** What must happen when somebody asks. */
export function expected(rule: Rule, actor: Actor, target: Target): Verdict {
  if (!rule.who.includes(actor.kind)) return actor.kind === 'guest' ? 'login' : 'forbidden';
  if (actor.kind === 'office' && actor.role === 'trainingContractor' && rule.contractor !== true && !rule.who.includes('guest'))
    return 'forbidden';
  return rule.verdict(actor, target);
}

/** Cases and persons whose data an actor may be shown (`rules.md 5.6`). */
export function maySeeCase(actor: Actor, target: Target): boolean {
  if (actor.kind === 'doctor') return actor.personId === target.personId;
  return (
    actor.kind === 'office' && actor.role !== 'trainingContractor' && target.state !== 'draft' && target.steps.includes(actor.associationId)
  );
}

export function maySeePerson(actor: Actor, target: Target): boolean {
  if (actor.kind === 'doctor') return actor.personId === target.personId;
  return (
    actor.kind === 'office' &&
    actor.role !== 'trainingContractor' &&
    (target.scope.includes(actor.associationId) || maySeeCase(actor, target))
  );
}
