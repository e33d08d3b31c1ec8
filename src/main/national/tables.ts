/** The tables of a load with the columns that are written; everything else is generated or has its default. */
export const tables = {
  facility: ['id', 'name', 'kana', 'postal_code', 'prefecture_code', 'address', 'tel', 'owner_type', 'beds', 'association_id'],
  person: ['id', 'surname', 'given_name', 'surname_kana', 'given_name_kana', 'birth_on', 'sex', 'postal_code', 'prefecture_code', 'address_line', 'tel', 'mail',
    'main_department', 'school_code', 'graduated_on', 'training_ends_on', 'visible_to'],
  person_licence: ['id', 'person_id', 'number', 'licensed_on', 'verified_at', 'visible_to'],
  affiliation: ['id', 'person_id', 'facility_id', 'lowest_association_id', 'work_code', 'position_code', 'is_primary', 'association_ids', 'pending_ids'],
  membership_event: ['id', 'person_id', 'association_id', 'affiliation_id', 'kind', 'effective_on', 'category_id', 'facility_id', 'reason', 'recorded_at',
    'acting_account_id', 'acting_association_id', 'application_step_id'],
  membership_period: ['person_id', 'association_id', 'joined_on', 'left_on', 'left_reason', 'joined_event_id', 'left_event_id', 'visible_to'],
  membership_phase: ['person_id', 'association_id', 'affiliation_id', 'category_id', 'facility_id', 'starts_on', 'ends_on', 'joined_on', 'left_on', 'event_id', 'visible_to'],
  application: ['id', 'number', 'kind', 'state', 'person_id', 'affiliation_id', 'open_key', 'form', 'wished_on', 'applicant_name', 'applicant_kana', 'applicant_licence',
    'visible_to', 'version', 'created_at', 'updated_at', 'submitted_at', 'closed_at'],
  application_step: ['id', 'application_id', 'leg', 'ordinal', 'person_id', 'association_id', 'layer', 'role', 'state', 'open', 'category_id', 'decided_on',
    'decided_category_id', 'settings_version', 'submitted_at', 'arrived_at', 'received_at', 'decided_at', 'decided_by', 'visible_to'],
  application_action: ['application_id', 'step_id', 'action', 'from_state', 'to_state', 'decided_on', 'category_id', 'reasons', 'message', 'actor_name', 'account_id',
    'association_id', 'at', 'visible_to'],
} as const satisfies Record<string, readonly string[]>;

export type LoadTable = keyof typeof tables;
