import type { Client } from 'pg';

/**
 * Who may reach which row (`rules.md 5.6`), written from the rules; imports nothing of the product. Facts are read as the
 * owner, who sees everything; the copies that the policies use (`visible_to` and the like) are not looked at.
 */

export type Viewer =
  | { kind: 'doctor'; personId: string; accountId: string }
  | { kind: 'office'; associationId: number; accountId: string }
  | { kind: 'operations'; accountId: string }
  | {
      kind: 'nobody';
      accountId: string /** Not even a guest. */;
      unknown?: boolean /** The association of an 外部委託先. */;
      contractor?: number;
    };

type Row = Record<string, unknown>;
type Rule = (row: Row, viewer: Viewer) => boolean;

/** Everything the oracle knows, by id. */
export type Facts = {
  /** Associations with a ledger event or a running case of the person. */
  ofPerson: Map<string, Set<number>>;
  /** Associations of the steps of a case, and its person. */
  ofCase: Map<string, { personId: string; associations: Set<number> }>;
  /** Associations that an affiliation made a member of, and those of its running case. */
  ofAffiliation: Map<string, { members: Set<number>; running: Set<number> }>;
  affiliationOfJoin: Map<string, string>;
  casesOfFile: Map<string, string[]>;
  /** Associations in which somebody is a member today. */
  membersToday: Map<string, Set<number>>;
  /** The association above each. */
  parents: Map<number, number>;
  notices: Map<string, Row>;
  inquiries: Map<string, Row>;
  /** Desks that an inquiry was passed on from. */
  earlierDesks: Map<string, Row[]>;
  inquiryOfFile: Map<string, string>;
  /** A change of profile made by an office with papers, by its id and by its files. */
  paperChanges: Map<string, Row>;
};

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

function put<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  map.set(key, (map.get(key) ?? new Set<V>()).add(value));
}

async function rowsOf(owner: Client, sql: string): Promise<Row[]> {
  return (await owner.query<Row>(sql)).rows;
}

export async function gatherFacts(owner: Client): Promise<Facts> {
  const facts: Facts = {
    ofPerson: new Map(),
    ofCase: new Map(),
    ofAffiliation: new Map(),
    affiliationOfJoin: new Map(),
    casesOfFile: new Map(),
    membersToday: new Map(),
    parents: new Map(),
    notices: new Map(),
    inquiries: new Map(),
    earlierDesks: new Map(),
    inquiryOfFile: new Map(),
    paperChanges: new Map(),
  };
  for (const row of await rowsOf(owner, 'SELECT id, person_id FROM application')) {
    facts.ofCase.set(text(row['id']), { personId: text(row['person_id']), associations: new Set() });
  }
  const affiliation = (id: unknown) => {
    const found = facts.ofAffiliation.get(text(id)) ?? { members: new Set<number>(), running: new Set<number>() };
    facts.ofAffiliation.set(text(id), found);
    return found;
  };
  for (const row of await rowsOf(owner, 'SELECT id, person_id, association_id, affiliation_id FROM membership_event')) {
    put(facts.ofPerson, text(row['person_id']), Number(row['association_id']));
    affiliation(row['affiliation_id']).members.add(Number(row['association_id']));
    facts.affiliationOfJoin.set(text(row['id']), text(row['affiliation_id']));
  }
  const steps = `SELECT s.association_id, s.person_id, s.application_id, a.state, a.affiliation_id FROM application_step s JOIN application a ON a.id = s.application_id`;
  for (const row of await rowsOf(owner, steps)) {
    const association = Number(row['association_id']);
    facts.ofCase.get(text(row['application_id']))?.associations.add(association);
    if (!['submitted', 'returned'].includes(text(row['state']))) continue;
    put(facts.ofPerson, text(row['person_id']), association);
    if (row['affiliation_id'] !== null) affiliation(row['affiliation_id']).running.add(association);
  }
  for (const row of await rowsOf(owner, 'SELECT file_id, application_id FROM document')) {
    facts.casesOfFile.set(text(row['file_id']), [...(facts.casesOfFile.get(text(row['file_id'])) ?? []), text(row['application_id'])]);
  }
  await gatherNotices(owner, facts);
  for (const row of await rowsOf(owner, 'SELECT * FROM inquiry')) facts.inquiries.set(text(row['id']), row);
  for (const row of await rowsOf(owner, 'SELECT inquiry_id, from_desk, from_association_id FROM inquiry_pass')) {
    facts.earlierDesks.set(text(row['inquiry_id']), [...(facts.earlierDesks.get(text(row['inquiry_id'])) ?? []), row]);
  }
  for (const row of await rowsOf(owner, 'SELECT file_id, inquiry_id FROM inquiry_file')) {
    facts.inquiryOfFile.set(text(row['file_id']), text(row['inquiry_id']));
  }
  const papers =
    'SELECT q.file_id, c.id, c.person_id, c.association_id FROM profile_change_paper q JOIN profile_change c ON c.id = q.change_id';
  for (const row of await rowsOf(owner, papers)) {
    for (const key of ['id', 'file_id']) facts.paperChanges.set(text(row[key]), row);
  }
  return facts;
}

/** Whom notices are for: memberships of today by the ledger's own periods, and the tree of today. */
async function gatherNotices(owner: Client, facts: Facts): Promise<void> {
  const today = `(now() AT TIME ZONE 'Asia/Tokyo')::date`;
  for (const row of await rowsOf(owner, `SELECT person_id, association_id FROM membership_period WHERE period @> ${today}`)) {
    put(facts.membersToday, text(row['person_id']), Number(row['association_id']));
  }
  for (const row of await rowsOf(owner, `SELECT association_id, parent_id FROM association_version WHERE period @> ${today}`)) {
    if (row['parent_id'] !== null) facts.parents.set(Number(row['association_id']), Number(row['parent_id']));
  }
  for (const row of await rowsOf(owner, `SELECT *, starts_on <= ${today} AS begun FROM notice`)) facts.notices.set(text(row['id']), row);
}

/** Everything above an association. */
function above(facts: Facts, association: number): number[] {
  const parent = facts.parents.get(association);
  return parent === undefined ? [] : [parent, ...above(facts, parent)];
}

/** Who may read a notice (`screens.md O-16`). */
function readsNotice(facts: Facts, row: Row | undefined, viewer: Viewer): boolean {
  if (row === undefined) return false;
  const sender = Number(row['association_id']);
  if (viewer.kind === 'office' && viewer.associationId === sender) return true;
  if (row['state'] === 'draft' || row['begun'] !== true) return false;
  const memberships = [...(viewer.kind === 'doctor' ? (facts.membersToday.get(viewer.personId) ?? []) : [])];
  switch (row['target']) {
    case 'public':
      return viewer.kind !== 'nobody' || viewer.unknown !== true;
    case 'allDoctors':
      return viewer.kind === 'doctor';
    case 'allOffices':
      return viewer.kind === 'office' || (viewer.kind === 'nobody' && viewer.contractor !== undefined);
    case 'lowerOffices':
      if (viewer.kind === 'nobody' && viewer.contractor !== undefined) return above(facts, viewer.contractor).includes(sender);
      return viewer.kind === 'office' && above(facts, viewer.associationId).includes(sender);
    case 'lowerMembers':
      return memberships.some((one) => above(facts, one).includes(sender));
    // The conditions of the world here fit nobody: their own test is `notice.test.ts`.
    case 'condition':
      return false;
    default:
      return memberships.includes(sender);
  }
}

/** Tables that are about nobody: everybody may read them. */
export const openTables = [
  'association',
  'association_version',
  'association_settings',
  'association_settings_withdrawal',
  'paper_form',
  'member_category',
  'code_value',
  'facility',
  'audit_head',
  'system_setting',
  'usual_time',
  'terms_version',
  'notice_category',
  'association_info',
  'association_seal',
  'association_closing',
  'association_mailing',
];

/** Tables that requests never see at all. */
export const closedTables = [
  'account',
  'session',
  'outbox',
  'mail_message',
  'office_mail_digest',
  'migration',
  'installation',
  'member_day',
  'member_year',
  'step_reminder',
  'training_notice',
  'terms_consent',
  'registration',
  'account_link',
  'login_letter',
  'network_place',
  'licence_claim',
  'second_factor',
  'recovery_code',
  'passkey',
  'passkey_challenge',
  'mail_change',
];

/** The rule of every other table; a new table without one fails the proof. */
export function rowRules(facts: Facts): Record<string, Rule> {
  const own = (row: Row, viewer: Viewer, column = 'person_id') => viewer.kind === 'doctor' && row[column] === viewer.personId;
  const ofOffice = (row: Row, viewer: Viewer, column = 'association_id') =>
    viewer.kind === 'office' && row[column] === viewer.associationId;
  const isMemberToday = (row: Row, viewer: Viewer) =>
    viewer.kind === 'doctor' && facts.membersToday.get(viewer.personId)?.has(Number(row['association_id'])) === true;
  const aboutPerson =
    (column: string): Rule =>
    (row, viewer) =>
      own(row, viewer, column) || (viewer.kind === 'office' && facts.ofPerson.get(text(row[column]))?.has(viewer.associationId) === true);
  const ofCase = (id: string, viewer: Viewer) => {
    const known = facts.ofCase.get(id);
    if (known === undefined) return false;
    return viewer.kind === 'office'
      ? known.associations.has(viewer.associationId)
      : viewer.kind === 'doctor' && known.personId === viewer.personId;
  };
  const aboutCase =
    (column: string): Rule =>
    (row, viewer) =>
      ofCase(text(row[column]), viewer);
  const inAffiliation = (id: string, viewer: Viewer) =>
    viewer.kind === 'office' && facts.ofAffiliation.get(id)?.members.has(viewer.associationId) === true;
  /** A desk that has the inquiry or has passed it on. */
  const atDeskOf = (row: Row, viewer: Viewer) => {
    const desks = [
      [row['desk'], row['desk_association_id']],
      ...(facts.earlierDesks.get(text(row['id'])) ?? []).map((pass) => [pass['from_desk'], pass['from_association_id']]),
    ];
    if (viewer.kind === 'operations') return desks.some(([desk]) => desk === 'operations');
    return viewer.kind === 'office' && desks.some(([desk, id]) => desk !== 'operations' && id === viewer.associationId);
  };
  const asked = (row: Row, viewer: Viewer) =>
    own(row, viewer) || ofOffice(row, viewer, 'asker_association_id') || row['account_id'] === viewer.accountId || atDeskOf(row, viewer);
  const aboutInquiry = (row: Row, viewer: Viewer, rule = asked) => {
    const found = facts.inquiries.get(text(row['inquiry_id']));
    return found !== undefined && rule(found, viewer);
  };
  /** Of the doctor, and of the office that has changed with it. */
  const paper = (id: unknown, viewer: Viewer) => {
    const change = facts.paperChanges.get(text(id));
    return change !== undefined && aboutPerson('person_id')(change, viewer) && (viewer.kind === 'doctor' || ofOffice(change, viewer));
  };
  return {
    profile_change_paper: (row, viewer) => paper(row['change_id'], viewer),
    // Who asked, and the desks that have or had it; how it was passed on is for desks (`rules.md 8.4`).
    inquiry: asked,
    inquiry_message: (row, viewer) => aboutInquiry(row, viewer),
    inquiry_file: (row, viewer) => aboutInquiry(row, viewer),
    inquiry_pass: (row, viewer) => aboutInquiry(row, viewer, atDeskOf),
    person: aboutPerson('id'),
    person_licence: aboutPerson('person_id'),
    profile_change: aboutPerson('person_id'),
    mailing_preference: aboutPerson('person_id'),
    // What is being typed belongs to who types it.
    profile_draft: (row, viewer) => row['account_id'] === viewer.accountId && aboutPerson('person_id')(row, viewer),
    affiliation: (row, viewer) =>
      own(row, viewer) ||
      inAffiliation(text(row['id']), viewer) ||
      (viewer.kind === 'office' && facts.ofAffiliation.get(text(row['id']))?.running.has(viewer.associationId) === true),
    membership_event: (row, viewer) => own(row, viewer) || ofOffice(row, viewer),
    membership_phase: (row, viewer) => own(row, viewer) || inAffiliation(text(row['affiliation_id']), viewer),
    membership_period: (row, viewer) =>
      own(row, viewer) || inAffiliation(facts.affiliationOfJoin.get(text(row['joined_event_id'])) ?? '', viewer),
    application: aboutCase('id'),
    application_step: aboutCase('application_id'),
    application_action: aboutCase('application_id'),
    application_form: aboutCase('application_id'),
    review_message: aboutCase('application_id'),
    document: aboutCase('application_id'),
    paper_original: aboutCase('application_id'),
    // Offices only (`rules.md 3.14`).
    office_memo: (row, viewer) =>
      viewer.kind === 'office' && (row['own_office_only'] === true ? ofOffice(row, viewer) : ofCase(text(row['application_id']), viewer)),
    office_task: (row, viewer) => ofOffice(row, viewer),
    stored_file: (row, viewer) =>
      row['owner_account_id'] === viewer.accountId ||
      aboutInquiry({ inquiry_id: facts.inquiryOfFile.get(text(row['id'])) }, viewer) ||
      paper(row['id'], viewer) ||
      (facts.casesOfFile.get(text(row['id'])) ?? []).some((id) => ofCase(id, viewer)),
    audit_event: (row, viewer) => ofOffice(row, viewer),
    // What the nightly verification says of the own records; 運営事務局 looks into all of it.
    audit_chain_check: (row, viewer) => viewer.kind === 'operations' || ofOffice(row, viewer, 'chain'),
    audit_check: (_row, viewer) => viewer.kind === 'operations',
    bulk_run: (row, viewer) => ofOffice(row, viewer),
    bulk_row: (row, viewer) => ofOffice(row, viewer),
    bulk_result: (row, viewer) => ofOffice(row, viewer),
    data_export: (row, viewer) => ofOffice(row, viewer),
    data_export_ids: (row, viewer) => ofOffice(row, viewer),
    data_export_event: (row, viewer) => ofOffice(row, viewer),
    staff_member: (row, viewer) => ofOffice(row, viewer),
    membership_certificate: (row, viewer) => own(row, viewer) || ofOffice(row, viewer),
    // 担当者 is each office's own affair, saved conditions each person's.
    case_assignment: (row, viewer) => ofOffice(row, viewer),
    notice: (row, viewer) => readsNotice(facts, facts.notices.get(text(row['id'])), viewer),
    notice_file: (row, viewer) => readsNotice(facts, facts.notices.get(text(row['notice_id'])), viewer),
    notice_read: (row, viewer) => own(row, viewer),
    notice_office_read: (row, viewer) => ofOffice(row, viewer),
    notice_account_read: (row, viewer) => row['account_id'] === viewer.accountId,
    saved_view: (row, viewer) => ofOffice(row, viewer) && row['account_id'] === viewer.accountId,
    first_steps_hidden: (row, viewer) => row['account_id'] === viewer.accountId,
    office_mail_choice: (row, viewer) => ofOffice(row, viewer) && row['account_id'] === viewer.accountId,
    account_preference: (row, viewer) => row['account_id'] === viewer.accountId,
    // Of a member, only while the office may see him.
    member_notification: (row, viewer) => ofOffice(row, viewer) && (row['person_id'] === null || aboutPerson('person_id')(row, viewer)),
    association_breach_mail: (row, viewer) => ofOffice(row, viewer),
    // A text for everybody while it is shown; who keeps them sees those taken back, too.
    faq_entry: (row, viewer) =>
      row['state'] === 'shown' || viewer.kind === 'operations' || (viewer.kind === 'office' && viewer.associationId === 0),
    // Told to everybody; entered by the operations office.
    service_notice: () => true,
    // Who moved by a 合併 is the matter of jobs; the JMA is told numbers.
    association_move: () => false,
    association_first_admin: (_row, viewer) => viewer.kind === 'office' && viewer.associationId === 0,
    association_batch: (_row, viewer) => viewer.kind === 'office' && viewer.associationId === 0,
    association_opening: (_row, viewer) => viewer.kind === 'office' && viewer.associationId === 0,
    association_opening_withdrawal: (_row, viewer) => viewer.kind === 'office' && viewer.associationId === 0,
    association_change: (_row, viewer) => viewer.kind === 'office' && viewer.associationId === 0,
    // Of the JMA, which decides, and of who asked.
    association_request: (row, viewer) => ofOffice(row, viewer) || (viewer.kind === 'office' && viewer.associationId === 0),
    // Of who proposed and who decides; the JMA sees what a prefecture has forwarded to be merged (`screens.md O-14, J-06`).
    facility_proposal: (row, viewer) =>
      ofOffice(row, viewer) ||
      ofOffice(row, viewer, 'decider_id') ||
      (row['kind'] === 'duplicate' &&
        ['forwarded', 'planned'].includes(String(row['state'])) &&
        viewer.kind === 'office' &&
        viewer.associationId === 0),
    // What was approved is the history of the master, for every office.
    facility_change: (_row, viewer) => viewer.kind === 'office',
    member_memo: (row, viewer) => ofOffice(row, viewer),
    member_guidance: (row, viewer) => ofOffice(row, viewer),
    member_selection: (row, viewer) => ofOffice(row, viewer),
    // 独自項目 are the office's own; the doctor sees those shown to him (`screens.md O-20`).
    association_field: (row, viewer) => ofOffice(row, viewer) || (row['shown'] === true && isMemberToday(row, viewer)),
    member_field_value: (row, viewer) =>
      ofOffice(row, viewer) || (own(row, viewer) && row['value'] === 'shown' && isMemberToday(row, viewer)),
    mailing_choice: (row, viewer) => own(row, viewer) || (ofOffice(row, viewer) && aboutPerson('person_id')(row, viewer)),
    staff_invitation: (row, viewer) => ofOffice(row, viewer),
    idempotency: (row, viewer) => row['actor_key'] === viewer.accountId,
  };
}
