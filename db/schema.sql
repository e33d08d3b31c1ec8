-- Generated from the migrations; do not edit.

-- tables

TABLE account
  id uuid NOT NULL
  login_id text NOT NULL
  password_hash text NOT NULL
  kind text NOT NULL
  state text NOT NULL DEFAULT 'active'::text
  display_name text NOT NULL
  mail text
  failed_count integer NOT NULL DEFAULT 0
  retry_after timestamp with time zone
  version integer NOT NULL DEFAULT 1
  created_at timestamp with time zone NOT NULL DEFAULT now()
  password_changed_at timestamp with time zone NOT NULL DEFAULT now()
  last_login_at timestamp with time zone
  initial_until timestamp with time zone
  held_until timestamp with time zone
  factor_lifted boolean NOT NULL DEFAULT false
  mail_bounced_at timestamp with time zone

TABLE account_link
  token_hash bytea NOT NULL
  account_id uuid NOT NULL
  purpose text NOT NULL
  mail text NOT NULL DEFAULT ''::text
  created_at timestamp with time zone NOT NULL
  expires_at timestamp with time zone NOT NULL
  used_at timestamp with time zone

TABLE account_preference
  account_id uuid NOT NULL
  page_size integer NOT NULL
  changed_at timestamp with time zone NOT NULL

TABLE affiliation
  id uuid NOT NULL
  person_id uuid NOT NULL
  facility_id uuid
  lowest_association_id integer NOT NULL
  work_code text
  position_code text
  position_text text NOT NULL DEFAULT ''::text
  designations text[] NOT NULL DEFAULT '{}'::text[]
  designation_text text NOT NULL DEFAULT ''::text
  is_primary boolean NOT NULL DEFAULT false
  association_ids integer[] NOT NULL DEFAULT '{}'::integer[]
  pending_ids integer[] NOT NULL DEFAULT '{}'::integer[]
  version integer NOT NULL DEFAULT 1
  created_at timestamp with time zone NOT NULL DEFAULT now()

TABLE application
  id uuid NOT NULL
  number text
  kind text NOT NULL
  state text NOT NULL
  person_id uuid NOT NULL
  affiliation_id uuid
  open_key text
  form jsonb NOT NULL DEFAULT '{}'::jsonb
  wished_on date
  applicant_name text NOT NULL DEFAULT ''::text
  applicant_kana text NOT NULL DEFAULT ''::text
  applicant_licence text NOT NULL DEFAULT ''::text
  applicant_name_fold text NOT NULL GENERATED (fold_name(applicant_name) COLLATE "C")
  applicant_kana_fold text NOT NULL GENERATED (fold_name(applicant_kana) COLLATE "C")
  proxy_association_id integer
  proxy jsonb
  attention boolean NOT NULL DEFAULT false
  attention_reason text NOT NULL DEFAULT ''::text
  visible_to integer[] NOT NULL DEFAULT '{}'::integer[]
  version integer NOT NULL DEFAULT 1
  created_at timestamp with time zone NOT NULL
  updated_at timestamp with time zone NOT NULL
  submitted_at timestamp with time zone
  closed_at timestamp with time zone
  applicant_given_fold text NOT NULL GENERATED (fold_name(split_part(applicant_name, ' '::text, 2)) COLLATE "C")
  applicant_given_kana_fold text NOT NULL GENERATED (fold_name(split_part(applicant_kana, ' '::text, 2)) COLLATE "C")
  applicant_licence_no integer GENERATED (NULLIF(applicant_licence, ''::text))::integer
  returned_at timestamp with time zone
  draft_warned_on date
  papers_erased_at timestamp with time zone
  held_until date
  objected_at timestamp with time zone
  workplace_id uuid GENERATED 
CASE
    WHEN ((form #>> '{details,facilityId}'::text[]) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN ((form #>> '{details,facilityId}'::text[]))::uuid
    ELSE NULL::uuid
END
  workplace_fold text GENERATED (NULLIF(fold_name((form #>> '{details,facilityName}'::text[])), ''::text) COLLATE "C")
  follows_id uuid
  ended_by uuid

TABLE application_action
  id bigint NOT NULL
  application_id uuid NOT NULL
  step_id uuid
  action text NOT NULL
  from_state text NOT NULL
  to_state text NOT NULL
  decided_on date
  category_id integer
  reasons text[] NOT NULL DEFAULT '{}'::text[]
  fields jsonb NOT NULL DEFAULT '[]'::jsonb
  changes jsonb NOT NULL DEFAULT '[]'::jsonb
  message text NOT NULL DEFAULT ''::text
  actor_name text NOT NULL
  account_id uuid
  association_id integer
  on_behalf_of integer
  at timestamp with time zone NOT NULL
  visible_to integer[] NOT NULL DEFAULT '{}'::integer[]

TABLE application_form
  id bigint NOT NULL
  application_id uuid NOT NULL
  form jsonb NOT NULL
  at timestamp with time zone NOT NULL
  visible_to integer[] NOT NULL DEFAULT '{}'::integer[]

TABLE application_step
  id uuid NOT NULL
  application_id uuid NOT NULL
  leg text NOT NULL
  ordinal integer NOT NULL
  person_id uuid NOT NULL
  association_id integer NOT NULL
  layer integer NOT NULL
  role text NOT NULL
  state text NOT NULL
  open boolean NOT NULL DEFAULT true
  category_id integer
  decided_on date
  decided_category_id integer
  settings_version integer NOT NULL
  submitted_at timestamp with time zone NOT NULL
  arrived_at timestamp with time zone
  received_at timestamp with time zone
  decided_at timestamp with time zone
  decided_by text NOT NULL DEFAULT ''::text
  board_note text NOT NULL DEFAULT ''::text
  visible_to integer[] NOT NULL DEFAULT '{}'::integer[]
  decided_alone boolean NOT NULL DEFAULT false
  reached_on date
  paused_days integer NOT NULL DEFAULT 0
  reminder_days integer NOT NULL DEFAULT 7
  clock_from date GENERATED (reached_on + paused_days)
  late_on date GENERATED ((reached_on + paused_days) + reminder_days)
  held_category_id integer
  listed_category_id integer GENERATED COALESCE(decided_category_id, category_id, held_category_id)

TABLE association
  id integer NOT NULL
  code text NOT NULL
  layer integer NOT NULL
  kind text NOT NULL
  prefecture_code text
  certainty text NOT NULL DEFAULT 'unverified'::text

TABLE association_batch
  id uuid NOT NULL
  row_count integer NOT NULL
  reason text NOT NULL
  proposed_by uuid NOT NULL
  proposed_name text NOT NULL
  proposed_at timestamp with time zone NOT NULL

TABLE association_breach_mail
  association_id integer NOT NULL
  version integer NOT NULL
  mail text NOT NULL

TABLE association_change
  id uuid NOT NULL
  association_id integer NOT NULL
  kind text NOT NULL
  name text
  kana text
  parent_id integer
  starts_on date NOT NULL
  reason text NOT NULL
  state text NOT NULL
  proposed_by uuid NOT NULL
  proposed_name text NOT NULL
  proposed_at timestamp with time zone NOT NULL
  settled_name text NOT NULL DEFAULT ''::text
  settled_at timestamp with time zone
  request_id uuid
  target_id integer
  category_map jsonb NOT NULL DEFAULT '{}'::jsonb
  split_rule text
  split_entries text[] NOT NULL DEFAULT '{}'::text[]
  batch_id uuid
  association_kind text
  prefecture_code text
  certainty text
  before jsonb NOT NULL DEFAULT '{}'::jsonb
  carries_staff boolean NOT NULL DEFAULT false

TABLE association_closing
  association_id integer NOT NULL
  closes_on date NOT NULL
  recorded_at timestamp with time zone NOT NULL

TABLE association_field
  id integer NOT NULL
  association_id integer NOT NULL
  name text NOT NULL
  kind text NOT NULL
  choices text[] NOT NULL DEFAULT '{}'::text[]
  shown boolean NOT NULL
  ends_on date
  sort_order integer NOT NULL
  version integer NOT NULL DEFAULT 1

TABLE association_first_admin
  id uuid NOT NULL
  association_id integer NOT NULL
  surname text NOT NULL
  given_name text NOT NULL
  surname_kana text NOT NULL
  given_name_kana text NOT NULL
  mail text NOT NULL
  named_by uuid NOT NULL
  named_by_name text NOT NULL
  named_at timestamp with time zone NOT NULL

TABLE association_info
  association_id integer NOT NULL
  version integer NOT NULL
  starts_on date NOT NULL
  president_name text NOT NULL DEFAULT ''::text
  postal_code text NOT NULL DEFAULT ''::text
  address text NOT NULL DEFAULT ''::text
  tel text NOT NULL DEFAULT ''::text
  fax text NOT NULL DEFAULT ''::text
  mail text NOT NULL DEFAULT ''::text
  office_hours text NOT NULL DEFAULT ''::text
  website text NOT NULL DEFAULT ''::text
  join_guide text NOT NULL DEFAULT ''::text
  way text NOT NULL DEFAULT 'direct'::text
  signer_title text NOT NULL DEFAULT '会長'::text
  signer_name text NOT NULL DEFAULT ''::text
  seal_id uuid
  recorded_by text NOT NULL DEFAULT ''::text
  recorded_at timestamp with time zone NOT NULL

TABLE association_mailing
  id integer NOT NULL
  association_id integer NOT NULL
  name text NOT NULL
  kind text NOT NULL
  category_ids integer[] NOT NULL DEFAULT '{}'::integer[]
  refusable boolean NOT NULL
  starts_on date NOT NULL
  ends_on date
  sort_order integer NOT NULL
  version integer NOT NULL DEFAULT 1

TABLE association_move
  change_id uuid NOT NULL
  person_id uuid NOT NULL
  state text NOT NULL
  reason text NOT NULL DEFAULT ''::text
  cases integer NOT NULL DEFAULT 0
  at timestamp with time zone NOT NULL
  told_at timestamp with time zone

TABLE association_opening
  id uuid NOT NULL
  batch_id uuid NOT NULL
  code text NOT NULL
  layer integer NOT NULL
  kind text NOT NULL
  prefecture_code text NOT NULL
  name text NOT NULL
  kana text NOT NULL
  parent_code text NOT NULL
  opens_on date NOT NULL
  surname text NOT NULL
  given_name text NOT NULL
  surname_kana text NOT NULL
  given_name_kana text NOT NULL
  mail text NOT NULL
  state text NOT NULL
  proposed_by uuid NOT NULL
  settled_name text NOT NULL DEFAULT ''::text
  settled_at timestamp with time zone

TABLE association_opening_withdrawal
  association_id integer NOT NULL
  opens_on date NOT NULL
  reason text NOT NULL
  withdrawn_by uuid NOT NULL
  withdrawn_by_name text NOT NULL
  recorded_at timestamp with time zone NOT NULL

TABLE association_request
  id uuid NOT NULL
  association_id integer NOT NULL
  name text NOT NULL
  kana text NOT NULL
  starts_on date NOT NULL
  reason text NOT NULL
  state text NOT NULL
  requested_by text NOT NULL
  requested_at timestamp with time zone NOT NULL
  answer text NOT NULL DEFAULT ''::text
  answered_by text NOT NULL DEFAULT ''::text
  answered_at timestamp with time zone

TABLE association_seal
  id uuid NOT NULL
  association_id integer NOT NULL
  file_id uuid NOT NULL
  media_type text NOT NULL
  size integer NOT NULL
  created_at timestamp with time zone NOT NULL
  created_by_name text NOT NULL

TABLE association_settings
  association_id integer NOT NULL
  version integer NOT NULL
  starts_on date NOT NULL
  settings jsonb NOT NULL
  reason text NOT NULL
  created_by uuid
  recorded_at timestamp with time zone NOT NULL DEFAULT now()
  created_by_name text NOT NULL DEFAULT ''::text

TABLE association_settings_withdrawal
  association_id integer NOT NULL
  version integer NOT NULL
  reason text NOT NULL
  withdrawn_by uuid
  withdrawn_by_name text NOT NULL
  recorded_at timestamp with time zone NOT NULL DEFAULT now()

TABLE association_version
  id bigint NOT NULL
  association_id integer NOT NULL
  starts_on date NOT NULL
  ends_on date
  period daterange NOT NULL GENERATED daterange(starts_on, (ends_on + 1))
  parent_id integer
  name text NOT NULL
  kana text NOT NULL
  name_fold text NOT NULL GENERATED (fold_name(name) COLLATE "C")
  recorded_at timestamp with time zone NOT NULL DEFAULT now()

TABLE audit_chain_check
  chain integer NOT NULL
  seq bigint NOT NULL
  hash bytea NOT NULL
  swept_seq bigint NOT NULL
  swept_hash bytea NOT NULL
  checked_at timestamp with time zone
  covered boolean NOT NULL
  findings text[] NOT NULL DEFAULT '{}'::text[]
  found_at timestamp with time zone

TABLE audit_check
  id uuid NOT NULL
  at timestamp with time zone NOT NULL
  whole boolean NOT NULL
  chains integer NOT NULL
  rows_read bigint NOT NULL
  problems text[] NOT NULL
  covered_until date

TABLE audit_event
  id bigint NOT NULL
  chain integer NOT NULL
  seq bigint NOT NULL DEFAULT 0
  at timestamp with time zone NOT NULL
  action text NOT NULL
  result text NOT NULL
  actor_kind text NOT NULL
  account_id uuid
  actor_name text NOT NULL DEFAULT ''::text
  association_id integer
  on_behalf_of integer
  person_ids uuid[] NOT NULL DEFAULT '{}'::uuid[]
  target text NOT NULL DEFAULT ''::text
  purpose text NOT NULL DEFAULT ''::text
  detail jsonb NOT NULL DEFAULT '{}'::jsonb
  request_id text NOT NULL DEFAULT ''::text
  address text NOT NULL DEFAULT ''::text
  prev_hash bytea NOT NULL DEFAULT '\x'::bytea
  hash bytea NOT NULL DEFAULT '\x'::bytea

TABLE audit_head
  chain integer NOT NULL
  seq bigint NOT NULL
  hash bytea NOT NULL

TABLE bulk_result
  run_id uuid NOT NULL
  ordinal integer NOT NULL
  association_id integer NOT NULL
  done boolean NOT NULL
  code text NOT NULL DEFAULT ''::text
  reason text NOT NULL DEFAULT ''::text
  at timestamp with time zone NOT NULL

TABLE bulk_row
  run_id uuid NOT NULL
  ordinal integer NOT NULL
  association_id integer NOT NULL
  application_id uuid NOT NULL
  input jsonb
  stopped text NOT NULL DEFAULT ''::text
  key uuid NOT NULL

TABLE bulk_run
  id uuid NOT NULL
  association_id integer NOT NULL
  account_id uuid NOT NULL
  staff_id uuid NOT NULL
  actor_name text NOT NULL
  action text NOT NULL
  common jsonb NOT NULL DEFAULT '{}'::jsonb
  total integer NOT NULL
  retry_of uuid
  created_at timestamp with time zone NOT NULL

TABLE case_assignment
  association_id integer NOT NULL
  application_id uuid NOT NULL
  staff_id uuid
  assigned_at timestamp with time zone NOT NULL

TABLE code_value
  list text NOT NULL
  code text NOT NULL
  label text NOT NULL
  kana text NOT NULL DEFAULT ''::text
  detail jsonb NOT NULL DEFAULT '{}'::jsonb
  sort_order integer NOT NULL
  certainty text NOT NULL
  starts_on date NOT NULL DEFAULT '1900-01-01'::date
  ends_on date

TABLE data_export
  id uuid NOT NULL
  number text NOT NULL
  association_id integer NOT NULL
  account_id uuid NOT NULL
  staff_id uuid NOT NULL
  actor_name text NOT NULL
  list text NOT NULL
  conditions text NOT NULL
  condition_words text[] NOT NULL
  columns text[] NOT NULL
  purpose text NOT NULL
  purpose_text text NOT NULL DEFAULT ''::text
  recipient text NOT NULL DEFAULT ''::text
  sensitive_reason text NOT NULL DEFAULT ''::text
  base_on date NOT NULL
  encoding text NOT NULL
  unmapped_way text NOT NULL
  numbered boolean NOT NULL
  delete_by date NOT NULL
  state text NOT NULL
  created_at timestamp with time zone NOT NULL
  ready_at timestamp with time zone
  fetch_until timestamp with time zone
  row_count integer
  file_id uuid
  file_size bigint
  file_digest bytea
  id_digest bytea
  unmapped jsonb NOT NULL DEFAULT '[]'::jsonb
  label_sheet text NOT NULL DEFAULT ''::text
  mailing_id integer
  mailing_name text NOT NULL DEFAULT ''::text
  left_out jsonb NOT NULL DEFAULT '{}'::jsonb

TABLE data_export_event
  id uuid NOT NULL
  export_id uuid NOT NULL
  association_id integer NOT NULL
  kind text NOT NULL
  account_id uuid NOT NULL
  actor_name text NOT NULL
  reason text NOT NULL DEFAULT ''::text
  on_day date
  at timestamp with time zone NOT NULL

TABLE data_export_ids
  export_id uuid NOT NULL
  part integer NOT NULL
  association_id integer NOT NULL
  record_ids uuid[] NOT NULL
  person_ids uuid[] NOT NULL

TABLE document
  id uuid NOT NULL
  application_id uuid NOT NULL
  kind text NOT NULL
  title text NOT NULL
  file_id uuid NOT NULL
  file_name text NOT NULL
  media_type text NOT NULL
  size integer NOT NULL
  removed_at timestamp with time zone
  created_at timestamp with time zone NOT NULL
  visible_to integer[] NOT NULL DEFAULT '{}'::integer[]
  message_id uuid

TABLE facility
  id uuid NOT NULL
  name text NOT NULL
  kana text NOT NULL DEFAULT ''::text
  name_fold text NOT NULL GENERATED (fold_name(name) COLLATE "C")
  kana_fold text NOT NULL GENERATED (fold_name(kana) COLLATE "C")
  postal_code text NOT NULL DEFAULT ''::text
  prefecture_code text
  address text NOT NULL DEFAULT ''::text
  tel text NOT NULL DEFAULT ''::text
  tel_digits text NOT NULL GENERATED (regexp_replace(tel, '[^0-9]'::text, ''::text, 'g'::text) COLLATE "C")
  fax text NOT NULL DEFAULT ''::text
  owner_type text NOT NULL DEFAULT '99'::text
  beds integer
  attached text NOT NULL DEFAULT ''::text
  association_id integer
  state text NOT NULL DEFAULT 'registered'::text
  proposed_by uuid
  version integer NOT NULL DEFAULT 1
  recorded_at timestamp with time zone NOT NULL DEFAULT now()
  common_name text NOT NULL DEFAULT ''::text
  institution_code text NOT NULL DEFAULT ''::text
  closed_on date
  merged_into uuid

TABLE facility_change
  facility_id uuid NOT NULL
  version integer NOT NULL
  kind text NOT NULL
  changes jsonb NOT NULL
  other_id uuid
  proposal_id uuid NOT NULL
  association_id integer NOT NULL
  decider_id integer NOT NULL
  recorded_by uuid NOT NULL
  recorded_name text NOT NULL
  recorded_at timestamp with time zone NOT NULL

TABLE facility_proposal
  id uuid NOT NULL
  kind text NOT NULL
  facility_id uuid
  other_id uuid
  content jsonb NOT NULL
  reason text NOT NULL
  association_id integer NOT NULL
  decider_id integer NOT NULL
  state text NOT NULL
  version integer NOT NULL DEFAULT 1
  proposed_by uuid NOT NULL
  proposed_name text NOT NULL
  proposed_at timestamp with time zone NOT NULL
  answer text NOT NULL DEFAULT ''::text
  decided_name text NOT NULL DEFAULT ''::text
  decided_at timestamp with time zone
  stays_id uuid
  merge_on date
  planned_by uuid

TABLE faq_entry
  id uuid NOT NULL
  question text NOT NULL
  answer text NOT NULL
  state text NOT NULL
  added_by uuid NOT NULL
  added_name text NOT NULL
  added_at timestamp with time zone NOT NULL
  withdrawn_name text NOT NULL DEFAULT ''::text
  withdrawn_at timestamp with time zone

TABLE first_steps_hidden
  account_id uuid NOT NULL
  hidden_at timestamp with time zone NOT NULL

TABLE idempotency
  actor_key text NOT NULL
  key text NOT NULL
  command text NOT NULL
  input_hash bytea NOT NULL
  outcome jsonb NOT NULL
  created_at timestamp with time zone NOT NULL DEFAULT now()

TABLE inquiry
  id uuid NOT NULL
  number text NOT NULL DEFAULT ('Q-'::text || lpad((nextval('inquiry_number'::regclass))::text, 10, '0'::text))
  kind text NOT NULL
  subject text NOT NULL
  state text NOT NULL
  asker text NOT NULL
  person_id uuid
  asker_association_id integer
  account_id uuid
  asker_name text NOT NULL
  asker_kana text NOT NULL DEFAULT ''::text
  asker_mail text NOT NULL DEFAULT ''::text
  association_id integer
  application_id uuid
  application_number text
  desk text NOT NULL
  desk_association_id integer
  desk_section text
  asked_at timestamp with time zone NOT NULL
  changed_at timestamp with time zone NOT NULL
  due_on date NOT NULL
  version integer NOT NULL DEFAULT 1
  desk_ids integer[] NOT NULL DEFAULT '{}'::integer[]
  seen_by_operations boolean NOT NULL DEFAULT false

TABLE inquiry_file
  id uuid NOT NULL
  inquiry_id uuid NOT NULL
  message_id uuid NOT NULL
  file_id uuid NOT NULL

TABLE inquiry_message
  id uuid NOT NULL
  inquiry_id uuid NOT NULL
  by_desk boolean NOT NULL
  account_id uuid
  author_name text NOT NULL
  author_office text NOT NULL DEFAULT ''::text
  body text NOT NULL
  at timestamp with time zone NOT NULL

TABLE inquiry_pass
  id uuid NOT NULL
  inquiry_id uuid NOT NULL
  from_desk text NOT NULL
  from_association_id integer
  from_section text
  to_desk text NOT NULL
  to_association_id integer
  to_section text
  reason text NOT NULL
  account_id uuid NOT NULL
  passed_by text NOT NULL
  at timestamp with time zone NOT NULL

TABLE installation
  single boolean NOT NULL DEFAULT true
  demo text NOT NULL

TABLE licence_claim
  id uuid NOT NULL
  number text NOT NULL
  claimant_id uuid NOT NULL
  holder_id uuid NOT NULL
  claimed_at timestamp with time zone NOT NULL
  settled_at timestamp with time zone

TABLE login_letter
  id uuid NOT NULL
  kind text NOT NULL
  person_id uuid NOT NULL
  printed_at timestamp with time zone NOT NULL
  valid_until timestamp with time zone NOT NULL
  printed_by uuid NOT NULL
  printed_by_name text NOT NULL
  purpose text NOT NULL
  consent text NOT NULL DEFAULT ''::text
  consent_on date

TABLE mail_change
  account_id uuid NOT NULL
  mail text NOT NULL
  asked_at timestamp with time zone NOT NULL
  applies_at timestamp with time zone NOT NULL

TABLE mail_message
  id uuid NOT NULL
  template text NOT NULL
  dedupe_key text NOT NULL
  to_address text NOT NULL
  subject text NOT NULL
  body text NOT NULL
  person_id uuid
  state text NOT NULL DEFAULT 'waiting'::text
  attempts integer NOT NULL DEFAULT 0
  last_error text NOT NULL DEFAULT ''::text
  created_at timestamp with time zone NOT NULL DEFAULT now()
  sent_at timestamp with time zone
  bounced_at timestamp with time zone

TABLE mailing_choice
  person_id uuid NOT NULL
  mailing_id integer NOT NULL
  association_id integer NOT NULL
  send_to text NOT NULL
  changed_at timestamp with time zone NOT NULL

TABLE mailing_preference
  person_id uuid NOT NULL
  send_to text NOT NULL
  affiliation_id uuid
  fax_to text NOT NULL
  mail_notices boolean NOT NULL
  mail_training boolean NOT NULL
  version integer NOT NULL DEFAULT 1
  changed_at timestamp with time zone NOT NULL

TABLE member_category
  id integer NOT NULL
  association_id integer NOT NULL
  code text NOT NULL
  name text NOT NULL
  description text NOT NULL DEFAULT ''::text
  jma_code text
  liability_insurance boolean NOT NULL
  trainee boolean NOT NULL
  starts_on date NOT NULL
  ends_on date
  sort_order integer NOT NULL
  successor_id integer
  version integer NOT NULL DEFAULT 1

TABLE member_day
  association_id integer NOT NULL
  day date NOT NULL
  joined integer NOT NULL
  ended integer NOT NULL

TABLE member_field_value
  person_id uuid NOT NULL
  association_id integer NOT NULL
  field_id integer NOT NULL
  version integer NOT NULL
  value text NOT NULL
  account_id uuid NOT NULL
  author_name text NOT NULL
  at timestamp with time zone NOT NULL

TABLE member_guidance
  id uuid NOT NULL
  person_id uuid NOT NULL
  association_id integer NOT NULL
  way text NOT NULL
  account_id uuid NOT NULL
  sender_name text NOT NULL
  sent_at timestamp with time zone NOT NULL

TABLE member_memo
  person_id uuid NOT NULL
  association_id integer NOT NULL
  version integer NOT NULL
  body text NOT NULL
  account_id uuid NOT NULL
  author_name text NOT NULL
  at timestamp with time zone NOT NULL

TABLE member_notification
  id uuid NOT NULL DEFAULT gen_random_uuid()
  association_id integer NOT NULL
  cause text NOT NULL
  kind text NOT NULL
  deed text NOT NULL
  person_id uuid
  application_id uuid
  about_association_id integer
  also_association_ids integer[] NOT NULL DEFAULT '{}'::integer[]
  effective_on date
  before_category_id integer
  after_category_id integer
  fields text[] NOT NULL DEFAULT '{}'::text[]
  source text NOT NULL
  source_association_id integer
  at timestamp with time zone NOT NULL
  state text NOT NULL DEFAULT 'unread'::text
  assignee_staff_id uuid
  handled_at timestamp with time zone
  profile_change_id uuid
  mailed_at timestamp with time zone
  more_associations integer NOT NULL DEFAULT 0

TABLE member_selection
  id uuid NOT NULL
  association_id integer NOT NULL
  account_id uuid NOT NULL
  person_ids uuid[] NOT NULL
  selected_at timestamp with time zone NOT NULL

TABLE member_year
  association_id integer NOT NULL
  year integer NOT NULL
  joined integer NOT NULL
  ended integer NOT NULL

TABLE membership_certificate
  id uuid NOT NULL
  person_id uuid NOT NULL
  association_id integer NOT NULL
  base_on date NOT NULL
  contents text[] NOT NULL
  name_form text NOT NULL
  purpose text NOT NULL DEFAULT ''::text
  by_office boolean NOT NULL
  ground text
  asked_on date
  delivery text NOT NULL DEFAULT 'myPage'::text
  state text NOT NULL
  applied_at timestamp with time zone NOT NULL
  answered_at timestamp with time zone
  answer_message text NOT NULL DEFAULT ''::text
  number text
  code text
  paper jsonb
  issued_at timestamp with time zone
  revoked_at timestamp with time zone
  revoked_by_office boolean
  revoke_reason text NOT NULL DEFAULT ''::text
  check_count integer NOT NULL DEFAULT 0
  checked_at timestamp with time zone

TABLE membership_event
  id bigint NOT NULL
  person_id uuid NOT NULL
  association_id integer NOT NULL
  affiliation_id uuid NOT NULL
  kind text NOT NULL
  corrected_kind text
  effective_on date NOT NULL
  category_id integer
  facility_id uuid
  reason text NOT NULL DEFAULT ''::text
  recorded_at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
  acting_account_id uuid
  acting_association_id integer
  on_behalf_of integer
  application_step_id uuid
  supersedes bigint

TABLE membership_period
  id bigint NOT NULL
  person_id uuid NOT NULL
  association_id integer NOT NULL
  joined_on date NOT NULL
  left_on date
  period daterange NOT NULL GENERATED daterange(joined_on, (left_on + 1))
  left_reason text NOT NULL DEFAULT ''::text
  joined_event_id bigint NOT NULL
  left_event_id bigint
  visible_to integer[] NOT NULL DEFAULT '{}'::integer[]

TABLE membership_phase
  id bigint NOT NULL
  person_id uuid NOT NULL
  association_id integer NOT NULL
  affiliation_id uuid NOT NULL
  category_id integer NOT NULL
  facility_id uuid
  starts_on date NOT NULL
  ends_on date
  span daterange NOT NULL GENERATED daterange(starts_on, (ends_on + 1))
  joined_on date NOT NULL
  left_on date
  event_id bigint NOT NULL
  visible_to integer[] NOT NULL DEFAULT '{}'::integer[]

TABLE migration
  name text NOT NULL
  checksum text NOT NULL
  applied_at timestamp with time zone NOT NULL DEFAULT now()

TABLE network_place
  network cidr NOT NULL
  place text NOT NULL

TABLE notice
  id uuid NOT NULL
  association_id integer NOT NULL
  state text NOT NULL
  title text NOT NULL DEFAULT ''::text
  category1_id integer
  category2_id integer
  lead text NOT NULL DEFAULT ''::text
  body text NOT NULL DEFAULT ''::text
  target text
  condition jsonb NOT NULL DEFAULT '{}'::jsonb
  starts_on date
  ends_on date
  important boolean NOT NULL DEFAULT false
  by_mail boolean NOT NULL DEFAULT false
  mail_hour integer NOT NULL DEFAULT 9
  mail_at timestamp with time zone
  mail_state text NOT NULL DEFAULT 'none'::text
  mail_after text NOT NULL DEFAULT ''::text
  mailed integer NOT NULL DEFAULT 0
  readers integer
  writer_name text NOT NULL
  version integer NOT NULL DEFAULT 1
  created_at timestamp with time zone NOT NULL
  published_at timestamp with time zone
  ended_at timestamp with time zone
  origin text NOT NULL DEFAULT 'office'::text

TABLE notice_account_read
  notice_id uuid NOT NULL
  account_id uuid NOT NULL
  read_at timestamp with time zone NOT NULL

TABLE notice_category
  id integer NOT NULL
  association_id integer
  name text NOT NULL
  sort_order integer NOT NULL
  ends_on date
  version integer NOT NULL DEFAULT 1

TABLE notice_file
  id uuid NOT NULL
  notice_id uuid NOT NULL
  file_id uuid NOT NULL
  file_name text NOT NULL
  media_type text NOT NULL
  size integer NOT NULL
  created_at timestamp with time zone NOT NULL
  removed_at timestamp with time zone

TABLE notice_office_read
  notice_id uuid NOT NULL
  association_id integer NOT NULL
  read_at timestamp with time zone NOT NULL

TABLE notice_read
  notice_id uuid NOT NULL
  person_id uuid NOT NULL
  read_at timestamp with time zone NOT NULL

TABLE office_mail_choice
  account_id uuid NOT NULL
  association_id integer NOT NULL
  kind text NOT NULL
  choice text NOT NULL
  changed_at timestamp with time zone NOT NULL

TABLE office_mail_digest
  account_id uuid NOT NULL
  association_id integer NOT NULL
  dedupe_key text NOT NULL
  line text NOT NULL
  at timestamp with time zone NOT NULL
  sent_on date

TABLE office_memo
  id uuid NOT NULL
  application_id uuid NOT NULL
  association_id integer NOT NULL
  account_id uuid NOT NULL
  author_name text NOT NULL
  author_office text NOT NULL
  own_office_only boolean NOT NULL
  body text NOT NULL
  at timestamp with time zone NOT NULL
  visible_to integer[] NOT NULL DEFAULT '{}'::integer[]

TABLE office_task
  id uuid NOT NULL
  association_id integer NOT NULL
  application_id uuid NOT NULL
  person_id uuid NOT NULL
  kind text NOT NULL
  created_at timestamp with time zone NOT NULL
  done_at timestamp with time zone
  done_by text NOT NULL DEFAULT ''::text

TABLE outbox
  id bigint NOT NULL
  kind text NOT NULL
  payload jsonb NOT NULL
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp()

TABLE paper_form
  id uuid NOT NULL
  association_id integer NOT NULL
  file_id uuid NOT NULL
  file_name text NOT NULL
  media_type text NOT NULL
  size integer NOT NULL
  created_at timestamp with time zone NOT NULL
  created_by_name text NOT NULL

TABLE paper_original
  id uuid NOT NULL
  application_id uuid NOT NULL
  kind text NOT NULL
  title text NOT NULL
  association_id integer NOT NULL
  account_id uuid NOT NULL
  officer_name text NOT NULL
  at timestamp with time zone NOT NULL
  removed_at timestamp with time zone
  visible_to integer[] NOT NULL DEFAULT '{}'::integer[]

TABLE passkey
  id uuid NOT NULL
  account_id uuid NOT NULL
  credential_id bytea NOT NULL
  public_key bytea NOT NULL
  counter bigint NOT NULL
  transports text[] NOT NULL
  name text NOT NULL
  created_at timestamp with time zone NOT NULL
  used_at timestamp with time zone

TABLE passkey_challenge
  challenge_hash bytea NOT NULL
  purpose text NOT NULL
  account_id uuid
  expires_at timestamp with time zone NOT NULL

TABLE person
  id uuid NOT NULL
  account_id uuid
  surname text NOT NULL
  given_name text NOT NULL
  surname_kana text NOT NULL
  given_name_kana text NOT NULL
  former_surname text
  former_given_name text
  former_surname_kana text
  former_given_name_kana text
  use_former_name boolean NOT NULL DEFAULT false
  birth_on date NOT NULL
  sex text NOT NULL
  postal_code text NOT NULL
  prefecture_code text NOT NULL
  address_line text NOT NULL
  building text NOT NULL DEFAULT ''::text
  tel text NOT NULL
  fax text NOT NULL DEFAULT ''::text
  mail text
  main_department text NOT NULL
  departments text[] NOT NULL DEFAULT '{}'::text[]
  school_code text
  school_text text NOT NULL DEFAULT ''::text
  graduated_on text NOT NULL
  degree_text text NOT NULL DEFAULT ''::text
  degree_on text
  training_ends_on text
  societies text[] NOT NULL DEFAULT '{}'::text[]
  died_on date
  name_fold text NOT NULL GENERATED (fold_name((surname || given_name)) COLLATE "C")
  kana_fold text NOT NULL GENERATED (fold_name((surname_kana || given_name_kana)) COLLATE "C")
  given_name_fold text NOT NULL GENERATED (fold_name(given_name) COLLATE "C")
  given_kana_fold text NOT NULL GENERATED (fold_name(given_name_kana) COLLATE "C")
  visible_to integer[] NOT NULL DEFAULT '{}'::integer[]
  version integer NOT NULL DEFAULT 1
  created_at timestamp with time zone NOT NULL DEFAULT now()
  updated_at timestamp with time zone NOT NULL DEFAULT now()
  mail_bounced_at timestamp with time zone

TABLE person_licence
  id bigint NOT NULL
  person_id uuid NOT NULL
  number text NOT NULL
  licensed_on date NOT NULL
  current boolean NOT NULL DEFAULT true
  verified_at timestamp with time zone
  verified_by uuid
  verified_association_id integer
  visible_to integer[] NOT NULL DEFAULT '{}'::integer[]
  recorded_at timestamp with time zone NOT NULL DEFAULT now()
  number_value integer NOT NULL GENERATED (number)::integer
  claimed boolean NOT NULL DEFAULT false

TABLE profile_change
  id uuid NOT NULL
  person_id uuid NOT NULL
  changed_at timestamp with time zone NOT NULL
  source text NOT NULL
  changed_by text NOT NULL
  association_id integer
  blocks text[] NOT NULL
  changes jsonb NOT NULL
  ground text
  asked_on date

TABLE profile_change_paper
  id uuid NOT NULL
  change_id uuid NOT NULL
  file_id uuid NOT NULL

TABLE profile_draft
  account_id uuid NOT NULL
  person_id uuid NOT NULL
  draft jsonb NOT NULL
  version integer NOT NULL
  saved_at timestamp with time zone NOT NULL

TABLE recovery_code
  account_id uuid NOT NULL
  code_hash bytea NOT NULL
  used_at timestamp with time zone

TABLE registration
  id uuid NOT NULL
  link_hash bytea NOT NULL
  browser_hash bytea
  mail text NOT NULL
  account_id uuid
  terms_version integer NOT NULL
  privacy_version integer NOT NULL
  agreed_at timestamp with time zone NOT NULL
  draft jsonb NOT NULL DEFAULT '{}'::jsonb
  password_hash text
  id_checks integer NOT NULL DEFAULT 0
  created_at timestamp with time zone NOT NULL
  expires_at timestamp with time zone NOT NULL
  opened_at timestamp with time zone
  completed_at timestamp with time zone

TABLE review_message
  id uuid NOT NULL
  application_id uuid NOT NULL
  association_id integer
  account_id uuid
  author_name text NOT NULL
  author_office text NOT NULL
  body text NOT NULL
  at timestamp with time zone NOT NULL
  visible_to integer[] NOT NULL DEFAULT '{}'::integer[]

TABLE saved_view
  id uuid NOT NULL
  association_id integer NOT NULL
  account_id uuid NOT NULL
  list text NOT NULL
  name text NOT NULL
  conditions text NOT NULL
  created_at timestamp with time zone NOT NULL

TABLE second_factor
  account_id uuid NOT NULL
  secret bytea NOT NULL
  last_step bigint NOT NULL DEFAULT 0
  created_at timestamp with time zone NOT NULL
  confirmed_at timestamp with time zone

TABLE service_notice
  id uuid NOT NULL
  kind text NOT NULL
  starts_at timestamp with time zone NOT NULL
  ends_at timestamp with time zone
  mode text NOT NULL
  impact text NOT NULL DEFAULT ''::text
  workaround text NOT NULL DEFAULT ''::text
  state text NOT NULL
  entered_by uuid NOT NULL
  entered_name text NOT NULL
  entered_at timestamp with time zone NOT NULL
  settled_name text NOT NULL DEFAULT ''::text
  settled_at timestamp with time zone
  version integer NOT NULL DEFAULT 1

TABLE session
  token_hash bytea NOT NULL
  account_id uuid NOT NULL
  staff_id uuid
  created_at timestamp with time zone NOT NULL DEFAULT now()
  seen_at timestamp with time zone NOT NULL DEFAULT now()
  expires_at timestamp with time zone NOT NULL
  user_agent text NOT NULL DEFAULT ''::text
  consent_put_off boolean NOT NULL DEFAULT false
  address text NOT NULL DEFAULT ''::text

TABLE staff_invitation
  id uuid NOT NULL
  association_id integer NOT NULL
  role text NOT NULL
  surname text NOT NULL
  given_name text NOT NULL
  surname_kana text NOT NULL
  given_name_kana text NOT NULL
  mail text NOT NULL
  valid_until date NOT NULL
  invited_by uuid NOT NULL
  invited_by_name text NOT NULL
  round integer NOT NULL DEFAULT 1
  sent_round integer NOT NULL DEFAULT 0
  token_hash bytea
  expires_at timestamp with time zone
  outcome text
  closed_at timestamp with time zone
  staff_id uuid
  agreed_at timestamp with time zone
  version integer NOT NULL DEFAULT 1
  created_at timestamp with time zone NOT NULL

TABLE staff_member
  id uuid NOT NULL
  account_id uuid NOT NULL
  association_id integer
  office_kind text NOT NULL
  role text NOT NULL
  surname text NOT NULL
  given_name text NOT NULL
  surname_kana text NOT NULL
  given_name_kana text NOT NULL
  state text NOT NULL DEFAULT 'active'::text
  valid_until date NOT NULL
  version integer NOT NULL DEFAULT 1
  created_at timestamp with time zone NOT NULL DEFAULT now()

TABLE step_reminder
  step_id uuid NOT NULL
  mark integer NOT NULL
  association_id integer NOT NULL
  sent_on date NOT NULL

TABLE stored_file
  id uuid NOT NULL
  sha256 bytea NOT NULL
  size integer NOT NULL
  media_type text NOT NULL
  name text NOT NULL
  owner_account_id uuid NOT NULL
  created_at timestamp with time zone NOT NULL
  erased_at timestamp with time zone

TABLE system_setting
  name text NOT NULL
  value integer NOT NULL
  changed_at timestamp with time zone NOT NULL

TABLE terms_consent
  account_id uuid NOT NULL
  kind text NOT NULL
  version integer NOT NULL
  agreed_at timestamp with time zone NOT NULL

TABLE terms_version
  kind text NOT NULL
  version integer NOT NULL
  effective_on date NOT NULL
  body text NOT NULL
  changes text NOT NULL DEFAULT ''::text
  agree_by date
  published_at timestamp with time zone NOT NULL DEFAULT now()

TABLE training_notice
  association_id integer NOT NULL
  person_id uuid NOT NULL
  training_ends_on text NOT NULL
  mark integer NOT NULL
  told_on date NOT NULL

TABLE usual_time
  association_id integer NOT NULL
  kind text NOT NULL
  working_days integer NOT NULL
  cases integer NOT NULL
  counted_on date NOT NULL

-- constraints

account: account_kind_check CHECK ((kind = ANY (ARRAY['doctor'::text, 'staff'::text])))

account: account_pkey PRIMARY KEY (id)

account: account_state_check CHECK ((state = ANY (ARRAY['active'::text, 'stopped'::text])))

account_link: account_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

account_link: account_link_pkey PRIMARY KEY (token_hash)

account_link: account_link_purpose_check CHECK ((purpose = ANY (ARRAY['reset'::text, 'mail'::text, 'oldMail'::text, 'letter'::text, 'letterReset'::text])))

account_preference: account_preference_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

account_preference: account_preference_page_size_check CHECK ((page_size = ANY (ARRAY[25, 50, 100])))

account_preference: account_preference_pkey PRIMARY KEY (account_id)

affiliation: affiliation_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)

affiliation: affiliation_lowest_association_id_fkey FOREIGN KEY (lowest_association_id) REFERENCES association(id)

affiliation: affiliation_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

affiliation: affiliation_pkey PRIMARY KEY (id)

application: application_affiliation_id_fkey FOREIGN KEY (affiliation_id) REFERENCES affiliation(id)

application: application_check CHECK (((state = 'draft'::text) = (submitted_at IS NULL)))

application: application_check1 CHECK (((state = 'draft'::text) = (number IS NULL)))

application: application_check2 CHECK (((state <> ALL (ARRAY['submitted'::text, 'returned'::text])) OR (open_key IS NOT NULL)))

application: application_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES application(id)

application: application_follows_own FOREIGN KEY (follows_id, person_id) REFERENCES application(id, person_id)

application: application_kind_check CHECK ((kind = ANY (ARRAY['join'::text, 'transfer'::text, 'change'::text, 'withdrawal'::text])))

application: application_number_check CHECK ((number ~ '^[0-9]{4}-[0-9]{7}$'::text))

application: application_number_key UNIQUE (number)

application: application_of_person UNIQUE (id, person_id)

application: application_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

application: application_pkey PRIMARY KEY (id)

application: application_proxy_association_id_fkey FOREIGN KEY (proxy_association_id) REFERENCES association(id)

application: application_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'returned'::text, 'completed'::text, 'rejected'::text, 'retracted'::text, 'cancelled'::text])))

application_action: application_action_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)

application_action: application_action_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

application_action: application_action_category_id_fkey FOREIGN KEY (category_id) REFERENCES member_category(id)

application_action: application_action_on_behalf_of_fkey FOREIGN KEY (on_behalf_of) REFERENCES association(id)

application_action: application_action_pkey PRIMARY KEY (id)

application_action: application_action_step_id_fkey FOREIGN KEY (step_id) REFERENCES application_step(id)

application_form: application_form_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)

application_form: application_form_pkey PRIMARY KEY (id)

application_step: application_step_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)

application_step: application_step_application_id_ordinal_key UNIQUE (application_id, ordinal)

application_step: application_step_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

application_step: application_step_association_id_settings_version_fkey FOREIGN KEY (association_id, settings_version) REFERENCES association_settings(association_id, version)

application_step: application_step_category_id_fkey FOREIGN KEY (category_id) REFERENCES member_category(id)

application_step: application_step_check CHECK (((state = 'approved'::text) = (decided_on IS NOT NULL)))

application_step: application_step_decided_category_id_fkey FOREIGN KEY (decided_category_id) REFERENCES member_category(id)

application_step: application_step_held_category_id_fkey FOREIGN KEY (held_category_id) REFERENCES member_category(id)

application_step: application_step_leg_check CHECK ((leg = ANY (ARRAY['join'::text, 'leave'::text, 'change'::text])))

application_step: application_step_paused_days_check CHECK ((paused_days >= 0))

application_step: application_step_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

application_step: application_step_pkey PRIMARY KEY (id)

application_step: application_step_role_check CHECK ((role = ANY (ARRAY['decide'::text, 'receive'::text, 'acknowledge'::text])))

application_step: application_step_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'arrived'::text, 'received'::text, 'approved'::text, 'returned'::text, 'rejected'::text, 'acknowledged'::text, 'skipped'::text])))

association: association_certainty_check CHECK ((certainty = ANY (ARRAY['sourced'::text, 'unverified'::text, 'product'::text])))

association: association_code_check CHECK ((code ~ '^[0-9]{5}$'::text))

association: association_code_key UNIQUE (code)

association: association_kind_check CHECK ((kind = ANY (ARRAY['national'::text, 'prefectural'::text, 'district'::text, 'university'::text, 'ward'::text, 'other'::text])))

association: association_layer_check CHECK (((layer >= 1) AND (layer <= 4)))

association: association_pkey PRIMARY KEY (id)

association_batch: association_batch_pkey PRIMARY KEY (id)

association_batch: association_batch_row_count_check CHECK ((row_count > 0))

association_breach_mail: association_breach_mail_association_id_version_fkey FOREIGN KEY (association_id, version) REFERENCES association_info(association_id, version)

association_breach_mail: association_breach_mail_pkey PRIMARY KEY (association_id, version)

association_change: association_change_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

association_change: association_change_association_kind_check CHECK ((association_kind = ANY (ARRAY['prefectural'::text, 'district'::text, 'university'::text, 'ward'::text, 'other'::text])))

association_change: association_change_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES association_batch(id)

association_change: association_change_certainty_check CHECK ((certainty = ANY (ARRAY['sourced'::text, 'unverified'::text])))

association_change: association_change_kind_check CHECK ((kind = ANY (ARRAY['rename'::text, 'reparent'::text, 'close'::text, 'merge'::text, 'split'::text, 'revise'::text])))

association_change: association_change_name_check CHECK (
CASE kind
    WHEN 'rename'::text THEN ((name IS NOT NULL) AND (kana IS NOT NULL))
    WHEN 'revise'::text THEN true
    ELSE ((name IS NULL) AND (kana IS NULL))
END)

association_change: association_change_parent_check CHECK (
CASE kind
    WHEN 'reparent'::text THEN (parent_id IS NOT NULL)
    WHEN 'revise'::text THEN true
    ELSE (parent_id IS NULL)
END)

association_change: association_change_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES association(id)

association_change: association_change_pkey PRIMARY KEY (id)

association_change: association_change_plain_check CHECK (((kind = 'revise'::text) OR (num_nonnulls(association_kind, prefecture_code, certainty) = 0)))

association_change: association_change_request_id_fkey FOREIGN KEY (request_id) REFERENCES association_request(id)

association_change: association_change_revise_check CHECK (((kind <> 'revise'::text) OR ((batch_id IS NOT NULL) AND (num_nonnulls(name, kana, parent_id, association_kind, prefecture_code, certainty) > 0))))

association_change: association_change_split_check CHECK ((((kind = 'split'::text) = (split_rule IS NOT NULL)) AND ((kind = 'split'::text) = (cardinality(split_entries) > 0))))

association_change: association_change_split_rule_check CHECK ((split_rule = ANY (ARRAY['address'::text, 'list'::text])))

association_change: association_change_staff_check CHECK (((NOT carries_staff) OR (kind = 'merge'::text)))

association_change: association_change_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'reserved'::text, 'moving'::text, 'done'::text, 'withdrawn'::text])))

association_change: association_change_target_check CHECK ((((kind = ANY (ARRAY['merge'::text, 'split'::text])) = (target_id IS NOT NULL)) AND (target_id <> association_id)))

association_change: association_change_target_id_fkey FOREIGN KEY (target_id) REFERENCES association(id)

association_closing: association_closing_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

association_closing: association_closing_pkey PRIMARY KEY (association_id)

association_field: association_field_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

association_field: association_field_choices CHECK (((kind = 'choice'::text) = (cardinality(choices) > 0)))

association_field: association_field_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'day'::text, 'choice'::text])))

association_field: association_field_name_check CHECK ((name <> ''::text))

association_field: association_field_pkey PRIMARY KEY (id)

association_first_admin: association_first_admin_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

association_first_admin: association_first_admin_pkey PRIMARY KEY (id)

association_info: association_info_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

association_info: association_info_pkey PRIMARY KEY (association_id, version)

association_info: association_info_seal_id_fkey FOREIGN KEY (seal_id) REFERENCES association_seal(id)

association_info: association_info_version_check CHECK ((version >= 1))

association_info: association_info_way_check CHECK ((way = ANY (ARRAY['direct'::text, 'office'::text])))

association_mailing: association_mailing_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

association_mailing: association_mailing_kind_check CHECK ((kind = ANY (ARRAY['post'::text, 'fax'::text, 'mail'::text])))

association_mailing: association_mailing_name_check CHECK ((name <> ''::text))

association_mailing: association_mailing_owner UNIQUE (id, association_id)

association_mailing: association_mailing_period CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)))

association_mailing: association_mailing_pkey PRIMARY KEY (id)

association_move: association_move_cases_check CHECK ((cases >= 0))

association_move: association_move_change_id_fkey FOREIGN KEY (change_id) REFERENCES association_change(id)

association_move: association_move_check CHECK (((state = 'held'::text) = (reason <> ''::text)))

association_move: association_move_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

association_move: association_move_pkey PRIMARY KEY (change_id, person_id)

association_move: association_move_state_check CHECK ((state = ANY (ARRAY['moved'::text, 'held'::text])))

association_opening: association_opening_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES association_batch(id)

association_opening: association_opening_code_check CHECK ((code ~ '^\d{5}$'::text))

association_opening: association_opening_kind_check CHECK ((kind = ANY (ARRAY['prefectural'::text, 'district'::text, 'university'::text, 'ward'::text, 'other'::text])))

association_opening: association_opening_layer_check CHECK (((layer >= 2) AND (layer <= 4)))

association_opening: association_opening_parent_code_check CHECK ((parent_code ~ '^\d{5}$'::text))

association_opening: association_opening_pkey PRIMARY KEY (id)

association_opening: association_opening_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'done'::text, 'withdrawn'::text])))

association_opening_withdrawal: association_opening_withdrawal_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

association_opening_withdrawal: association_opening_withdrawal_pkey PRIMARY KEY (association_id)

association_opening_withdrawal: association_opening_withdrawal_reason_check CHECK ((reason <> ''::text))

association_request: association_request_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

association_request: association_request_check CHECK (((state = 'requested'::text) = (answered_at IS NULL)))

association_request: association_request_pkey PRIMARY KEY (id)

association_request: association_request_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'accepted'::text, 'declined'::text])))

association_seal: association_seal_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

association_seal: association_seal_file_id_fkey FOREIGN KEY (file_id) REFERENCES stored_file(id)

association_seal: association_seal_file_id_key UNIQUE (file_id)

association_seal: association_seal_media_type_check CHECK ((media_type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text, 'image/gif'::text])))

association_seal: association_seal_pkey PRIMARY KEY (id)

association_seal: association_seal_size_check CHECK (((size >= 1) AND (size <= 1048576)))

association_settings: association_settings_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

association_settings: association_settings_pkey PRIMARY KEY (association_id, version)

association_settings: association_settings_version_check CHECK ((version > 0))

association_settings_withdrawal: association_settings_withdrawal_association_id_version_fkey FOREIGN KEY (association_id, version) REFERENCES association_settings(association_id, version)

association_settings_withdrawal: association_settings_withdrawal_pkey PRIMARY KEY (association_id, version)

association_version: association_version_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

association_version: association_version_association_id_period_excl EXCLUDE USING gist (association_id WITH =, period WITH &&)

association_version: association_version_check CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)))

association_version: association_version_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES association(id)

association_version: association_version_pkey PRIMARY KEY (id)

audit_chain_check: audit_chain_check_found CHECK (((found_at IS NULL) = (findings = '{}'::text[])))

audit_chain_check: audit_chain_check_pkey PRIMARY KEY (chain)

audit_check: audit_check_pkey PRIMARY KEY (id)

audit_event: audit_event_chain_seq_key UNIQUE (chain, seq)

audit_event: audit_event_pkey PRIMARY KEY (id)

audit_event: audit_event_result_check CHECK ((result = ANY (ARRAY['done'::text, 'refused'::text])))

audit_head: audit_head_pkey PRIMARY KEY (chain)

bulk_result: bulk_result_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

bulk_result: bulk_result_pkey PRIMARY KEY (run_id, ordinal)

bulk_result: bulk_result_run_id_ordinal_fkey FOREIGN KEY (run_id, ordinal) REFERENCES bulk_row(run_id, ordinal)

bulk_row: bulk_row_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)

bulk_row: bulk_row_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

bulk_row: bulk_row_key_key UNIQUE (key)

bulk_row: bulk_row_ordinal_check CHECK (((ordinal >= 1) AND (ordinal <= 500)))

bulk_row: bulk_row_pkey PRIMARY KEY (run_id, ordinal)

bulk_row: bulk_row_run_id_application_id_key UNIQUE (run_id, application_id)

bulk_row: bulk_row_run_id_fkey FOREIGN KEY (run_id) REFERENCES bulk_run(id)

bulk_run: bulk_run_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

bulk_run: bulk_run_pkey PRIMARY KEY (id)

bulk_run: bulk_run_retry_of_fkey FOREIGN KEY (retry_of) REFERENCES bulk_run(id)

bulk_run: bulk_run_total_check CHECK (((total >= 1) AND (total <= 500)))

case_assignment: case_assignment_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)

case_assignment: case_assignment_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

case_assignment: case_assignment_pkey PRIMARY KEY (association_id, application_id)

case_assignment: case_assignment_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_member(id)

code_value: code_value_pkey PRIMARY KEY (list, code)

data_export: data_export_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

data_export: data_export_check CHECK (((state = 'ready'::text) = ((file_id IS NOT NULL) AND (ready_at IS NOT NULL) AND (fetch_until IS NOT NULL) AND (file_digest IS NOT NULL))))

data_export: data_export_encoding_check CHECK ((encoding = ANY (ARRAY['utf8'::text, 'cp932'::text, 'xlsx'::text, 'label'::text])))

data_export: data_export_label CHECK ((((encoding = 'label'::text) = (label_sheet = ANY (ARRAY['2x5'::text, '2x6'::text, '3x8'::text]))) AND ((encoding = 'label'::text) OR (label_sheet = ''::text))))

data_export: data_export_mailing CHECK ((((mailing_id IS NULL) = (mailing_name = ''::text)) AND ((mailing_id IS NULL) OR (encoding = 'label'::text))))

data_export: data_export_number_key UNIQUE (number)

data_export: data_export_pkey PRIMARY KEY (id)

data_export: data_export_state_check CHECK ((state = ANY (ARRAY['making'::text, 'approval'::text, 'declined'::text, 'ready'::text, 'unmapped'::text, 'failed'::text])))

data_export: data_export_unmapped_way_check CHECK ((unmapped_way = ANY (ARRAY['refuse'::text, 'substitute'::text])))

data_export_event: data_export_event_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

data_export_event: data_export_event_export_id_fkey FOREIGN KEY (export_id) REFERENCES data_export(id)

data_export_event: data_export_event_kind_check CHECK ((kind = ANY (ARRAY['approved'::text, 'declined'::text, 'fetched'::text, 'deleted'::text])))

data_export_event: data_export_event_pkey PRIMARY KEY (id)

data_export_ids: data_export_ids_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

data_export_ids: data_export_ids_export_id_fkey FOREIGN KEY (export_id) REFERENCES data_export(id)

data_export_ids: data_export_ids_pkey PRIMARY KEY (export_id, part)

document: document_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)

document: document_file_id_fkey FOREIGN KEY (file_id) REFERENCES stored_file(id)

document: document_message_id_fkey FOREIGN KEY (message_id) REFERENCES review_message(id)

document: document_pkey PRIMARY KEY (id)

facility: facility_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

facility: facility_beds_check CHECK ((beds >= 0))

facility: facility_closing CHECK ((((state = 'closed'::text) = (closed_on IS NOT NULL)) AND ((state = 'closed'::text) = (merged_into IS NOT NULL))))

facility: facility_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES facility(id)

facility: facility_pkey PRIMARY KEY (id)

facility: facility_state_check CHECK ((state = ANY (ARRAY['registered'::text, 'candidate'::text, 'closed'::text])))

facility_change: facility_change_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

facility_change: facility_change_decider_id_fkey FOREIGN KEY (decider_id) REFERENCES association(id)

facility_change: facility_change_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)

facility_change: facility_change_kind_check CHECK ((kind = ANY (ARRAY['added'::text, 'changed'::text, 'absorbed'::text, 'closed'::text])))

facility_change: facility_change_other_id_fkey FOREIGN KEY (other_id) REFERENCES facility(id)

facility_change: facility_change_pkey PRIMARY KEY (facility_id, version)

facility_proposal: facility_proposal_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

facility_proposal: facility_proposal_check CHECK (((kind = 'duplicate'::text) = (other_id IS NOT NULL)))

facility_proposal: facility_proposal_check1 CHECK (((kind = 'add'::text) OR (facility_id IS NOT NULL)))

facility_proposal: facility_proposal_check2 CHECK ((other_id <> facility_id))

facility_proposal: facility_proposal_decider_id_fkey FOREIGN KEY (decider_id) REFERENCES association(id)

facility_proposal: facility_proposal_duplicate_check CHECK (((kind = 'duplicate'::text) OR (state <> ALL (ARRAY['forwarded'::text, 'planned'::text, 'merged'::text]))))

facility_proposal: facility_proposal_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)

facility_proposal: facility_proposal_kind_check CHECK ((kind = ANY (ARRAY['change'::text, 'add'::text, 'duplicate'::text])))

facility_proposal: facility_proposal_other_id_fkey FOREIGN KEY (other_id) REFERENCES facility(id)

facility_proposal: facility_proposal_pkey PRIMARY KEY (id)

facility_proposal: facility_proposal_planned_check CHECK (((state <> 'planned'::text) OR (num_nonnulls(stays_id, merge_on, planned_by) = 3)))

facility_proposal: facility_proposal_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'forwarded'::text, 'planned'::text, 'approved'::text, 'merged'::text, 'rejected'::text, 'withdrawn'::text])))

facility_proposal: facility_proposal_stays_check CHECK (((stays_id IS NULL) OR ((stays_id = facility_id) OR (stays_id = other_id))))

facility_proposal: facility_proposal_stays_id_fkey FOREIGN KEY (stays_id) REFERENCES facility(id)

faq_entry: faq_entry_check CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL)))

faq_entry: faq_entry_pkey PRIMARY KEY (id)

faq_entry: faq_entry_state_check CHECK ((state = ANY (ARRAY['shown'::text, 'withdrawn'::text])))

first_steps_hidden: first_steps_hidden_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

first_steps_hidden: first_steps_hidden_pkey PRIMARY KEY (account_id)

idempotency: idempotency_pkey PRIMARY KEY (actor_key, key)

inquiry: inquiry_application CHECK ((((application_id IS NULL) = (application_number IS NULL)) AND ((application_id IS NULL) OR (kind = ANY (ARRAY['application'::text, 'transferCheck'::text])))))

inquiry: inquiry_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)

inquiry: inquiry_asker CHECK ((((asker = 'doctor'::text) = (person_id IS NOT NULL)) AND ((asker = 'office'::text) = (asker_association_id IS NOT NULL)) AND ((asker = ANY (ARRAY['guest'::text, 'system'::text])) = (account_id IS NULL)) AND ((asker = 'guest'::text) = (asker_mail <> ''::text))))

inquiry: inquiry_asker_association_id_fkey FOREIGN KEY (asker_association_id) REFERENCES association(id)

inquiry: inquiry_asker_check CHECK ((asker = ANY (ARRAY['doctor'::text, 'office'::text, 'contractor'::text, 'guest'::text, 'system'::text])))

inquiry: inquiry_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

inquiry: inquiry_desk CHECK ((((desk = 'operations'::text) = (desk_association_id IS NULL)) AND ((desk = 'jma'::text) = (desk_section IS NOT NULL))))

inquiry: inquiry_desk_association_id_fkey FOREIGN KEY (desk_association_id) REFERENCES association(id)

inquiry: inquiry_desk_check CHECK ((desk = ANY (ARRAY['office'::text, 'operations'::text, 'jma'::text])))

inquiry: inquiry_desk_section_check CHECK ((desk_section = ANY (ARRAY['memberInfo'::text, 'generalAffairs'::text, 'accounting'::text, 'lifelong'::text, 'longTermCare'::text, 'health1'::text, 'liability'::text, 'pension'::text])))

inquiry: inquiry_kind_check CHECK ((kind = ANY (ARRAY['operation'::text, 'login'::text, 'memberInfo'::text, 'joining'::text, 'fee'::text, 'lifelong'::text, 'familyDoctor'::text, 'occupational'::text, 'liability'::text, 'pension'::text, 'application'::text, 'other'::text, 'transferCheck'::text])))

inquiry: inquiry_number_check CHECK ((number ~ '^Q-[0-9]{10,}$'::text))

inquiry: inquiry_number_key UNIQUE (number)

inquiry: inquiry_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

inquiry: inquiry_pkey PRIMARY KEY (id)

inquiry: inquiry_state_check CHECK ((state = ANY (ARRAY['new'::text, 'inProgress'::text, 'answered'::text, 'done'::text])))

inquiry: inquiry_transfer CHECK (((asker = 'system'::text) = (kind = 'transferCheck'::text)))

inquiry_file: inquiry_file_file_id_fkey FOREIGN KEY (file_id) REFERENCES stored_file(id)

inquiry_file: inquiry_file_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES inquiry(id)

inquiry_file: inquiry_file_message_id_fkey FOREIGN KEY (message_id) REFERENCES inquiry_message(id)

inquiry_file: inquiry_file_pkey PRIMARY KEY (id)

inquiry_message: inquiry_message_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES inquiry(id)

inquiry_message: inquiry_message_pkey PRIMARY KEY (id)

inquiry_pass: inquiry_pass_from_association_id_fkey FOREIGN KEY (from_association_id) REFERENCES association(id)

inquiry_pass: inquiry_pass_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES inquiry(id)

inquiry_pass: inquiry_pass_pkey PRIMARY KEY (id)

inquiry_pass: inquiry_pass_to_association_id_fkey FOREIGN KEY (to_association_id) REFERENCES association(id)

installation: installation_demo_check CHECK ((demo = ANY (ARRAY['none'::text, 'pending'::text, 'loaded'::text])))

installation: installation_pkey PRIMARY KEY (single)

installation: installation_single_check CHECK (single)

licence_claim: licence_claim_check CHECK ((claimant_id <> holder_id))

licence_claim: licence_claim_claimant_id_fkey FOREIGN KEY (claimant_id) REFERENCES person(id)

licence_claim: licence_claim_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES person(id)

licence_claim: licence_claim_pkey PRIMARY KEY (id)

login_letter: login_letter_kind_check CHECK ((kind = ANY (ARRAY['initial'::text, 'reset'::text])))

login_letter: login_letter_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

login_letter: login_letter_pkey PRIMARY KEY (id)

login_letter: login_letter_purpose_check CHECK ((purpose <> ''::text))

mail_change: mail_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

mail_change: mail_change_pkey PRIMARY KEY (account_id)

mail_message: mail_message_dedupe_key_key UNIQUE (dedupe_key)

mail_message: mail_message_pkey PRIMARY KEY (id)

mail_message: mail_message_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'bounced'::text, 'stopped'::text])))

mailing_choice: mailing_choice_mailing FOREIGN KEY (mailing_id, association_id) REFERENCES association_mailing(id, association_id)

mailing_choice: mailing_choice_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

mailing_choice: mailing_choice_pkey PRIMARY KEY (person_id, mailing_id)

mailing_choice: mailing_choice_send_to_check CHECK ((send_to = ANY (ARRAY['facility'::text, 'home'::text, 'none'::text])))

mailing_preference: mailing_preference_affiliation_id_fkey FOREIGN KEY (affiliation_id) REFERENCES affiliation(id)

mailing_preference: mailing_preference_fax_to_check CHECK ((fax_to = ANY (ARRAY['facility'::text, 'home'::text, 'none'::text])))

mailing_preference: mailing_preference_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

mailing_preference: mailing_preference_pkey PRIMARY KEY (person_id)

mailing_preference: mailing_preference_send_to_check CHECK ((send_to = ANY (ARRAY['facility'::text, 'home'::text])))

mailing_preference: mailing_preference_where CHECK (((send_to = 'facility'::text) OR (affiliation_id IS NULL)))

member_category: member_category_association_id_code_key UNIQUE (association_id, code)

member_category: member_category_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

member_category: member_category_pkey PRIMARY KEY (id)

member_category: member_category_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES member_category(id)

member_day: member_day_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

member_day: member_day_pkey PRIMARY KEY (association_id, day)

member_field_value: member_field_value_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

member_field_value: member_field_value_field_id_fkey FOREIGN KEY (field_id) REFERENCES association_field(id)

member_field_value: member_field_value_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

member_field_value: member_field_value_pkey PRIMARY KEY (person_id, association_id, field_id, version)

member_field_value: member_field_value_version_check CHECK ((version >= 1))

member_guidance: member_guidance_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

member_guidance: member_guidance_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

member_guidance: member_guidance_pkey PRIMARY KEY (id)

member_guidance: member_guidance_way_check CHECK ((way = ANY (ARRAY['mail'::text, 'letter'::text])))

member_memo: member_memo_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

member_memo: member_memo_body_check CHECK ((length(body) <= 8000))

member_memo: member_memo_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

member_memo: member_memo_pkey PRIMARY KEY (person_id, association_id, version)

member_memo: member_memo_version_check CHECK ((version >= 1))

member_notification: member_notification_about_association_id_fkey FOREIGN KEY (about_association_id) REFERENCES association(id)

member_notification: member_notification_after_category_id_fkey FOREIGN KEY (after_category_id) REFERENCES member_category(id)

member_notification: member_notification_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)

member_notification: member_notification_assignee_staff_id_fkey FOREIGN KEY (assignee_staff_id) REFERENCES staff_member(id)

member_notification: member_notification_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

member_notification: member_notification_before_category_id_fkey FOREIGN KEY (before_category_id) REFERENCES member_category(id)

member_notification: member_notification_check CHECK (((source = 'office'::text) = (source_association_id IS NOT NULL)))

member_notification: member_notification_check1 CHECK (((person_id IS NOT NULL) OR (kind = 'association'::text)))

member_notification: member_notification_kind_check CHECK ((kind = ANY (ARRAY['profile'::text, 'category'::text, 'layers'::text, 'otherAffiliation'::text, 'otherSide'::text, 'effective'::text, 'death'::text, 'ending'::text, 'unreachable'::text, 'objection'::text, 'association'::text])))

member_notification: member_notification_more_associations_check CHECK ((more_associations >= 0))

member_notification: member_notification_once UNIQUE (association_id, cause)

member_notification: member_notification_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

member_notification: member_notification_pkey PRIMARY KEY (id)

member_notification: member_notification_profile_change_id_fkey FOREIGN KEY (profile_change_id) REFERENCES profile_change(id)

member_notification: member_notification_source_association_id_fkey FOREIGN KEY (source_association_id) REFERENCES association(id)

member_notification: member_notification_source_check CHECK ((source = ANY (ARRAY['person'::text, 'office'::text, 'system'::text])))

member_notification: member_notification_state_check CHECK ((state = ANY (ARRAY['unread'::text, 'read'::text, 'done'::text])))

member_selection: member_selection_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

member_selection: member_selection_person_ids_check CHECK (((cardinality(person_ids) >= 1) AND (cardinality(person_ids) <= 20000)))

member_selection: member_selection_pkey PRIMARY KEY (id)

member_year: member_year_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

member_year: member_year_pkey PRIMARY KEY (association_id, year)

membership_certificate: membership_certificate_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

membership_certificate: membership_certificate_code_check CHECK ((code ~ '^[0-9A-HJKMNP-TV-Z]{12}$'::text))

membership_certificate: membership_certificate_delivery_check CHECK ((delivery = ANY (ARRAY['myPage'::text, 'print'::text])))

membership_certificate: membership_certificate_ground CHECK (((by_office = (ground IS NOT NULL)) AND ((ground IS NULL) = (asked_on IS NULL))))

membership_certificate: membership_certificate_issued CHECK ((((state = ANY (ARRAY['issued'::text, 'revoked'::text])) = (number IS NOT NULL)) AND ((number IS NULL) = (code IS NULL)) AND ((number IS NULL) = (paper IS NULL)) AND ((number IS NULL) = (issued_at IS NULL))))

membership_certificate: membership_certificate_name_form_check CHECK ((name_form = ANY (ARRAY['current'::text, 'former'::text])))

membership_certificate: membership_certificate_number_check CHECK ((number ~ '^C-[0-9]{10}$'::text))

membership_certificate: membership_certificate_number_key UNIQUE (number)

membership_certificate: membership_certificate_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

membership_certificate: membership_certificate_pkey PRIMARY KEY (id)

membership_certificate: membership_certificate_revoked CHECK ((((state = 'revoked'::text) = (revoked_at IS NOT NULL)) AND ((revoked_at IS NULL) = (revoked_by_office IS NULL))))

membership_certificate: membership_certificate_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'returned'::text, 'issued'::text, 'revoked'::text])))

membership_event: membership_event_acting_association_id_fkey FOREIGN KEY (acting_association_id) REFERENCES association(id)

membership_event: membership_event_affiliation_id_fkey FOREIGN KEY (affiliation_id) REFERENCES affiliation(id)

membership_event: membership_event_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

membership_event: membership_event_category_id_fkey FOREIGN KEY (category_id) REFERENCES member_category(id)

membership_event: membership_event_check CHECK (((kind = ANY (ARRAY['corrected'::text, 'annulled'::text])) = (supersedes IS NOT NULL)))

membership_event: membership_event_check1 CHECK (((kind = 'corrected'::text) = (corrected_kind IS NOT NULL)))

membership_event: membership_event_check2 CHECK (((kind <> 'joined'::text) OR (category_id IS NOT NULL)))

membership_event: membership_event_corrected_kind_check CHECK ((corrected_kind = ANY (ARRAY['joined'::text, 'left'::text, 'category_changed'::text, 'facility_changed'::text])))

membership_event: membership_event_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)

membership_event: membership_event_kind_check CHECK ((kind = ANY (ARRAY['joined'::text, 'left'::text, 'category_changed'::text, 'facility_changed'::text, 'corrected'::text, 'annulled'::text])))

membership_event: membership_event_on_behalf_of_fkey FOREIGN KEY (on_behalf_of) REFERENCES association(id)

membership_event: membership_event_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

membership_event: membership_event_pkey PRIMARY KEY (id)

membership_event: membership_event_supersedes_fkey FOREIGN KEY (supersedes) REFERENCES membership_event(id)

membership_period: membership_period_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

membership_period: membership_period_check CHECK (((left_on IS NULL) OR (left_on >= joined_on)))

membership_period: membership_period_joined_event_id_fkey FOREIGN KEY (joined_event_id) REFERENCES membership_event(id)

membership_period: membership_period_left_event_id_fkey FOREIGN KEY (left_event_id) REFERENCES membership_event(id)

membership_period: membership_period_no_overlap EXCLUDE USING gist (person_id WITH =, association_id WITH =, period WITH &&)

membership_period: membership_period_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

membership_period: membership_period_pkey PRIMARY KEY (id)

membership_phase: membership_phase_affiliation_id_fkey FOREIGN KEY (affiliation_id) REFERENCES affiliation(id)

membership_phase: membership_phase_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

membership_phase: membership_phase_category_id_fkey FOREIGN KEY (category_id) REFERENCES member_category(id)

membership_phase: membership_phase_check CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)))

membership_phase: membership_phase_event_id_fkey FOREIGN KEY (event_id) REFERENCES membership_event(id)

membership_phase: membership_phase_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)

membership_phase: membership_phase_no_overlap EXCLUDE USING gist (person_id WITH =, association_id WITH =, span WITH &&)

membership_phase: membership_phase_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

membership_phase: membership_phase_pkey PRIMARY KEY (id)

migration: migration_pkey PRIMARY KEY (name)

network_place: network_place_pkey PRIMARY KEY (network)

network_place: network_place_place_check CHECK (((place <> ''::text) AND (length(place) <= 40)))

notice: notice_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

notice: notice_category1_id_fkey FOREIGN KEY (category1_id) REFERENCES notice_category(id)

notice: notice_category2_id_fkey FOREIGN KEY (category2_id) REFERENCES notice_category(id)

notice: notice_complete CHECK (((state = 'draft'::text) OR ((title <> ''::text) AND (body <> ''::text) AND (category1_id IS NOT NULL) AND (target IS NOT NULL) AND (starts_on IS NOT NULL) AND (published_at IS NOT NULL))))

notice: notice_condition_check CHECK ((jsonb_typeof(condition) = 'object'::text))

notice: notice_ended CHECK (((state = 'ended'::text) = (ended_at IS NOT NULL)))

notice: notice_mail CHECK (((mail_state = 'none'::text) = (mail_at IS NULL)))

notice: notice_mail_hour_check CHECK (((mail_hour >= 0) AND (mail_hour <= 23)))

notice: notice_mail_state_check CHECK ((mail_state = ANY (ARRAY['none'::text, 'waiting'::text, 'sending'::text, 'done'::text])))

notice: notice_of_operations CHECK (((origin = 'office'::text) OR (association_id = 0)))

notice: notice_origin_check CHECK ((origin = ANY (ARRAY['office'::text, 'operations'::text])))

notice: notice_period CHECK (((ends_on IS NULL) OR (starts_on IS NULL) OR (ends_on >= starts_on)))

notice: notice_pkey PRIMARY KEY (id)

notice: notice_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'ended'::text])))

notice: notice_target_check CHECK ((target = ANY (ARRAY['members'::text, 'condition'::text, 'lowerOffices'::text, 'lowerMembers'::text, 'public'::text, 'allDoctors'::text, 'allOffices'::text])))

notice: notice_to_all CHECK (((target IS NULL) OR (target <> ALL (ARRAY['allDoctors'::text, 'allOffices'::text])) OR (association_id = 0)))

notice_account_read: notice_account_read_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

notice_account_read: notice_account_read_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)

notice_account_read: notice_account_read_pkey PRIMARY KEY (notice_id, account_id)

notice_category: notice_category_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

notice_category: notice_category_name_check CHECK ((name <> ''::text))

notice_category: notice_category_pkey PRIMARY KEY (id)

notice_file: notice_file_file_id_fkey FOREIGN KEY (file_id) REFERENCES stored_file(id)

notice_file: notice_file_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)

notice_file: notice_file_pkey PRIMARY KEY (id)

notice_office_read: notice_office_read_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

notice_office_read: notice_office_read_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)

notice_office_read: notice_office_read_pkey PRIMARY KEY (notice_id, association_id)

notice_read: notice_read_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)

notice_read: notice_read_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

notice_read: notice_read_pkey PRIMARY KEY (notice_id, person_id)

office_mail_choice: office_mail_choice_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

office_mail_choice: office_mail_choice_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

office_mail_choice: office_mail_choice_choice_check CHECK ((choice = ANY (ARRAY['each'::text, 'daily'::text, 'none'::text])))

office_mail_choice: office_mail_choice_kind_check CHECK ((kind = ANY (ARRAY['arrived'::text, 'resubmitted'::text, 'confirm'::text, 'ended'::text, 'message'::text])))

office_mail_choice: office_mail_choice_pkey PRIMARY KEY (account_id, association_id, kind)

office_mail_digest: office_mail_digest_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

office_mail_digest: office_mail_digest_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

office_mail_digest: office_mail_digest_pkey PRIMARY KEY (account_id, association_id, dedupe_key)

office_memo: office_memo_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)

office_memo: office_memo_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

office_memo: office_memo_pkey PRIMARY KEY (id)

office_task: office_task_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)

office_task: office_task_association_id_application_id_kind_key UNIQUE (association_id, application_id, kind)

office_task: office_task_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

office_task: office_task_kind_check CHECK ((kind = 'rejectedAbove'::text))

office_task: office_task_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

office_task: office_task_pkey PRIMARY KEY (id)

outbox: outbox_pkey PRIMARY KEY (id)

paper_form: paper_form_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

paper_form: paper_form_file_id_fkey FOREIGN KEY (file_id) REFERENCES stored_file(id)

paper_form: paper_form_file_id_key UNIQUE (file_id)

paper_form: paper_form_pkey PRIMARY KEY (id)

paper_original: paper_original_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)

paper_original: paper_original_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

paper_original: paper_original_pkey PRIMARY KEY (id)

passkey: passkey_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

passkey: passkey_counter_check CHECK ((counter >= 0))

passkey: passkey_credential_id UNIQUE (credential_id)

passkey: passkey_credential_id_check CHECK (((length(credential_id) >= 1) AND (length(credential_id) <= 1023)))

passkey: passkey_name_check CHECK ((name <> ''::text))

passkey: passkey_pkey PRIMARY KEY (id)

passkey_challenge: passkey_challenge_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

passkey_challenge: passkey_challenge_check CHECK (((purpose = 'login'::text) = (account_id IS NULL)))

passkey_challenge: passkey_challenge_pkey PRIMARY KEY (challenge_hash)

passkey_challenge: passkey_challenge_purpose_check CHECK ((purpose = ANY (ARRAY['add'::text, 'login'::text, 'second'::text])))

person: person_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

person: person_account_id_key UNIQUE (account_id)

person: person_degree_on_check CHECK ((degree_on ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'::text))

person: person_graduated_on_check CHECK ((graduated_on ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'::text))

person: person_pkey PRIMARY KEY (id)

person: person_sex_check CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text, 'undisclosed'::text])))

person: person_training_ends_on_check CHECK ((training_ends_on ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'::text))

person_licence: person_licence_number_check CHECK ((number ~ '^[1-9][0-9]{0,6}$'::text))

person_licence: person_licence_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

person_licence: person_licence_pkey PRIMARY KEY (id)

person_licence: person_licence_verified_association_id_fkey FOREIGN KEY (verified_association_id) REFERENCES association(id)

profile_change: profile_change_asked CHECK ((((ground IS NULL) = (asked_on IS NULL)) AND ((ground IS NULL) OR (source = 'office'::text))))

profile_change: profile_change_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

profile_change: profile_change_office CHECK (((source = 'office'::text) = (association_id IS NOT NULL)))

profile_change: profile_change_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

profile_change: profile_change_pkey PRIMARY KEY (id)

profile_change: profile_change_source_check CHECK ((source = ANY (ARRAY['self'::text, 'firstLogin'::text, 'office'::text])))

profile_change_paper: profile_change_paper_change_id_fkey FOREIGN KEY (change_id) REFERENCES profile_change(id)

profile_change_paper: profile_change_paper_file_id_fkey FOREIGN KEY (file_id) REFERENCES stored_file(id)

profile_change_paper: profile_change_paper_pkey PRIMARY KEY (id)

profile_draft: profile_draft_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

profile_draft: profile_draft_pkey PRIMARY KEY (account_id, person_id)

recovery_code: recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

recovery_code: recovery_code_pkey PRIMARY KEY (account_id, code_hash)

registration: registration_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

registration: registration_browser_hash_key UNIQUE (browser_hash)

registration: registration_link_hash_key UNIQUE (link_hash)

registration: registration_pkey PRIMARY KEY (id)

review_message: review_message_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)

review_message: review_message_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

review_message: review_message_pkey PRIMARY KEY (id)

saved_view: saved_view_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

saved_view: saved_view_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

saved_view: saved_view_conditions_check CHECK ((length(conditions) <= 2000))

saved_view: saved_view_list_check CHECK ((list ~ '^[a-z][A-Za-z]{1,39}$'::text))

saved_view: saved_view_name UNIQUE (account_id, association_id, list, name)

saved_view: saved_view_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)))

saved_view: saved_view_pkey PRIMARY KEY (id)

second_factor: second_factor_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

second_factor: second_factor_pkey PRIMARY KEY (account_id)

service_notice: service_notice_check CHECK (((kind <> 'maintenance'::text) OR (ends_at IS NOT NULL)))

service_notice: service_notice_check1 CHECK (((kind <> 'fault'::text) OR (impact <> ''::text)))

service_notice: service_notice_kind_check CHECK ((kind = ANY (ARRAY['maintenance'::text, 'fault'::text])))

service_notice: service_notice_mode_check CHECK ((mode = ANY (ARRAY['stop'::text, 'readOnly'::text, 'part'::text])))

service_notice: service_notice_order CHECK ((ends_at > starts_at))

service_notice: service_notice_pkey PRIMARY KEY (id)

service_notice: service_notice_state_check CHECK ((state = ANY (ARRAY['announced'::text, 'withdrawn'::text])))

session: session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

session: session_pkey PRIMARY KEY (token_hash)

staff_invitation: staff_invitation_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

staff_invitation: staff_invitation_check CHECK ((sent_round <= round))

staff_invitation: staff_invitation_check1 CHECK (((outcome IS NULL) = (closed_at IS NULL)))

staff_invitation: staff_invitation_check2 CHECK ((((outcome = 'accepted'::text) IS TRUE) = ((staff_id IS NOT NULL) AND (agreed_at IS NOT NULL))))

staff_invitation: staff_invitation_check3 CHECK (((token_hash IS NULL) = (expires_at IS NULL)))

staff_invitation: staff_invitation_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'declined'::text, 'withdrawn'::text])))

staff_invitation: staff_invitation_pkey PRIMARY KEY (id)

staff_invitation: staff_invitation_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'clerk'::text, 'trainingContractor'::text])))

staff_invitation: staff_invitation_round_check CHECK ((round > 0))

staff_invitation: staff_invitation_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_member(id)

staff_invitation: staff_invitation_staff_id_key UNIQUE (staff_id)

staff_invitation: staff_invitation_token_hash_key UNIQUE (token_hash)

staff_member: staff_member_account_id_association_id_key UNIQUE (account_id, association_id)

staff_member: staff_member_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

staff_member: staff_member_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

staff_member: staff_member_check CHECK (((office_kind = 'association'::text) = (association_id IS NOT NULL)))

staff_member: staff_member_office_kind_check CHECK ((office_kind = ANY (ARRAY['association'::text, 'operations'::text])))

staff_member: staff_member_pkey PRIMARY KEY (id)

staff_member: staff_member_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'clerk'::text, 'trainingContractor'::text])))

staff_member: staff_member_state_check CHECK ((state = ANY (ARRAY['active'::text, 'stopped'::text, 'deleted'::text])))

step_reminder: step_reminder_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

step_reminder: step_reminder_mark_check CHECK ((mark = ANY (ARRAY[1, 2])))

step_reminder: step_reminder_pkey PRIMARY KEY (step_id, mark)

step_reminder: step_reminder_step_id_fkey FOREIGN KEY (step_id) REFERENCES application_step(id)

stored_file: stored_file_pkey PRIMARY KEY (id)

stored_file: stored_file_size_check CHECK (((size >= 1) AND (size <= 10485760)))

system_setting: system_setting_name_check CHECK ((name ~ '^[a-z][A-Za-z]{1,39}$'::text))

system_setting: system_setting_pkey PRIMARY KEY (name)

system_setting: system_setting_value_check CHECK ((value >= 0))

terms_consent: terms_consent_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)

terms_consent: terms_consent_kind_version_fkey FOREIGN KEY (kind, version) REFERENCES terms_version(kind, version)

terms_consent: terms_consent_pkey PRIMARY KEY (account_id, kind, version)

terms_version: terms_version_agree_by CHECK ((agree_by >= effective_on))

terms_version: terms_version_kind_check CHECK ((kind = ANY (ARRAY['terms'::text, 'privacy'::text, 'office'::text])))

terms_version: terms_version_pkey PRIMARY KEY (kind, version)

terms_version: terms_version_version_check CHECK ((version > 0))

training_notice: training_notice_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

training_notice: training_notice_mark_check CHECK ((mark = ANY (ARRAY[1, 2])))

training_notice: training_notice_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)

training_notice: training_notice_pkey PRIMARY KEY (association_id, person_id, training_ends_on, mark)

training_notice: training_notice_training_ends_on_check CHECK ((training_ends_on ~ '^\d{4}-\d{2}$'::text))

usual_time: usual_time_association_id_fkey FOREIGN KEY (association_id) REFERENCES association(id)

usual_time: usual_time_cases_check CHECK ((cases > 0))

usual_time: usual_time_kind_check CHECK ((kind = ANY (ARRAY['join'::text, 'transfer'::text, 'change'::text, 'withdrawal'::text])))

usual_time: usual_time_pkey PRIMARY KEY (association_id, kind)

usual_time: usual_time_working_days_check CHECK ((working_days >= 0))

-- indexes

CREATE INDEX account_link_account ON public.account_link USING btree (account_id, created_at)

CREATE INDEX account_link_expires ON public.account_link USING btree (expires_at)

CREATE UNIQUE INDEX account_link_pkey ON public.account_link USING btree (token_hash)

CREATE UNIQUE INDEX account_login_id ON public.account USING btree (lower(login_id))

CREATE INDEX account_mail ON public.account USING btree (lower(mail))

CREATE UNIQUE INDEX account_pkey ON public.account USING btree (id)

CREATE UNIQUE INDEX account_preference_pkey ON public.account_preference USING btree (account_id)

CREATE INDEX affiliation_designations ON public.affiliation USING gin (designations) WHERE (designations <> '{}'::text[])

CREATE INDEX affiliation_facility ON public.affiliation USING btree (facility_id)

CREATE INDEX affiliation_person ON public.affiliation USING btree (person_id)

CREATE UNIQUE INDEX affiliation_pkey ON public.affiliation USING btree (id)

CREATE INDEX affiliation_position ON public.affiliation USING btree (position_code, person_id)

CREATE UNIQUE INDEX affiliation_primary ON public.affiliation USING btree (person_id) WHERE is_primary

CREATE INDEX affiliation_work ON public.affiliation USING btree (work_code, person_id)

CREATE INDEX application_action_application ON public.application_action USING btree (application_id, id)

CREATE UNIQUE INDEX application_action_pkey ON public.application_action USING btree (id)

CREATE INDEX application_affiliation ON public.application USING btree (affiliation_id) WHERE (affiliation_id IS NOT NULL)

CREATE INDEX application_attention ON public.application USING btree (submitted_at, id) WHERE attention

CREATE INDEX application_draft_idle ON public.application USING btree (updated_at) WHERE (state = 'draft'::text)

CREATE INDEX application_ended_by ON public.application USING btree (ended_by) WHERE (ended_by IS NOT NULL)

CREATE UNIQUE INDEX application_follows ON public.application USING btree (follows_id) WHERE ((follows_id IS NOT NULL) AND (state <> ALL (ARRAY['rejected'::text, 'retracted'::text, 'cancelled'::text])))

CREATE INDEX application_form_application ON public.application_form USING btree (application_id, id)

CREATE UNIQUE INDEX application_form_pkey ON public.application_form USING btree (id)

CREATE INDEX application_given_kana ON public.application USING btree (applicant_given_kana_fold)

CREATE INDEX application_given_name ON public.application USING btree (applicant_given_fold)

CREATE INDEX application_kana ON public.application USING btree (applicant_kana_fold, id)

CREATE INDEX application_kind ON public.application USING btree (kind, submitted_at, id)

CREATE INDEX application_licence ON public.application USING btree (applicant_licence_no, id)

CREATE INDEX application_name ON public.application USING btree (applicant_name_fold)

CREATE UNIQUE INDEX application_number_key ON public.application USING btree (number)

CREATE UNIQUE INDEX application_of_person ON public.application USING btree (id, person_id)

CREATE UNIQUE INDEX application_one_open ON public.application USING btree (person_id, open_key) WHERE (state = ANY (ARRAY['submitted'::text, 'returned'::text]))

CREATE INDEX application_person ON public.application USING btree (person_id, created_at)

CREATE UNIQUE INDEX application_pkey ON public.application USING btree (id)

CREATE INDEX application_proxy_draft ON public.application USING btree (proxy_association_id, person_id) WHERE ((state = 'draft'::text) AND (proxy_association_id IS NOT NULL))

CREATE INDEX application_retention ON public.application USING btree (closed_at) WHERE ((papers_erased_at IS NULL) AND (closed_at IS NOT NULL))

CREATE INDEX application_returned ON public.application USING btree (id) WHERE (state = 'returned'::text)

CREATE INDEX application_step_ahead ON public.application_step USING btree (association_id, decided_on, application_id) WHERE (state = 'approved'::text)

CREATE INDEX application_step_application ON public.application_step USING btree (application_id)

CREATE UNIQUE INDEX application_step_application_id_ordinal_key ON public.application_step USING btree (application_id, ordinal)

CREATE INDEX application_step_by_category ON public.application_step USING btree (association_id, listed_category_id, submitted_at, application_id)

CREATE INDEX application_step_category ON public.application_step USING btree (association_id, state, submitted_at, application_id)

CREATE INDEX application_step_inbox ON public.application_step USING btree (association_id, clock_from, arrived_at, application_id) INCLUDE (person_id, visible_to) WHERE (open AND (state = ANY (ARRAY['arrived'::text, 'received'::text])))

CREATE INDEX application_step_late ON public.application_step USING btree (association_id, late_on, application_id) INCLUDE (person_id, visible_to) WHERE (open AND (state = ANY (ARRAY['arrived'::text, 'received'::text])))

CREATE INDEX application_step_list ON public.application_step USING btree (association_id, submitted_at, application_id) INCLUDE (person_id, visible_to)

CREATE UNIQUE INDEX application_step_one_open_join ON public.application_step USING btree (person_id, association_id) WHERE (open AND (leg = 'join'::text))

CREATE INDEX application_step_open ON public.application_step USING btree (association_id, submitted_at, application_id) WHERE open

CREATE INDEX application_step_person ON public.application_step USING btree (person_id) WHERE open

CREATE INDEX application_step_pinned ON public.application_step USING btree (association_id, settings_version) INCLUDE (person_id, visible_to) WHERE open

CREATE UNIQUE INDEX application_step_pkey ON public.application_step USING btree (id)

CREATE INDEX application_step_unacknowledged ON public.application_step USING btree (clock_from) WHERE ((role = 'acknowledge'::text) AND (state = 'arrived'::text) AND open)

CREATE INDEX application_undecided ON public.application USING btree (person_id) WHERE ((kind = 'transfer'::text) AND ((form ->> 'undecided'::text) = 'true'::text))

CREATE INDEX application_wished ON public.application USING btree (wished_on, id)

CREATE INDEX application_workplace ON public.application USING btree (workplace_id) WHERE (workplace_id IS NOT NULL)

CREATE INDEX application_workplace_typed ON public.application USING btree (workplace_fold) WHERE (workplace_fold IS NOT NULL)

CREATE INDEX association_batch_list ON public.association_batch USING btree (proposed_at)

CREATE UNIQUE INDEX association_batch_pkey ON public.association_batch USING btree (id)

CREATE UNIQUE INDEX association_breach_mail_pkey ON public.association_breach_mail USING btree (association_id, version)

CREATE INDEX association_change_batch ON public.association_change USING btree (batch_id, starts_on) WHERE (batch_id IS NOT NULL)

CREATE INDEX association_change_batch_open ON public.association_change USING btree (proposed_at) WHERE ((batch_id IS NOT NULL) AND (state = 'proposed'::text))

CREATE INDEX association_change_due ON public.association_change USING btree (starts_on) WHERE (state = 'reserved'::text)

CREATE INDEX association_change_list ON public.association_change USING btree (association_id, proposed_at)

CREATE INDEX association_change_moving ON public.association_change USING btree (starts_on) WHERE (state = 'moving'::text)

CREATE UNIQUE INDEX association_change_open ON public.association_change USING btree (association_id) WHERE (state = ANY (ARRAY['proposed'::text, 'reserved'::text, 'moving'::text]))

CREATE UNIQUE INDEX association_change_pkey ON public.association_change USING btree (id)

CREATE INDEX association_change_target ON public.association_change USING btree (target_id) WHERE (target_id IS NOT NULL)

CREATE UNIQUE INDEX association_closing_pkey ON public.association_closing USING btree (association_id)

CREATE UNIQUE INDEX association_code_key ON public.association USING btree (code)

CREATE INDEX association_field_order ON public.association_field USING btree (association_id, sort_order, id)

CREATE UNIQUE INDEX association_field_pkey ON public.association_field USING btree (id)

CREATE INDEX association_first_admin_association ON public.association_first_admin USING btree (association_id, named_at)

CREATE UNIQUE INDEX association_first_admin_pkey ON public.association_first_admin USING btree (id)

CREATE INDEX association_info_days ON public.association_info USING btree (association_id, starts_on DESC, version DESC)

CREATE UNIQUE INDEX association_info_pkey ON public.association_info USING btree (association_id, version)

CREATE INDEX association_mailing_order ON public.association_mailing USING btree (association_id, sort_order, id)

CREATE UNIQUE INDEX association_mailing_owner ON public.association_mailing USING btree (id, association_id)

CREATE UNIQUE INDEX association_mailing_pkey ON public.association_mailing USING btree (id)

CREATE INDEX association_move_person ON public.association_move USING btree (person_id)

CREATE UNIQUE INDEX association_move_pkey ON public.association_move USING btree (change_id, person_id)

CREATE INDEX association_move_untold ON public.association_move USING btree (change_id) WHERE ((told_at IS NULL) AND (state = 'moved'::text))

CREATE INDEX association_opening_batch ON public.association_opening USING btree (batch_id, code)

CREATE UNIQUE INDEX association_opening_open ON public.association_opening USING btree (code) WHERE (state = 'proposed'::text)

CREATE UNIQUE INDEX association_opening_pkey ON public.association_opening USING btree (id)

CREATE UNIQUE INDEX association_opening_withdrawal_pkey ON public.association_opening_withdrawal USING btree (association_id)

CREATE UNIQUE INDEX association_pkey ON public.association USING btree (id)

CREATE INDEX association_request_list ON public.association_request USING btree (association_id, requested_at)

CREATE UNIQUE INDEX association_request_open ON public.association_request USING btree (association_id) WHERE (state = 'requested'::text)

CREATE UNIQUE INDEX association_request_pkey ON public.association_request USING btree (id)

CREATE INDEX association_request_waiting ON public.association_request USING btree (requested_at, id) WHERE (state = 'requested'::text)

CREATE INDEX association_seal_association ON public.association_seal USING btree (association_id, created_at)

CREATE UNIQUE INDEX association_seal_file_id_key ON public.association_seal USING btree (file_id)

CREATE UNIQUE INDEX association_seal_pkey ON public.association_seal USING btree (id)

CREATE UNIQUE INDEX association_settings_pkey ON public.association_settings USING btree (association_id, version)

CREATE INDEX association_settings_start ON public.association_settings USING btree (association_id, starts_on DESC, version DESC)

CREATE UNIQUE INDEX association_settings_withdrawal_pkey ON public.association_settings_withdrawal USING btree (association_id, version)

CREATE INDEX association_version_association_id_period_excl ON public.association_version USING gist (association_id, period)

CREATE INDEX association_version_parent ON public.association_version USING btree (parent_id)

CREATE UNIQUE INDEX association_version_pkey ON public.association_version USING btree (id)

CREATE UNIQUE INDEX audit_chain_check_pkey ON public.audit_chain_check USING btree (chain)

CREATE INDEX audit_check_at ON public.audit_check USING btree (at DESC, id)

CREATE UNIQUE INDEX audit_check_pkey ON public.audit_check USING btree (id)

CREATE INDEX audit_event_account ON public.audit_event USING btree (association_id, account_id, at)

CREATE INDEX audit_event_association ON public.audit_event USING btree (association_id, at)

CREATE INDEX audit_event_at ON public.audit_event USING btree (at)

CREATE UNIQUE INDEX audit_event_chain_seq_key ON public.audit_event USING btree (chain, seq)

CREATE INDEX audit_event_look ON public.audit_event USING btree (account_id, target, at) WHERE ((action = 'member.viewed'::text) AND (detail ? 'asOf'::text))

CREATE INDEX audit_event_persons ON public.audit_event USING gin (person_ids) WHERE (association_id IS NOT NULL)

CREATE INDEX audit_event_persons_operations ON public.audit_event USING gin (person_ids) WHERE ((association_id IS NULL) AND (actor_kind = 'operations'::text))

CREATE UNIQUE INDEX audit_event_pkey ON public.audit_event USING btree (id)

CREATE UNIQUE INDEX audit_head_pkey ON public.audit_head USING btree (chain)

CREATE UNIQUE INDEX bulk_result_pkey ON public.bulk_result USING btree (run_id, ordinal)

CREATE UNIQUE INDEX bulk_row_key_key ON public.bulk_row USING btree (key)

CREATE UNIQUE INDEX bulk_row_pkey ON public.bulk_row USING btree (run_id, ordinal)

CREATE UNIQUE INDEX bulk_row_run_id_application_id_key ON public.bulk_row USING btree (run_id, application_id)

CREATE INDEX bulk_run_office ON public.bulk_run USING btree (association_id, created_at, id)

CREATE UNIQUE INDEX bulk_run_pkey ON public.bulk_run USING btree (id)

CREATE UNIQUE INDEX case_assignment_pkey ON public.case_assignment USING btree (association_id, application_id)

CREATE INDEX case_assignment_staff ON public.case_assignment USING btree (association_id, staff_id, application_id) WHERE (staff_id IS NOT NULL)

CREATE UNIQUE INDEX code_value_pkey ON public.code_value USING btree (list, code)

CREATE INDEX data_export_due ON public.data_export USING btree (delete_by, id) WHERE (state = 'ready'::text)

CREATE UNIQUE INDEX data_export_event_deleted ON public.data_export_event USING btree (export_id) WHERE (kind = 'deleted'::text)

CREATE INDEX data_export_event_export ON public.data_export_event USING btree (export_id, at)

CREATE UNIQUE INDEX data_export_event_pkey ON public.data_export_event USING btree (id)

CREATE UNIQUE INDEX data_export_ids_pkey ON public.data_export_ids USING btree (export_id, part)

CREATE UNIQUE INDEX data_export_number_key ON public.data_export USING btree (number)

CREATE INDEX data_export_of_selection ON public.data_export USING btree ("substring"(conditions, 'selection=([0-9a-f-]{36})'::text)) WHERE (conditions ~~ '%selection=%'::text)

CREATE INDEX data_export_office ON public.data_export USING btree (association_id, created_at, id)

CREATE UNIQUE INDEX data_export_pkey ON public.data_export USING btree (id)

CREATE INDEX document_application ON public.document USING btree (application_id)

CREATE INDEX document_file ON public.document USING btree (file_id)

CREATE INDEX document_message ON public.document USING btree (message_id) WHERE (message_id IS NOT NULL)

CREATE UNIQUE INDEX document_pkey ON public.document USING btree (id)

CREATE INDEX facility_candidate_name ON public.facility USING btree (name_fold, id) WHERE (state = 'candidate'::text)

CREATE UNIQUE INDEX facility_change_pkey ON public.facility_change USING btree (facility_id, version)

CREATE INDEX facility_in_order ON public.facility USING btree (name_fold, id)

CREATE INDEX facility_kana ON public.facility USING btree (kana_fold, id) WHERE (state = 'registered'::text)

CREATE INDEX facility_merged ON public.facility USING btree (merged_into) WHERE (merged_into IS NOT NULL)

CREATE INDEX facility_name ON public.facility USING btree (name_fold, id) WHERE (state = 'registered'::text)

CREATE INDEX facility_owner ON public.facility USING btree (owner_type, id)

CREATE UNIQUE INDEX facility_pkey ON public.facility USING btree (id)

CREATE INDEX facility_proposal_duplicates ON public.facility_proposal USING btree (id) WHERE (state = ANY (ARRAY['forwarded'::text, 'planned'::text, 'merged'::text]))

CREATE INDEX facility_proposal_forwarded ON public.facility_proposal USING btree (id) WHERE (state = ANY (ARRAY['forwarded'::text, 'planned'::text]))

CREATE UNIQUE INDEX facility_proposal_open ON public.facility_proposal USING btree (facility_id, association_id, kind) WHERE ((state = 'proposed'::text) AND (facility_id IS NOT NULL))

CREATE INDEX facility_proposal_own ON public.facility_proposal USING btree (association_id, id)

CREATE UNIQUE INDEX facility_proposal_pkey ON public.facility_proposal USING btree (id)

CREATE INDEX facility_proposal_planned ON public.facility_proposal USING btree (merge_on, id) WHERE (state = 'planned'::text)

CREATE INDEX facility_proposal_review ON public.facility_proposal USING btree (decider_id, id)

CREATE INDEX facility_proposal_waiting ON public.facility_proposal USING btree (decider_id, id) WHERE (state = 'proposed'::text)

CREATE INDEX facility_tel ON public.facility USING btree (tel_digits) WHERE (state = 'registered'::text)

CREATE UNIQUE INDEX faq_entry_pkey ON public.faq_entry USING btree (id)

CREATE INDEX faq_entry_shown ON public.faq_entry USING btree (added_at, id) WHERE (state = 'shown'::text)

CREATE UNIQUE INDEX first_steps_hidden_pkey ON public.first_steps_hidden USING btree (account_id)

CREATE INDEX idempotency_created ON public.idempotency USING btree (created_at)

CREATE UNIQUE INDEX idempotency_pkey ON public.idempotency USING btree (actor_key, key)

CREATE INDEX inquiry_account ON public.inquiry USING btree (account_id, changed_at, id) WHERE (account_id IS NOT NULL)

CREATE INDEX inquiry_file_inquiry ON public.inquiry_file USING btree (inquiry_id)

CREATE UNIQUE INDEX inquiry_file_once ON public.inquiry_file USING btree (file_id)

CREATE UNIQUE INDEX inquiry_file_pkey ON public.inquiry_file USING btree (id)

CREATE INDEX inquiry_inbox ON public.inquiry USING btree (desk, desk_association_id, asked_at, id)

CREATE INDEX inquiry_mail ON public.inquiry USING btree (lower(asker_mail), asked_at) WHERE (asker_mail <> ''::text)

CREATE INDEX inquiry_message_inquiry ON public.inquiry_message USING btree (inquiry_id, at, id)

CREATE UNIQUE INDEX inquiry_message_pkey ON public.inquiry_message USING btree (id)

CREATE UNIQUE INDEX inquiry_number_key ON public.inquiry USING btree (number)

CREATE INDEX inquiry_office ON public.inquiry USING btree (asker_association_id, changed_at, id) WHERE (asker_association_id IS NOT NULL)

CREATE INDEX inquiry_open ON public.inquiry USING btree (desk, desk_association_id, asked_at, id) WHERE (state <> 'done'::text)

CREATE INDEX inquiry_pass_inquiry ON public.inquiry_pass USING btree (inquiry_id, at, id)

CREATE UNIQUE INDEX inquiry_pass_pkey ON public.inquiry_pass USING btree (id)

CREATE INDEX inquiry_person ON public.inquiry USING btree (person_id, changed_at, id) WHERE (person_id IS NOT NULL)

CREATE UNIQUE INDEX inquiry_pkey ON public.inquiry USING btree (id)

CREATE UNIQUE INDEX inquiry_transfer_once ON public.inquiry USING btree (application_id, desk_section) WHERE (kind = 'transferCheck'::text)

CREATE UNIQUE INDEX installation_pkey ON public.installation USING btree (single)

CREATE INDEX licence_claim_claimant ON public.licence_claim USING btree (claimant_id)

CREATE INDEX licence_claim_holder ON public.licence_claim USING btree (holder_id)

CREATE INDEX licence_claim_open ON public.licence_claim USING btree (claimed_at, id) WHERE (settled_at IS NULL)

CREATE UNIQUE INDEX licence_claim_pkey ON public.licence_claim USING btree (id)

CREATE INDEX login_letter_agent ON public.login_letter USING btree (printed_by, printed_at)

CREATE INDEX login_letter_person ON public.login_letter USING btree (person_id, printed_at)

CREATE UNIQUE INDEX login_letter_pkey ON public.login_letter USING btree (id)

CREATE INDEX login_letter_printed ON public.login_letter USING btree (printed_at, id)

CREATE INDEX mail_change_applies ON public.mail_change USING btree (applies_at)

CREATE UNIQUE INDEX mail_change_pkey ON public.mail_change USING btree (account_id)

CREATE INDEX mail_message_created ON public.mail_message USING btree (created_at DESC, id)

CREATE UNIQUE INDEX mail_message_dedupe_key_key ON public.mail_message USING btree (dedupe_key)

CREATE INDEX mail_message_notice_waiting ON public.mail_message USING btree (dedupe_key text_pattern_ops) WHERE ((state = 'waiting'::text) AND (template = 'M-54'::text))

CREATE UNIQUE INDEX mail_message_pkey ON public.mail_message USING btree (id)

CREATE INDEX mail_message_state ON public.mail_message USING btree (state, created_at DESC, id DESC)

CREATE UNIQUE INDEX mailing_choice_pkey ON public.mailing_choice USING btree (person_id, mailing_id)

CREATE INDEX mailing_choice_used ON public.mailing_choice USING btree (mailing_id, association_id)

CREATE INDEX mailing_preference_affiliation ON public.mailing_preference USING btree (affiliation_id) WHERE (affiliation_id IS NOT NULL)

CREATE UNIQUE INDEX mailing_preference_pkey ON public.mailing_preference USING btree (person_id)

CREATE UNIQUE INDEX member_category_association_id_code_key ON public.member_category USING btree (association_id, code)

CREATE UNIQUE INDEX member_category_pkey ON public.member_category USING btree (id)

CREATE INDEX member_category_successor ON public.member_category USING btree (successor_id) WHERE (successor_id IS NOT NULL)

CREATE INDEX member_day_day ON public.member_day USING btree (day)

CREATE UNIQUE INDEX member_day_pkey ON public.member_day USING btree (association_id, day)

CREATE INDEX member_field_value_field ON public.member_field_value USING btree (field_id)

CREATE UNIQUE INDEX member_field_value_pkey ON public.member_field_value USING btree (person_id, association_id, field_id, version)

CREATE INDEX member_guidance_of_person ON public.member_guidance USING btree (person_id, sent_at DESC)

CREATE UNIQUE INDEX member_guidance_pkey ON public.member_guidance USING btree (id)

CREATE UNIQUE INDEX member_memo_pkey ON public.member_memo USING btree (person_id, association_id, version)

CREATE INDEX member_notification_at ON public.member_notification USING btree (at)

CREATE INDEX member_notification_list ON public.member_notification USING btree (association_id, at, id)

CREATE UNIQUE INDEX member_notification_once ON public.member_notification USING btree (association_id, cause)

CREATE INDEX member_notification_person ON public.member_notification USING btree (person_id, association_id)

CREATE UNIQUE INDEX member_notification_pkey ON public.member_notification USING btree (id)

CREATE INDEX member_notification_profile_change ON public.member_notification USING btree (profile_change_id) WHERE (profile_change_id IS NOT NULL)

CREATE INDEX member_notification_state ON public.member_notification USING btree (association_id, state, at, id)

CREATE INDEX member_notification_to_mail ON public.member_notification USING btree (association_id, kind) WHERE ((state = 'unread'::text) AND (mailed_at IS NULL))

CREATE INDEX member_selection_old ON public.member_selection USING btree (selected_at, id)

CREATE UNIQUE INDEX member_selection_pkey ON public.member_selection USING btree (id)

CREATE UNIQUE INDEX member_year_pkey ON public.member_year USING btree (association_id, year)

CREATE UNIQUE INDEX membership_certificate_number_key ON public.membership_certificate USING btree (number)

CREATE INDEX membership_certificate_office ON public.membership_certificate USING btree (association_id, applied_at, id)

CREATE INDEX membership_certificate_person ON public.membership_certificate USING btree (person_id, applied_at, id)

CREATE UNIQUE INDEX membership_certificate_pkey ON public.membership_certificate USING btree (id)

CREATE INDEX membership_certificate_waiting ON public.membership_certificate USING btree (association_id, applied_at, id) WHERE (state = 'requested'::text)

CREATE INDEX membership_event_association ON public.membership_event USING btree (association_id, effective_on)

CREATE INDEX membership_event_effective ON public.membership_event USING btree (effective_on) WHERE (application_step_id IS NOT NULL)

CREATE INDEX membership_event_person ON public.membership_event USING btree (person_id, association_id, id)

CREATE UNIQUE INDEX membership_event_pkey ON public.membership_event USING btree (id)

CREATE INDEX membership_event_recorded ON public.membership_event USING btree (association_id, recorded_at) INCLUDE (person_id)

CREATE UNIQUE INDEX membership_event_supersedes ON public.membership_event USING btree (supersedes) WHERE (supersedes IS NOT NULL)

CREATE INDEX membership_period_association ON public.membership_period USING btree (association_id, joined_on, left_on, person_id)

CREATE INDEX membership_period_left ON public.membership_period USING btree (association_id, left_on, person_id) WHERE (left_on IS NOT NULL)

CREATE INDEX membership_period_no_overlap ON public.membership_period USING gist (person_id, association_id, period)

CREATE INDEX membership_period_person ON public.membership_period USING btree (person_id, association_id) INCLUDE (id, joined_on, left_on, left_reason, visible_to)

CREATE UNIQUE INDEX membership_period_pkey ON public.membership_period USING btree (id)

CREATE INDEX membership_phase_affiliation ON public.membership_phase USING btree (affiliation_id)

CREATE INDEX membership_phase_association ON public.membership_phase USING btree (association_id, starts_on, ends_on, person_id)

CREATE INDEX membership_phase_category ON public.membership_phase USING btree (category_id, person_id)

CREATE INDEX membership_phase_facility ON public.membership_phase USING btree (facility_id, association_id, starts_on, ends_on) INCLUDE (person_id, visible_to)

CREATE INDEX membership_phase_no_overlap ON public.membership_phase USING gist (person_id, association_id, span)

CREATE INDEX membership_phase_person ON public.membership_phase USING btree (person_id, association_id) INCLUDE (affiliation_id, category_id, facility_id, starts_on, ends_on, joined_on, left_on, visible_to)

CREATE UNIQUE INDEX membership_phase_pkey ON public.membership_phase USING btree (id)

CREATE UNIQUE INDEX migration_pkey ON public.migration USING btree (name)

CREATE UNIQUE INDEX network_place_pkey ON public.network_place USING btree (network)

CREATE INDEX network_place_within ON public.network_place USING gist (network inet_ops)

CREATE INDEX notice_account_read_account ON public.notice_account_read USING btree (account_id, notice_id)

CREATE UNIQUE INDEX notice_account_read_pkey ON public.notice_account_read USING btree (notice_id, account_id)

CREATE INDEX notice_by_operations ON public.notice USING btree (created_at, id) WHERE (origin = 'operations'::text)

CREATE INDEX notice_category_association ON public.notice_category USING btree (association_id, sort_order, id)

CREATE UNIQUE INDEX notice_category_pkey ON public.notice_category USING btree (id)

CREATE INDEX notice_file_notice ON public.notice_file USING btree (notice_id, created_at, id)

CREATE UNIQUE INDEX notice_file_pkey ON public.notice_file USING btree (id)

CREATE INDEX notice_file_stored ON public.notice_file USING btree (file_id)

CREATE INDEX notice_mail_due ON public.notice USING btree (mail_at) WHERE ((state = 'published'::text) AND (mail_state = ANY (ARRAY['waiting'::text, 'sending'::text])))

CREATE INDEX notice_of_selection ON public.notice USING btree (((condition ->> 'selection'::text))) WHERE (condition ? 'selection'::text)

CREATE INDEX notice_office ON public.notice USING btree (association_id, created_at, id)

CREATE UNIQUE INDEX notice_office_read_pkey ON public.notice_office_read USING btree (notice_id, association_id)

CREATE UNIQUE INDEX notice_pkey ON public.notice USING btree (id)

CREATE INDEX notice_public ON public.notice USING btree (starts_on, id) WHERE ((state = 'published'::text) AND (target = 'public'::text))

CREATE INDEX notice_read_person ON public.notice_read USING btree (person_id, notice_id)

CREATE UNIQUE INDEX notice_read_pkey ON public.notice_read USING btree (notice_id, person_id)

CREATE INDEX notice_running ON public.notice USING btree (association_id, starts_on, id) WHERE (state = 'published'::text)

CREATE INDEX notice_to_everybody ON public.notice USING btree (starts_on, id) WHERE ((state = 'published'::text) AND (target = ANY (ARRAY['allDoctors'::text, 'allOffices'::text])))

CREATE UNIQUE INDEX office_mail_choice_pkey ON public.office_mail_choice USING btree (account_id, association_id, kind)

CREATE UNIQUE INDEX office_mail_digest_pkey ON public.office_mail_digest USING btree (account_id, association_id, dedupe_key)

CREATE INDEX office_mail_digest_waiting ON public.office_mail_digest USING btree (account_id, association_id, at) WHERE (sent_on IS NULL)

CREATE INDEX office_memo_application ON public.office_memo USING btree (application_id, at)

CREATE UNIQUE INDEX office_memo_pkey ON public.office_memo USING btree (id)

CREATE UNIQUE INDEX office_task_association_id_application_id_kind_key ON public.office_task USING btree (association_id, application_id, kind)

CREATE INDEX office_task_open ON public.office_task USING btree (association_id, created_at) WHERE (done_at IS NULL)

CREATE UNIQUE INDEX office_task_pkey ON public.office_task USING btree (id)

CREATE UNIQUE INDEX outbox_pkey ON public.outbox USING btree (id)

CREATE INDEX paper_form_association ON public.paper_form USING btree (association_id, created_at DESC, id)

CREATE UNIQUE INDEX paper_form_file_id_key ON public.paper_form USING btree (file_id)

CREATE UNIQUE INDEX paper_form_pkey ON public.paper_form USING btree (id)

CREATE INDEX paper_original_application ON public.paper_original USING btree (application_id)

CREATE UNIQUE INDEX paper_original_one ON public.paper_original USING btree (application_id, kind) WHERE (removed_at IS NULL)

CREATE UNIQUE INDEX paper_original_pkey ON public.paper_original USING btree (id)

CREATE INDEX passkey_challenge_age ON public.passkey_challenge USING btree (expires_at)

CREATE UNIQUE INDEX passkey_challenge_pkey ON public.passkey_challenge USING btree (challenge_hash)

CREATE UNIQUE INDEX passkey_credential_id ON public.passkey USING btree (credential_id)

CREATE INDEX passkey_of_account ON public.passkey USING btree (account_id, created_at, id)

CREATE UNIQUE INDEX passkey_pkey ON public.passkey USING btree (id)

CREATE UNIQUE INDEX person_account_id_key ON public.person USING btree (account_id)

CREATE INDEX person_department ON public.person USING btree (main_department, id)

CREATE INDEX person_given_kana ON public.person USING btree (given_kana_fold, id)

CREATE INDEX person_given_name ON public.person USING btree (given_name_fold, id)

CREATE INDEX person_graduated ON public.person USING btree (graduated_on)

CREATE INDEX person_kana ON public.person USING btree (kana_fold, id)

CREATE INDEX person_licence_claimed ON public.person_licence USING btree (number) WHERE claimed

CREATE UNIQUE INDEX person_licence_current ON public.person_licence USING btree (person_id) WHERE current

CREATE INDEX person_licence_former ON public.person_licence USING btree (person_id, id) WHERE (NOT current)

CREATE UNIQUE INDEX person_licence_number ON public.person_licence USING btree (number) WHERE (current AND (NOT claimed))

CREATE UNIQUE INDEX person_licence_pkey ON public.person_licence USING btree (id)

CREATE INDEX person_licence_unseen ON public.person_licence USING btree (person_id) WHERE (current AND (verified_at IS NULL))

CREATE INDEX person_licence_value ON public.person_licence USING btree (number_value, person_id) WHERE current

CREATE INDEX person_mail_bounced ON public.person USING btree (id) WHERE (mail_bounced_at IS NOT NULL)

CREATE INDEX person_name ON public.person USING btree (name_fold, id)

CREATE INDEX person_namesake ON public.person USING btree (birth_on, surname, given_name)

CREATE UNIQUE INDEX person_pkey ON public.person USING btree (id)

CREATE INDEX person_school ON public.person USING btree (school_code, id) WHERE (school_code IS NOT NULL)

CREATE INDEX person_training_ends ON public.person USING btree (training_ends_on) WHERE (training_ends_on IS NOT NULL)

CREATE INDEX person_without_account ON public.person USING btree (id) WHERE (account_id IS NULL)

CREATE INDEX profile_change_office ON public.profile_change USING btree (association_id) WHERE (association_id IS NOT NULL)

CREATE INDEX profile_change_paper_change ON public.profile_change_paper USING btree (change_id)

CREATE UNIQUE INDEX profile_change_paper_once ON public.profile_change_paper USING btree (file_id)

CREATE UNIQUE INDEX profile_change_paper_pkey ON public.profile_change_paper USING btree (id)

CREATE INDEX profile_change_person ON public.profile_change USING btree (person_id, changed_at DESC, id)

CREATE UNIQUE INDEX profile_change_pkey ON public.profile_change USING btree (id)

CREATE INDEX profile_draft_person ON public.profile_draft USING btree (person_id)

CREATE UNIQUE INDEX profile_draft_pkey ON public.profile_draft USING btree (account_id, person_id)

CREATE INDEX profile_draft_saved ON public.profile_draft USING btree (saved_at)

CREATE UNIQUE INDEX recovery_code_pkey ON public.recovery_code USING btree (account_id, code_hash)

CREATE INDEX registration_account ON public.registration USING btree (account_id) WHERE (account_id IS NOT NULL)

CREATE UNIQUE INDEX registration_browser_hash_key ON public.registration USING btree (browser_hash)

CREATE INDEX registration_expires ON public.registration USING btree (expires_at)

CREATE UNIQUE INDEX registration_link_hash_key ON public.registration USING btree (link_hash)

CREATE INDEX registration_mail ON public.registration USING btree (lower(mail), created_at)

CREATE UNIQUE INDEX registration_pkey ON public.registration USING btree (id)

CREATE INDEX review_message_application ON public.review_message USING btree (application_id, at)

CREATE UNIQUE INDEX review_message_pkey ON public.review_message USING btree (id)

CREATE UNIQUE INDEX saved_view_name ON public.saved_view USING btree (account_id, association_id, list, name)

CREATE UNIQUE INDEX saved_view_pkey ON public.saved_view USING btree (id)

CREATE UNIQUE INDEX second_factor_pkey ON public.second_factor USING btree (account_id)

CREATE UNIQUE INDEX service_notice_pkey ON public.service_notice USING btree (id)

CREATE INDEX service_notice_time ON public.service_notice USING btree (starts_at, id)

CREATE INDEX session_account ON public.session USING btree (account_id)

CREATE INDEX session_expires ON public.session USING btree (expires_at)

CREATE UNIQUE INDEX session_pkey ON public.session USING btree (token_hash)

CREATE INDEX staff_invitation_association ON public.staff_invitation USING btree (association_id) WHERE (outcome IS NULL)

CREATE UNIQUE INDEX staff_invitation_pkey ON public.staff_invitation USING btree (id)

CREATE UNIQUE INDEX staff_invitation_staff_id_key ON public.staff_invitation USING btree (staff_id)

CREATE UNIQUE INDEX staff_invitation_token_hash_key ON public.staff_invitation USING btree (token_hash)

CREATE UNIQUE INDEX staff_member_account_id_association_id_key ON public.staff_member USING btree (account_id, association_id)

CREATE INDEX staff_member_association ON public.staff_member USING btree (association_id)

CREATE UNIQUE INDEX staff_member_pkey ON public.staff_member USING btree (id)

CREATE INDEX staff_member_valid ON public.staff_member USING btree (valid_until) WHERE (state = 'active'::text)

CREATE INDEX step_reminder_day ON public.step_reminder USING btree (association_id, sent_on)

CREATE UNIQUE INDEX step_reminder_pkey ON public.step_reminder USING btree (step_id, mark)

CREATE UNIQUE INDEX stored_file_pkey ON public.stored_file USING btree (id)

CREATE UNIQUE INDEX system_setting_pkey ON public.system_setting USING btree (name)

CREATE UNIQUE INDEX terms_consent_pkey ON public.terms_consent USING btree (account_id, kind, version)

CREATE INDEX terms_consent_version ON public.terms_consent USING btree (kind, version)

CREATE UNIQUE INDEX terms_version_pkey ON public.terms_version USING btree (kind, version)

CREATE UNIQUE INDEX training_notice_pkey ON public.training_notice USING btree (association_id, person_id, training_ends_on, mark)

CREATE UNIQUE INDEX usual_time_pkey ON public.usual_time USING btree (association_id, kind)

-- policies

account: account_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

account_link: account_link_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

account_preference: account_preference_own ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (account_id = ( SELECT ctx_account() AS ctx_account))) CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (account_id = ( SELECT ctx_account() AS ctx_account)))

affiliation: affiliation_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = affiliation.person_id))))

affiliation: affiliation_scope ALL USING 
CASE
    WHEN (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) THEN true
    WHEN (person_id = ( SELECT ctx_person() AS ctx_person)) THEN true
    WHEN (association_ids && ( SELECT ctx_associations() AS ctx_associations)) THEN true
    ELSE (pending_ids && ( SELECT ctx_associations() AS ctx_associations))
END CHECK 

application: application_affiliation UPDATE USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (affiliation_id IS NULL) OR affiliation_is_of(affiliation_id, person_id))

application: application_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = application.person_id))))

application: application_scope ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((person_id = ( SELECT ctx_person() AS ctx_person)) AND ((state <> 'draft'::text) OR (proxy_association_id IS NULL))) OR (visible_to && ( SELECT ctx_associations() AS ctx_associations))) CHECK 

application_action: application_action_scope ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (visible_to && ( SELECT ctx_associations() AS ctx_associations)) OR ((( SELECT ctx_person() AS ctx_person) IS NOT NULL) AND (application_id IN ( SELECT a.id
   FROM application a
  WHERE (a.person_id = ( SELECT ctx_person() AS ctx_person)))))) CHECK 

application_form: application_form_scope ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (visible_to && ( SELECT ctx_associations() AS ctx_associations)) OR ((( SELECT ctx_person() AS ctx_person) IS NOT NULL) AND (application_id IN ( SELECT a.id
   FROM application a
  WHERE (a.person_id = ( SELECT ctx_person() AS ctx_person)))))) CHECK 

application_step: application_step_entered INSERT USING  CHECK (EXISTS ( SELECT
   FROM application a
  WHERE ((a.id = application_step.application_id) AND (a.proxy_association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))))

application_step: application_step_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (EXISTS ( SELECT
   FROM application a
  WHERE ((a.id = application_step.application_id) AND (a.person_id = application_step.person_id)))))

application_step: application_step_scope ALL USING 
CASE
    WHEN (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) THEN true
    WHEN (person_id = ( SELECT ctx_person() AS ctx_person)) THEN true
    ELSE (visible_to && ( SELECT ctx_associations() AS ctx_associations))
END CHECK 

association_batch: association_batch_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (proposed_by = ( SELECT ctx_account() AS ctx_account))))

association_batch: association_batch_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

association_breach_mail: association_breach_mail_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

association_breach_mail: association_breach_mail_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

association_change: association_change_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

association_change: association_change_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

association_change: association_change_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

association_closing: association_closing_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

association_closing: association_closing_read SELECT USING (( SELECT ctx_scope() AS ctx_scope) = ANY (ARRAY['all'::text, 'own'::text, 'none'::text])) CHECK 

association_field: association_field_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

association_field: association_field_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR (shown AND (association_id = ANY (( SELECT ctx_memberships() AS ctx_memberships)::integer[])))) CHECK 

association_field: association_field_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

association_first_admin: association_first_admin_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (named_by = ( SELECT ctx_account() AS ctx_account))))

association_first_admin: association_first_admin_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

association_info: association_info_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

association_info: association_info_read SELECT USING (( SELECT ctx_scope() AS ctx_scope) = ANY (ARRAY['all'::text, 'own'::text, 'none'::text])) CHECK 

association_mailing: association_mailing_delete DELETE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

association_mailing: association_mailing_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

association_mailing: association_mailing_read SELECT USING (( SELECT ctx_scope() AS ctx_scope) = ANY (ARRAY['all'::text, 'own'::text, 'none'::text])) CHECK 

association_mailing: association_mailing_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

association_move: association_move_system ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

association_opening: association_opening_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (proposed_by = ( SELECT ctx_account() AS ctx_account)) AND (state = 'proposed'::text)))

association_opening: association_opening_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

association_opening: association_opening_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND ((state = 'proposed'::text) OR ((state = 'done'::text) AND (EXISTS ( SELECT
   FROM association_opening_withdrawal w
  WHERE (w.association_id = (association_opening.code)::integer))))))) CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (state = ANY (ARRAY['done'::text, 'withdrawn'::text]))))

association_opening_withdrawal: association_opening_withdrawal_insert INSERT USING  CHECK ((0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (withdrawn_by = ( SELECT ctx_account() AS ctx_account)) AND (opens_on > ( SELECT ctx_today() AS ctx_today)) AND (NOT (EXISTS ( SELECT
   FROM association_version v
  WHERE ((v.association_id = association_opening_withdrawal.association_id) AND (v.starts_on <= ( SELECT ctx_today() AS ctx_today)))))))

association_opening_withdrawal: association_opening_withdrawal_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

association_request: association_request_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

association_request: association_request_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

association_request: association_request_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

association_seal: association_seal_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

association_seal: association_seal_read SELECT USING (( SELECT ctx_scope() AS ctx_scope) = ANY (ARRAY['all'::text, 'own'::text, 'none'::text])) CHECK 

association_settings: association_settings_first INSERT USING  CHECK ((version = 1) AND (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

association_settings: association_settings_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

association_settings: association_settings_read SELECT USING (( SELECT ctx_scope() AS ctx_scope) = ANY (ARRAY['all'::text, 'own'::text, 'none'::text])) CHECK 

association_settings_withdrawal: association_settings_withdrawal_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

association_settings_withdrawal: association_settings_withdrawal_read SELECT USING (( SELECT ctx_scope() AS ctx_scope) = ANY (ARRAY['all'::text, 'own'::text, 'none'::text])) CHECK 

audit_chain_check: audit_chain_check_insert INSERT USING  CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

audit_chain_check: audit_chain_check_read SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ( SELECT ctx_operations() AS ctx_operations) OR (chain = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

audit_chain_check: audit_chain_check_update UPDATE USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

audit_check: audit_check_insert INSERT USING  CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

audit_check: audit_check_read SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ( SELECT ctx_operations() AS ctx_operations)) CHECK 

audit_event: audit_event_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (account_id = ( SELECT ctx_account() AS ctx_account)) OR ((actor_kind = 'guest'::text) AND (account_id IS NULL) AND (( SELECT ctx_actor_key() AS ctx_actor_key) = 'guest'::text)))

audit_event: audit_event_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

bulk_result: bulk_result_insert INSERT USING  CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

bulk_result: bulk_result_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

bulk_row: bulk_row_insert INSERT USING  CHECK ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (EXISTS ( SELECT
   FROM bulk_run r
  WHERE ((r.id = bulk_row.run_id) AND (r.association_id = bulk_row.association_id) AND (r.account_id = ( SELECT ctx_account() AS ctx_account))))))

bulk_row: bulk_row_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

bulk_run: bulk_run_insert INSERT USING  CHECK ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (account_id = ( SELECT ctx_account() AS ctx_account)))

bulk_run: bulk_run_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

case_assignment: case_assignment_scope ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (EXISTS ( SELECT
   FROM application a
  WHERE ((a.id = case_assignment.application_id) AND (a.visible_to @> ARRAY[case_assignment.association_id])))) AND ((staff_id IS NULL) OR (EXISTS ( SELECT
   FROM staff_member m
  WHERE ((m.id = case_assignment.staff_id) AND (m.association_id = case_assignment.association_id)))))))

data_export: data_export_insert INSERT USING  CHECK ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (account_id = ( SELECT ctx_account() AS ctx_account)))

data_export: data_export_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

data_export: data_export_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

data_export_event: data_export_event_insert INSERT USING  CHECK ((account_id = ( SELECT ctx_account() AS ctx_account)) AND (EXISTS ( SELECT
   FROM data_export e
  WHERE ((e.id = data_export_event.export_id) AND (e.association_id = data_export_event.association_id)))))

data_export_event: data_export_event_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

data_export_ids: data_export_ids_insert INSERT USING  CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

data_export_ids: data_export_ids_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

document: document_scope ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (visible_to && ( SELECT ctx_associations() AS ctx_associations)) OR ((( SELECT ctx_person() AS ctx_person) IS NOT NULL) AND (application_id IN ( SELECT a.id
   FROM application a
  WHERE (a.person_id = ( SELECT ctx_person() AS ctx_person)))))) CHECK 

facility_change: facility_change_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((decider_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (recorded_by = ( SELECT ctx_account() AS ctx_account))))

facility_change: facility_change_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (cardinality(( SELECT ctx_associations() AS ctx_associations)) > 0)) CHECK 

facility_proposal: facility_proposal_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (proposed_by = ( SELECT ctx_account() AS ctx_account)) AND (state = 'proposed'::text)))

facility_proposal: facility_proposal_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR (decider_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR ((kind = 'duplicate'::text) AND ((state = ANY (ARRAY['forwarded'::text, 'planned'::text, 'merged'::text])) OR ((state = 'rejected'::text) AND (content ? 'forwarded'::text))) AND (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))) CHECK 

facility_proposal: facility_proposal_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((state = 'proposed'::text) AND ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR (decider_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))) OR ((state = ANY (ARRAY['forwarded'::text, 'planned'::text])) AND (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))) CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (state = 'withdrawn'::text)) OR ((decider_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (state = ANY (ARRAY['approved'::text, 'rejected'::text, 'forwarded'::text]))) OR ((0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (kind = 'duplicate'::text) AND (state = ANY (ARRAY['forwarded'::text, 'planned'::text, 'merged'::text, 'rejected'::text]))))

faq_entry: faq_entry_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((added_by = ( SELECT ctx_account() AS ctx_account)) AND (( SELECT ctx_operations() AS ctx_operations) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))))

faq_entry: faq_entry_read SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ( SELECT ctx_operations() AS ctx_operations) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR ((state = 'shown'::text) AND (( SELECT ctx_scope() AS ctx_scope) = ANY (ARRAY['own'::text, 'none'::text])))) CHECK 

faq_entry: faq_entry_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ( SELECT ctx_operations() AS ctx_operations) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

first_steps_hidden: first_steps_hidden_own ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (account_id = ( SELECT ctx_account() AS ctx_account))) CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (account_id = ( SELECT ctx_account() AS ctx_account)))

idempotency: idempotency_scope ALL USING (actor_key = ( SELECT ctx_actor_key() AS ctx_actor_key)) CHECK (actor_key = ( SELECT ctx_actor_key() AS ctx_actor_key))

inquiry: inquiry_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((account_id = ( SELECT ctx_account() AS ctx_account)) AND ((person_id IS NULL) OR (person_id = ( SELECT ctx_person() AS ctx_person))) AND ((asker_association_id IS NULL) OR (asker_association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))))

inquiry: inquiry_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR (account_id = ( SELECT ctx_account() AS ctx_account)) OR (asker_association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR (desk_ids && ( SELECT ctx_associations() AS ctx_associations)) OR (seen_by_operations AND ( SELECT ctx_operations() AS ctx_operations))) CHECK 

inquiry: inquiry_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR (account_id = ( SELECT ctx_account() AS ctx_account)) OR (asker_association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR (desk_association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR ((desk = 'operations'::text) AND ( SELECT ctx_operations() AS ctx_operations))) CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR (account_id = ( SELECT ctx_account() AS ctx_account)) OR (asker_association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR (desk_ids && ( SELECT ctx_associations() AS ctx_associations)) OR (seen_by_operations AND ( SELECT ctx_operations() AS ctx_operations)))

inquiry_file: inquiry_file_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (EXISTS ( SELECT
   FROM inquiry i
  WHERE ((i.id = inquiry_file.inquiry_id) AND (i.account_id = ( SELECT ctx_account() AS ctx_account))))))

inquiry_file: inquiry_file_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (EXISTS ( SELECT
   FROM inquiry i
  WHERE (i.id = inquiry_file.inquiry_id)))) CHECK 

inquiry_message: inquiry_message_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((account_id = ( SELECT ctx_account() AS ctx_account)) AND (EXISTS ( SELECT
   FROM inquiry i
  WHERE (i.id = inquiry_message.inquiry_id)))))

inquiry_message: inquiry_message_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (EXISTS ( SELECT
   FROM inquiry i
  WHERE (i.id = inquiry_message.inquiry_id)))) CHECK 

inquiry_pass: inquiry_pass_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((account_id = ( SELECT ctx_account() AS ctx_account)) AND (EXISTS ( SELECT
   FROM inquiry i
  WHERE ((i.id = inquiry_pass.inquiry_id) AND ((i.desk_ids && ( SELECT ctx_associations() AS ctx_associations)) OR (i.seen_by_operations AND ( SELECT ctx_operations() AS ctx_operations))))))))

inquiry_pass: inquiry_pass_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (EXISTS ( SELECT
   FROM inquiry i
  WHERE ((i.id = inquiry_pass.inquiry_id) AND ((i.desk_ids && ( SELECT ctx_associations() AS ctx_associations)) OR (i.seen_by_operations AND ( SELECT ctx_operations() AS ctx_operations))))))) CHECK 

licence_claim: licence_claim_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

login_letter: login_letter_insert INSERT USING  CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

login_letter: login_letter_read SELECT USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK 

mail_change: mail_change_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

mail_message: mail_message_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

mailing_choice: mailing_choice_delete DELETE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = mailing_choice.person_id))))) CHECK 

mailing_choice: mailing_choice_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = mailing_choice.person_id)))))

mailing_choice: mailing_choice_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = mailing_choice.person_id))))) CHECK 

mailing_choice: mailing_choice_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = mailing_choice.person_id))))) CHECK 

mailing_preference: mailing_preference_scope ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = mailing_preference.person_id)))) CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = mailing_preference.person_id))))

member_category: member_category_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR (0 = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

member_category: member_category_read SELECT USING (( SELECT ctx_scope() AS ctx_scope) = ANY (ARRAY['all'::text, 'own'::text, 'none'::text])) CHECK 

member_category: member_category_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

member_day: member_day_all SELECT USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK 

member_field_value: member_field_value_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (account_id = ( SELECT ctx_account() AS ctx_account)) AND (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = member_field_value.person_id))) AND (EXISTS ( SELECT
   FROM association_field f
  WHERE ((f.id = member_field_value.field_id) AND (f.association_id = member_field_value.association_id))))))

member_field_value: member_field_value_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR ((person_id = ( SELECT ctx_person() AS ctx_person)) AND (EXISTS ( SELECT
   FROM association_field f
  WHERE ((f.id = member_field_value.field_id) AND f.shown))))) CHECK 

member_guidance: member_guidance_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (account_id = ( SELECT ctx_account() AS ctx_account)) AND (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = member_guidance.person_id)))))

member_guidance: member_guidance_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

member_memo: member_memo_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (account_id = ( SELECT ctx_account() AS ctx_account)) AND (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = member_memo.person_id)))))

member_memo: member_memo_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

member_notification: member_notification_insert INSERT USING  CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

member_notification: member_notification_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND ((person_id IS NULL) OR (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = member_notification.person_id)))))) CHECK 

member_notification: member_notification_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND ((person_id IS NULL) OR (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = member_notification.person_id)))))) CHECK 

member_selection: member_selection_clean DELETE USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK 

member_selection: member_selection_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (account_id = ( SELECT ctx_account() AS ctx_account))))

member_selection: member_selection_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

member_year: member_year_all SELECT USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK 

membership_certificate: membership_certificate_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((person_id = ( SELECT ctx_person() AS ctx_person)) AND (NOT by_office)) OR (by_office AND (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = membership_certificate.person_id)))))

membership_certificate: membership_certificate_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

membership_certificate: membership_certificate_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

membership_event: membership_event_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((EXISTS ( SELECT
   FROM person p
  WHERE (p.id = membership_event.person_id))) AND ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR (EXISTS ( SELECT
   FROM application_step s
  WHERE ((s.person_id = membership_event.person_id) AND (s.association_id = membership_event.association_id) AND s.open))))))

membership_event: membership_event_scope SELECT USING 
CASE
    WHEN (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) THEN true
    WHEN (person_id = ( SELECT ctx_person() AS ctx_person)) THEN true
    ELSE (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))
END CHECK 

membership_period: membership_period_scope ALL USING 
CASE
    WHEN (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) THEN true
    WHEN (person_id = ( SELECT ctx_person() AS ctx_person)) THEN true
    ELSE (visible_to && ( SELECT ctx_associations() AS ctx_associations))
END CHECK 

membership_phase: membership_phase_scope ALL USING 
CASE
    WHEN (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) THEN true
    WHEN (person_id = ( SELECT ctx_person() AS ctx_person)) THEN true
    ELSE (visible_to && ( SELECT ctx_associations() AS ctx_associations))
END CHECK 

network_place: network_place_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

notice: notice_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR ((origin = 'operations'::text) AND ( SELECT ctx_operations() AS ctx_operations)))

notice: notice_scope SELECT USING 
CASE
    WHEN (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) THEN true
    WHEN (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) THEN true
    WHEN ((origin = 'operations'::text) AND ( SELECT ctx_operations() AS ctx_operations)) THEN true
    WHEN ((state = 'draft'::text) OR (starts_on > ( SELECT ctx_today() AS ctx_today))) THEN false
    WHEN (target = 'public'::text) THEN (( SELECT ctx_actor_key() AS ctx_actor_key) <> ''::text)
    WHEN (target = 'allDoctors'::text) THEN (( SELECT ctx_person() AS ctx_person) IS NOT NULL)
    WHEN (target = 'allOffices'::text) THEN ((cardinality(( SELECT ctx_associations() AS ctx_associations)) > 0) OR (( SELECT ctx_contractor() AS ctx_contractor) IS NOT NULL))
    WHEN (target = 'lowerOffices'::text) THEN (association_id = ANY (( SELECT ctx_offices_above() AS ctx_offices_above)::integer[]))
    WHEN (target = 'lowerMembers'::text) THEN (association_id = ANY (( SELECT ctx_members_above() AS ctx_members_above)::integer[]))
    WHEN (target = 'members'::text) THEN (association_id = ANY (( SELECT ctx_memberships() AS ctx_memberships)::integer[]))
    ELSE ((association_id = ANY (( SELECT ctx_memberships() AS ctx_memberships)::integer[])) AND notice_meets_me(association_id, condition))
END CHECK 

notice: notice_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) OR ((origin = 'operations'::text) AND ( SELECT ctx_operations() AS ctx_operations))) CHECK 

notice_account_read: notice_account_read_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((account_id = ( SELECT ctx_account() AS ctx_account)) AND (( SELECT ctx_contractor() AS ctx_contractor) IS NOT NULL) AND (EXISTS ( SELECT
   FROM notice n
  WHERE (n.id = notice_account_read.notice_id)))))

notice_account_read: notice_account_read_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (account_id = ( SELECT ctx_account() AS ctx_account))) CHECK 

notice_category: notice_category_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

notice_category: notice_category_read SELECT USING (( SELECT ctx_scope() AS ctx_scope) = ANY (ARRAY['all'::text, 'own'::text, 'none'::text])) CHECK 

notice_category: notice_category_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

notice_file: notice_file_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (EXISTS ( SELECT
   FROM notice n
  WHERE ((n.id = notice_file.notice_id) AND (n.association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))))))

notice_file: notice_file_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (EXISTS ( SELECT
   FROM notice n
  WHERE (n.id = notice_file.notice_id)))) CHECK 

notice_file: notice_file_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (EXISTS ( SELECT
   FROM notice n
  WHERE ((n.id = notice_file.notice_id) AND (n.association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))))) CHECK 

notice_office_read: notice_office_read_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (EXISTS ( SELECT
   FROM notice n
  WHERE (n.id = notice_office_read.notice_id)))))

notice_office_read: notice_office_read_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

notice_read: notice_read_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((person_id = ( SELECT ctx_person() AS ctx_person)) AND (EXISTS ( SELECT
   FROM notice n
  WHERE (n.id = notice_read.notice_id)))))

notice_read: notice_read_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person))) CHECK 

office_mail_choice: office_mail_choice_own ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (account_id = ( SELECT ctx_account() AS ctx_account)))) CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (account_id = ( SELECT ctx_account() AS ctx_account))))

office_mail_digest: office_mail_digest_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

office_memo: office_memo_scope ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (visible_to && ( SELECT ctx_associations() AS ctx_associations))) CHECK 

office_task: office_task_insert INSERT USING  CHECK (application_id IN ( SELECT a.id
   FROM application a
  WHERE (a.visible_to @> ARRAY[office_task.association_id])))

office_task: office_task_scope ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

outbox: outbox_all SELECT USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK 

outbox: outbox_insert INSERT USING  CHECK true

paper_form: paper_form_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

paper_form: paper_form_read SELECT USING (( SELECT ctx_scope() AS ctx_scope) = ANY (ARRAY['all'::text, 'own'::text, 'none'::text])) CHECK 

paper_original: paper_original_office INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])))

paper_original: paper_original_scope ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (visible_to && ( SELECT ctx_associations() AS ctx_associations)) OR ((( SELECT ctx_person() AS ctx_person) IS NOT NULL) AND (application_id IN ( SELECT a.id
   FROM application a
  WHERE (a.person_id = ( SELECT ctx_person() AS ctx_person)))))) CHECK 

paper_original: paper_original_undo UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

passkey: passkey_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

passkey_challenge: passkey_challenge_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

person: person_insert INSERT USING  CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

person: person_scope ALL USING 
CASE
    WHEN (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) THEN true
    WHEN (id = ( SELECT ctx_person() AS ctx_person)) THEN true
    ELSE (visible_to && ( SELECT ctx_associations() AS ctx_associations))
END CHECK 

person_licence: person_licence_scope ALL USING 
CASE
    WHEN (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) THEN true
    WHEN (person_id = ( SELECT ctx_person() AS ctx_person)) THEN true
    ELSE (visible_to && ( SELECT ctx_associations() AS ctx_associations))
END CHECK 

profile_change: profile_change_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((person_id = ( SELECT ctx_person() AS ctx_person)) AND (association_id IS NULL)) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = profile_change.person_id)))))

profile_change: profile_change_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (person_id = ( SELECT ctx_person() AS ctx_person)) OR (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = profile_change.person_id)))) CHECK 

profile_change_paper: profile_change_paper_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (EXISTS ( SELECT
   FROM profile_change c
  WHERE ((c.id = profile_change_paper.change_id) AND (c.association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))))))

profile_change_paper: profile_change_paper_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (EXISTS ( SELECT
   FROM profile_change c
  WHERE ((c.id = profile_change_paper.change_id) AND ((c.person_id = ( SELECT ctx_person() AS ctx_person)) OR (c.association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))))))) CHECK 

profile_draft: profile_draft_own ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((account_id = ( SELECT ctx_account() AS ctx_account)) AND (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = profile_draft.person_id))))) CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((account_id = ( SELECT ctx_account() AS ctx_account)) AND (EXISTS ( SELECT
   FROM person p
  WHERE (p.id = profile_draft.person_id)))))

recovery_code: recovery_code_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

registration: registration_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

review_message: review_message_scope ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (visible_to && ( SELECT ctx_associations() AS ctx_associations)) OR ((( SELECT ctx_person() AS ctx_person) IS NOT NULL) AND (application_id IN ( SELECT a.id
   FROM application a
  WHERE (a.person_id = ( SELECT ctx_person() AS ctx_person)))))) CHECK 

saved_view: saved_view_own ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (account_id = ( SELECT ctx_account() AS ctx_account)))) CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (account_id = ( SELECT ctx_account() AS ctx_account))))

second_factor: second_factor_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

service_notice: service_notice_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (( SELECT ctx_operations() AS ctx_operations) AND (entered_by = ( SELECT ctx_account() AS ctx_account))))

service_notice: service_notice_read SELECT USING (( SELECT ctx_scope() AS ctx_scope) = ANY (ARRAY['all'::text, 'own'::text, 'none'::text])) CHECK 

service_notice: service_notice_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ( SELECT ctx_operations() AS ctx_operations)) CHECK 

session: session_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

staff_invitation: staff_invitation_insert INSERT USING  CHECK ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR ((association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[])) AND (invited_by = ( SELECT ctx_account() AS ctx_account))))

staff_invitation: staff_invitation_scope SELECT USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

staff_invitation: staff_invitation_update UPDATE USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

staff_member: staff_member_insert INSERT USING  CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

staff_member: staff_member_scope ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (association_id = ANY (( SELECT ctx_associations() AS ctx_associations)::integer[]))) CHECK 

step_reminder: step_reminder_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

stored_file: stored_file_erase UPDATE USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

stored_file: stored_file_of_inquiry SELECT USING (EXISTS ( SELECT
   FROM inquiry_file q
  WHERE (q.file_id = stored_file.id))) CHECK 

stored_file: stored_file_of_profile_change SELECT USING (EXISTS ( SELECT
   FROM profile_change_paper q
  WHERE (q.file_id = stored_file.id))) CHECK 

stored_file: stored_file_scope ALL USING ((( SELECT ctx_scope() AS ctx_scope) = 'all'::text) OR (owner_account_id = ( SELECT ctx_account() AS ctx_account)) OR (EXISTS ( SELECT
   FROM document d
  WHERE (d.file_id = stored_file.id)))) CHECK 

terms_consent: terms_consent_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

training_notice: training_notice_all ALL USING (( SELECT ctx_scope() AS ctx_scope) = 'all'::text) CHECK (( SELECT ctx_scope() AS ctx_scope) = 'all'::text)

-- triggers

CREATE TRIGGER account_mail_changed BEFORE UPDATE OF mail ON public.account FOR EACH ROW WHEN ((old.mail IS DISTINCT FROM new.mail)) EXECUTE FUNCTION forget_mail_bounce()

CREATE TRIGGER affiliation_facility_follow BEFORE INSERT OR UPDATE OF facility_id ON public.affiliation FOR EACH ROW EXECUTE FUNCTION facility_follow()

CREATE TRIGGER affiliation_first_is_primary BEFORE INSERT ON public.affiliation FOR EACH ROW EXECUTE FUNCTION affiliation_first_is_primary()

CREATE TRIGGER affiliation_visibility AFTER UPDATE OF association_ids ON public.affiliation FOR EACH ROW WHEN ((old.association_ids IS DISTINCT FROM new.association_ids)) EXECUTE FUNCTION affiliation_visibility()

CREATE TRIGGER application_action_visibility BEFORE INSERT ON public.application_action FOR EACH ROW EXECUTE FUNCTION case_visibility()

CREATE TRIGGER application_begins_alone BEFORE INSERT ON public.application FOR EACH ROW WHEN ((new.follows_id IS NOT NULL)) EXECUTE FUNCTION keep_follows()

CREATE TRIGGER application_closed AFTER UPDATE OF state ON public.application FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION application_closed()

CREATE TRIGGER application_form_visibility BEFORE INSERT ON public.application_form FOR EACH ROW EXECUTE FUNCTION case_visibility()

CREATE TRIGGER application_keeps_follows BEFORE UPDATE OF follows_id ON public.application FOR EACH ROW WHEN (((old.state <> 'draft'::text) AND (old.follows_id IS DISTINCT FROM new.follows_id))) EXECUTE FUNCTION keep_follows()

CREATE TRIGGER application_original_visibility AFTER UPDATE OF visible_to ON public.application FOR EACH ROW WHEN ((old.visible_to IS DISTINCT FROM new.visible_to)) EXECUTE FUNCTION copy_original_visibility()

CREATE TRIGGER application_resumed AFTER UPDATE OF state ON public.application FOR EACH ROW WHEN (((old.state = 'returned'::text) AND (new.state = 'submitted'::text) AND (old.returned_at IS NOT NULL))) EXECUTE FUNCTION resume_clocks()

CREATE TRIGGER application_returned BEFORE UPDATE OF state ON public.application FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION case_returned()

CREATE TRIGGER application_step_clock BEFORE INSERT OR UPDATE OF arrived_at ON public.application_step FOR EACH ROW EXECUTE FUNCTION step_clock()

CREATE TRIGGER association_seal_file_claimed BEFORE INSERT ON public.association_seal FOR EACH ROW EXECUTE FUNCTION file_claimed()

CREATE TRIGGER audit_event_link BEFORE INSERT ON public.audit_event FOR EACH ROW WHEN ((new.seq = 0)) EXECUTE FUNCTION audit_chain_link()

CREATE TRIGGER document_file_claimed BEFORE INSERT ON public.document FOR EACH ROW EXECUTE FUNCTION file_claimed()

CREATE TRIGGER document_visibility BEFORE INSERT ON public.document FOR EACH ROW EXECUTE FUNCTION case_visibility()

CREATE TRIGGER inquiry_file_claimed BEFORE INSERT ON public.inquiry_file FOR EACH ROW EXECUTE FUNCTION file_claimed()

CREATE TRIGGER inquiry_keeps_desks BEFORE INSERT OR UPDATE ON public.inquiry FOR EACH ROW EXECUTE FUNCTION inquiry_desks()

CREATE TRIGGER licence_visibility BEFORE INSERT ON public.person_licence FOR EACH ROW EXECUTE FUNCTION licence_visibility()

CREATE TRIGGER mail_enqueue AFTER INSERT ON public.mail_message FOR EACH ROW EXECUTE FUNCTION mail_enqueue()

CREATE TRIGGER mail_requeue AFTER UPDATE OF state ON public.mail_message FOR EACH ROW WHEN (((new.state = 'waiting'::text) AND (old.state <> 'waiting'::text))) EXECUTE FUNCTION mail_enqueue()

CREATE TRIGGER membership_certificate_stands BEFORE UPDATE ON public.membership_certificate FOR EACH ROW WHEN ((((old.number IS NOT NULL) AND ((((new.number IS DISTINCT FROM old.number) OR (new.code IS DISTINCT FROM old.code)) OR (new.paper IS DISTINCT FROM old.paper)) OR (new.issued_at IS DISTINCT FROM old.issued_at))) OR ((old.revoked_at IS NOT NULL) AND ((new.state IS DISTINCT FROM old.state) OR (new.revoked_at IS DISTINCT FROM old.revoked_at))))) EXECUTE FUNCTION keep_certificate()

CREATE TRIGGER membership_event_facility_follow BEFORE INSERT ON public.membership_event FOR EACH ROW EXECUTE FUNCTION facility_follow()

CREATE TRIGGER membership_event_visibility AFTER INSERT ON public.membership_event REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_visibility()

CREATE TRIGGER membership_period_counted AFTER INSERT ON public.membership_period REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_member_changes()

CREATE TRIGGER membership_period_uncounted AFTER DELETE ON public.membership_period REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_member_changes()

CREATE TRIGGER notice_file_claimed BEFORE INSERT ON public.notice_file FOR EACH ROW EXECUTE FUNCTION file_claimed()

CREATE TRIGGER office_memo_visibility BEFORE INSERT ON public.office_memo FOR EACH ROW EXECUTE FUNCTION memo_visibility()

CREATE TRIGGER outbox_enqueue AFTER INSERT ON public.outbox FOR EACH ROW EXECUTE FUNCTION outbox_enqueue()

CREATE TRIGGER paper_form_file_claimed BEFORE INSERT ON public.paper_form FOR EACH ROW EXECUTE FUNCTION file_claimed()

CREATE TRIGGER paper_original_visibility BEFORE INSERT ON public.paper_original FOR EACH ROW EXECUTE FUNCTION case_visibility()

CREATE TRIGGER period_visibility BEFORE INSERT ON public.membership_period FOR EACH ROW EXECUTE FUNCTION period_visibility()

CREATE TRIGGER person_mail_changed BEFORE UPDATE OF mail ON public.person FOR EACH ROW WHEN ((old.mail IS DISTINCT FROM new.mail)) EXECUTE FUNCTION forget_mail_bounce()

CREATE TRIGGER person_names_account AFTER UPDATE OF surname, given_name ON public.person FOR EACH ROW WHEN (((new.account_id IS NOT NULL) AND ((old.surname IS DISTINCT FROM new.surname) OR (old.given_name IS DISTINCT FROM new.given_name)))) EXECUTE FUNCTION name_account()

CREATE TRIGGER person_visibility AFTER UPDATE OF visible_to ON public.person FOR EACH ROW WHEN ((old.visible_to IS DISTINCT FROM new.visible_to)) EXECUTE FUNCTION copy_person_visibility()

CREATE TRIGGER phase_visibility BEFORE INSERT ON public.membership_phase FOR EACH ROW EXECUTE FUNCTION phase_visibility()

CREATE TRIGGER profile_change_paper_file_claimed BEFORE INSERT ON public.profile_change_paper FOR EACH ROW EXECUTE FUNCTION file_claimed()

CREATE TRIGGER proxy_visibility BEFORE INSERT ON public.application FOR EACH ROW EXECUTE FUNCTION proxy_visibility()

CREATE TRIGGER review_message_visibility BEFORE INSERT ON public.review_message FOR EACH ROW EXECUTE FUNCTION case_visibility()

CREATE TRIGGER step_acknowledged AFTER UPDATE OF state ON public.application_step FOR EACH ROW WHEN (((new.role = 'acknowledge'::text) AND (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION step_acknowledged()

CREATE TRIGGER step_visibility AFTER INSERT ON public.application_step REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION step_visibility()

-- functions

affiliation_first_is_primary() returns trigger

BEGIN
  NEW.is_primary := NOT EXISTS (SELECT FROM affiliation WHERE person_id = NEW.person_id AND is_primary);
  RETURN NEW;
END 

affiliation_is_of(affiliation uuid, person uuid) returns boolean

  SELECT EXISTS (SELECT FROM affiliation f WHERE f.id = $1 AND f.person_id = $2)


affiliation_visibility() returns trigger

BEGIN
  UPDATE membership_phase SET visible_to = NEW.association_ids WHERE affiliation_id = NEW.id;
  UPDATE membership_period m SET visible_to = NEW.association_ids
    WHERE m.id IN (SELECT p.id FROM membership_phase h JOIN membership_period p
      ON p.person_id = h.person_id AND p.association_id = h.association_id AND p.period && h.span WHERE h.affiliation_id = NEW.id);
  RETURN NULL;
END 

application_closed() returns trigger

DECLARE
  running boolean := NEW.state IN ('submitted', 'returned');
BEGIN
  UPDATE application_step s SET open = running OR (s.role = 'acknowledge' AND s.state = 'arrived')
    WHERE s.application_id = NEW.id AND s.open IS DISTINCT FROM (running OR (s.role = 'acknowledge' AND s.state = 'arrived'));
  UPDATE affiliation SET pending_ids = CASE WHEN running THEN NEW.visible_to ELSE '{}' END
    WHERE id = NEW.affiliation_id;
  PERFORM refresh_person_visibility(ARRAY[NEW.person_id]);
  RETURN NULL;
END 

association_admins(wanted integer[]) returns TABLE(association_id integer, admins integer, invited_until timestamp with time zone)

  SELECT w.id, (SELECT count(*)::int FROM staff_member m WHERE m.association_id = w.id AND m.role = 'admin' AND m.state = 'active'),
    (SELECT max(i.expires_at) FROM staff_invitation i WHERE i.association_id = w.id AND i.role = 'admin' AND i.outcome IS NULL)
  FROM unnest(wanted) AS w (id) WHERE ctx_scope() = 'all' OR 0 = ANY (ctx_associations())


association_burden(wanted integer, day date) returns TABLE(members integer, cases integer, below integer, staff integer)

  SELECT
    (SELECT count(*)::int FROM membership_period m WHERE m.association_id = wanted AND (m.left_on IS NULL OR m.left_on >= day)),
    (SELECT count(DISTINCT s.application_id)::int FROM application_step s WHERE s.association_id = wanted AND s.open),
    (SELECT count(*)::int FROM association_version v
      WHERE v.parent_id = wanted AND (v.ends_on IS NULL OR v.ends_on >= day)
        AND NOT EXISTS (SELECT FROM association_closing z WHERE z.association_id = v.association_id AND z.closes_on < day)),
    (SELECT count(*)::int FROM staff_member f WHERE f.association_id = wanted AND f.state <> 'deleted')
  WHERE ctx_scope() = 'all' OR 0 = ANY (ctx_associations())


association_info_on(wanted integer, day date) returns SETOF association_info

  SELECT i.* FROM association_info i WHERE i.association_id = wanted AND i.starts_on <= day ORDER BY i.starts_on DESC, i.version DESC LIMIT 1


association_invitations(wanted integer) returns integer

  SELECT count(*)::int FROM staff_invitation i WHERE i.association_id = wanted AND (ctx_scope() = 'all' OR 0 = ANY (ctx_associations()))


association_leavers(source integer, day date, rule text, entries text[]) returns TABLE(person_id uuid, member boolean)

  WITH involved AS (
    SELECT m.person_id, true AS member FROM membership_period m WHERE m.association_id = source AND (m.left_on IS NULL OR m.left_on >= day)
    UNION ALL
    SELECT s.person_id, false FROM application_step s
      WHERE s.association_id = source AND s.open AND s.state IN ('waiting', 'arrived', 'received', 'returned')
  ), people AS (SELECT i.person_id, bool_or(i.member) AS member FROM involved i GROUP BY i.person_id)
  SELECT p.person_id, p.member FROM people p
  WHERE rule IS NULL
    OR (rule = 'list' AND EXISTS (SELECT FROM person_licence l WHERE l.person_id = p.person_id AND l.current AND l.number = ANY (entries)))
    OR (rule = 'address' AND EXISTS (
      SELECT FROM unnest(entries) e (part) JOIN (
        SELECT f.address FROM membership_phase h JOIN facility f ON f.id = h.facility_id
          WHERE h.person_id = p.person_id AND h.association_id = source AND (h.ends_on IS NULL OR h.ends_on >= day - 1)
        UNION ALL
        SELECT coalesce(f.address, a.form -> 'details' ->> 'facilityAddress', '') FROM application_step s JOIN application a ON a.id = s.application_id
          LEFT JOIN facility f ON f.id::text = a.form -> 'details' ->> 'facilityId'
          WHERE NOT p.member AND s.person_id = p.person_id AND s.association_id = source AND s.open AND a.kind = 'join'
      ) w (address) ON position(fold_name(e.part) IN fold_name(w.address)) > 0))


association_move_numbers(source integer, target integer, day date, rule text, entries text[]) returns TABLE(members integer, cases integer, both_members integer, both_cases integer, facilities integer, categories jsonb)

  WITH leavers AS MATERIALIZED (SELECT l.person_id, l.member FROM association_leavers(source, day, rule, entries) l),
  steps AS (SELECT s.application_id, s.category_id FROM application_step s JOIN leavers l ON l.person_id = s.person_id
    WHERE s.association_id = source AND s.open AND s.state IN ('waiting', 'arrived', 'received', 'returned')),
  held AS (
    SELECT h.category_id, count(DISTINCT h.person_id)::int AS n FROM membership_phase h JOIN leavers l ON l.person_id = h.person_id
      WHERE h.association_id = source AND (h.ends_on IS NULL OR h.ends_on >= day - 1) GROUP BY 1
    UNION ALL SELECT s.category_id, 0 FROM steps s WHERE s.category_id IS NOT NULL
  ), used AS (SELECT category_id, sum(n)::int AS n FROM held GROUP BY 1)
  SELECT
    (SELECT count(*)::int FROM leavers WHERE member),
    (SELECT count(DISTINCT application_id)::int FROM steps),
    (SELECT count(*)::int FROM leavers l WHERE l.member AND EXISTS (SELECT FROM membership_period m
      WHERE m.person_id = l.person_id AND m.association_id = target AND (m.left_on IS NULL OR m.left_on >= day))),
    (SELECT count(DISTINCT s.application_id)::int FROM steps s
      WHERE EXISTS (SELECT FROM application_step o WHERE o.application_id = s.application_id AND o.association_id = target)),
    (SELECT count(*)::int FROM facility f WHERE f.association_id = source AND (rule IS NULL OR (rule = 'address'
      AND EXISTS (SELECT FROM unnest(entries) e (part) WHERE position(fold_name(e.part) IN fold_name(f.address)) > 0)))),
    coalesce((SELECT jsonb_object_agg(category_id::text, n) FROM used), '{}')
  WHERE ctx_scope() = 'all' OR 0 = ANY (ctx_associations())


association_move_progress(change uuid) returns TABLE(moved integer, cases integer, held integer, reasons text[])

  SELECT count(*) FILTER (WHERE m.state = 'moved')::int, coalesce(sum(m.cases) FILTER (WHERE m.state = 'moved'), 0)::int,
    count(*) FILTER (WHERE m.state = 'held')::int, coalesce(array_agg(DISTINCT m.reason) FILTER (WHERE m.state = 'held'), '{}')
  FROM association_move m WHERE m.change_id = change AND (ctx_scope() = 'all' OR 0 = ANY (ctx_associations()))


association_movers(change uuid, retry_before timestamp with time zone, most integer) returns TABLE(person_id uuid)

  SELECT l.person_id FROM association_change c CROSS JOIN LATERAL association_leavers(c.association_id, c.starts_on, c.split_rule, c.split_entries) l
  WHERE c.id = change AND c.state = 'moving' AND ctx_scope() = 'all'
    AND NOT EXISTS (SELECT FROM association_move m WHERE m.change_id = c.id AND m.person_id = l.person_id AND m.state = 'held' AND m.at >= retry_before)
  ORDER BY l.person_id LIMIT most


association_staff_to_carry(origin integer, target integer, day date) returns integer

  SELECT count(*)::int FROM staff_member m JOIN account a ON a.id = m.account_id AND a.state = 'active'
  WHERE m.association_id = origin AND m.state = 'active' AND m.valid_until >= day
    AND NOT EXISTS (SELECT FROM staff_member t WHERE t.account_id = m.account_id AND t.association_id = target)
    AND (ctx_scope() = 'all' OR 0 = ANY (ctx_associations()))


associations_above(ids integer[], day date) returns integer[]

  WITH RECURSIVE up AS (
    SELECT v.parent_id AS id FROM association_version v
      WHERE v.association_id = ANY (ids) AND v.starts_on <= day AND (v.ends_on IS NULL OR v.ends_on >= day)
    UNION
    SELECT v.parent_id FROM up JOIN association_version v ON v.association_id = up.id AND v.starts_on <= day AND (v.ends_on IS NULL OR v.ends_on >= day)
  ) SELECT coalesce(array_agg(id), '{}') FROM up
    WHERE id IS NOT NULL AND NOT EXISTS (SELECT FROM association_closing z WHERE z.association_id = id AND z.closes_on < day)


associations_below(top integer, day date) returns integer[]

  WITH RECURSIVE down AS (
    SELECT v.association_id AS id FROM association_version v WHERE v.parent_id = top AND v.starts_on <= day AND (v.ends_on IS NULL OR v.ends_on >= day)
    UNION
    SELECT v.association_id FROM down JOIN association_version v ON v.parent_id = down.id AND v.starts_on <= day AND (v.ends_on IS NULL OR v.ends_on >= day)
  ) SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM down
    WHERE NOT EXISTS (SELECT FROM association_closing z WHERE z.association_id = id AND z.closes_on < day)


audit_chain_link() returns trigger

DECLARE
  head audit_head;
BEGIN
  SELECT * INTO head FROM audit_head WHERE chain = NEW.chain FOR UPDATE;
  IF NOT FOUND THEN head := audit_head_locked(NEW.chain); END IF;
  NEW.seq := head.seq + 1;
  NEW.prev_hash := head.hash;
  NEW.hash := audit_hash(NEW);
  UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain;
  RETURN NEW;
END 

audit_hash(e audit_event) returns bytea

  SELECT sha256(convert_to(jsonb_build_array(
    e.id, e.chain, e.seq, extract(epoch FROM e.at), e.action, e.result, e.actor_kind, e.account_id, e.actor_name,
    e.association_id, e.on_behalf_of, to_jsonb(e.person_ids), e.target, e.purpose, e.detail, e.request_id, e.address,
    encode(e.prev_hash, 'hex'))::text, 'UTF8'))


audit_head_locked(wanted integer) returns audit_head

DECLARE
  head audit_head;
BEGIN
  SELECT * INTO head FROM audit_head WHERE chain = wanted FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO audit_head (chain, seq, hash) VALUES (wanted, 0, '\x00') ON CONFLICT (chain) DO NOTHING;
    SELECT * INTO head FROM audit_head WHERE chain = wanted FOR UPDATE;
  END IF;
  RETURN head;
END 

audit_write(chains integer[], ats timestamp with time zone[], actions text[], results text[], kinds text[], accounts uuid[], names text[], associations integer[], behalves integer[], persons text[], targets text[], purposes text[], details text[], requests text[], addresses text[]) returns void

DECLARE
  r record;
  e audit_event;
  head audit_head;
BEGIN
  IF ctx_scope() <> 'all' THEN
    RAISE EXCEPTION 'only the system writes the audit of others' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR r IN SELECT * FROM unnest(chains, ats, actions, results, kinds, accounts, names, associations, behalves, persons, targets, purposes, details, requests, addresses)
      WITH ORDINALITY AS t(chain, at, action, result, kind, account, name, association, behalf, person, target, purpose, detail, request, address, place)
      ORDER BY t.chain, t.place LOOP
    IF head.chain IS DISTINCT FROM r.chain THEN
      IF head.chain IS NOT NULL THEN UPDATE audit_head SET seq = e.seq, hash = e.hash WHERE chain = e.chain; END IF;
      head := audit_head_locked(r.chain);
      e.chain := r.chain; e.seq := head.seq; e.hash := head.hash;
    END IF;
    e.id := nextval('audit_event_id_seq'); e.seq := e.seq + 1; e.prev_hash := e.hash;
    e.at := r.at; e.action := r.action; e.result := r.result; e.actor_kind := r.kind; e.account_id := r.account; e.actor_name := r.name;
    e.association_id := r.association; e.on_behalf_of := r.behalf; e.person_ids := r.person::uuid[]; e.target := r.target; e.purpose := r.purpose;
    e.detail := r.detail::jsonb; e.request_id := r.request; e.address := r.address;
    e.hash := audit_hash(e);
    INSERT INTO audit_event OVERRIDING SYSTEM VALUE SELECT e.*;
  END LOOP;
  IF head.chain IS NOT NULL THEN UPDATE audit_head SET seq = e.seq, hash = e.hash WHERE chain = e.chain; END IF;
END 

case_returned() returns trigger

BEGIN
  NEW.returned_at := CASE WHEN NEW.state = 'returned' THEN NEW.updated_at END;
  RETURN NEW;
END 

case_visibility() returns trigger

BEGIN
  NEW.visible_to := (SELECT visible_to FROM application WHERE id = NEW.application_id);
  RETURN NEW;
END 

change_unseen_licence(whose uuid, new_number text, new_day date, claim_id uuid, at timestamp with time zone) returns void

DECLARE held person_licence; holder uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM person p WHERE p.id = whose
      AND (ctx_scope() = 'all' OR p.id = ctx_person() OR p.visible_to && ctx_associations())) THEN
    RAISE insufficient_privilege USING MESSAGE = 'not in scope';
  END IF;
  SELECT * INTO held FROM person_licence l WHERE l.person_id = whose AND l.current;
  IF held.verified_at IS NOT NULL THEN
    RAISE insufficient_privilege USING MESSAGE = 'a licence that an office has seen is put right by a correction';
  END IF;
  IF (held.number, held.licensed_on) IS NOT DISTINCT FROM (new_number, new_day) THEN RETURN; END IF;
  SELECT l.person_id INTO holder FROM person_licence l
    WHERE l.number = new_number AND l.current AND NOT l.claimed AND l.person_id <> whose;
  UPDATE person_licence SET current = false WHERE id = held.id;
  INSERT INTO person_licence (person_id, number, licensed_on, claimed, visible_to, recorded_at)
    VALUES (whose, new_number, new_day, holder IS NOT NULL, held.visible_to, at);
  IF holder IS NOT NULL AND held.number <> new_number THEN
    INSERT INTO licence_claim (id, number, claimant_id, holder_id, claimed_at) VALUES (claim_id, new_number, whose, holder, at);
  END IF;
END 

copy_original_visibility() returns trigger

BEGIN
  UPDATE paper_original SET visible_to = NEW.visible_to WHERE application_id = NEW.id;
  RETURN NULL;
END 

copy_person_visibility() returns trigger

BEGIN
  UPDATE person_licence SET visible_to = NEW.visible_to WHERE person_id = NEW.id;
  RETURN NULL;
END 

count_member_changes() returns trigger

DECLARE
  sign int := CASE TG_OP WHEN 'DELETE' THEN -1 ELSE 1 END;
BEGIN
  IF NOT EXISTS (SELECT FROM changed) THEN RETURN NULL; END IF;
  INSERT INTO member_day AS d (association_id, day, joined, ended)
    SELECT x.association_id, x.day, sign * sum(x.j), sign * sum(x.e)
    FROM (SELECT c.association_id, c.joined_on AS day, 1 AS j, 0 AS e FROM changed c
      UNION ALL SELECT c.association_id, c.left_on + 1, 0, 1 FROM changed c WHERE c.left_on IS NOT NULL) x
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (association_id, day) DO UPDATE SET joined = d.joined + excluded.joined, ended = d.ended + excluded.ended;
  INSERT INTO member_year AS y (association_id, year, joined, ended)
    SELECT x.association_id, extract(year FROM x.day)::int, sign * sum(x.j), sign * sum(x.e)
    FROM (SELECT c.association_id, c.joined_on AS day, 1 AS j, 0 AS e FROM changed c
      UNION ALL SELECT c.association_id, c.left_on + 1, 0, 1 FROM changed c WHERE c.left_on IS NOT NULL) x
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (association_id, year) DO UPDATE SET joined = y.joined + excluded.joined, ended = y.ended + excluded.ended;
  RETURN NULL;
END 

ctx_account() returns uuid
 SELECT nullif(current_setting('mamis.account', true), '')::uuid 

ctx_actor_key() returns text
 SELECT coalesce(nullif(current_setting('mamis.actor_key', true), ''), '') 

ctx_associations() returns integer[]
 SELECT coalesce(nullif(current_setting('mamis.associations', true), '')::int[], '{}') 

ctx_contractor() returns integer
 SELECT nullif(current_setting('mamis.contractor', true), '')::int 

ctx_members_above() returns integer[]

  SELECT associations_above(ctx_memberships(), ctx_today())


ctx_memberships() returns integer[]

  SELECT coalesce(array_agg(m.association_id), '{}') FROM membership_period m
  WHERE m.person_id = ctx_person() AND m.joined_on <= ctx_today() AND (m.left_on IS NULL OR m.left_on >= ctx_today())


ctx_offices_above() returns integer[]

  SELECT associations_above(ctx_associations() || array_remove(ARRAY[ctx_contractor()], NULL), ctx_today())


ctx_operations() returns boolean
 SELECT coalesce(current_setting('mamis.operations', true), '') = 'on' 

ctx_person() returns uuid
 SELECT nullif(current_setting('mamis.person', true), '')::uuid 

ctx_scope() returns text
 SELECT coalesce(nullif(current_setting('mamis.scope', true), ''), 'none') 

ctx_today() returns date
 SELECT coalesce(nullif(current_setting('mamis.today', true), '')::date, (now() AT TIME ZONE 'Asia/Tokyo')::date) 

end_staff_sessions(wanted uuid) returns integer

  WITH gone AS (
    DELETE FROM session s USING staff_member m
    WHERE m.id = wanted AND s.staff_id = m.id AND (ctx_scope() = 'all' OR m.association_id = ANY (ctx_associations()))
    RETURNING 1)
  SELECT count(*)::int FROM gone


facility_follow() returns trigger

DECLARE
  target uuid;
BEGIN
  IF NEW.facility_id IS NULL THEN RETURN NEW; END IF;
  SELECT f.merged_into INTO target FROM facility f WHERE f.id = NEW.facility_id FOR KEY SHARE;
  IF target IS NOT NULL THEN NEW.facility_id := target; END IF;
  RETURN NEW;
END 

fee_year(day date) returns integer

  SELECT extract(year FROM day - interval '3 months')::int


file_claimed() returns trigger

DECLARE
  free boolean;
BEGIN
  PERFORM FROM stored_file f WHERE f.id = NEW.file_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN NEW; END IF;
  EXECUTE 'SELECT EXISTS (SELECT FROM stored_file f WHERE f.id = $1' || file_unused_where(TG_RELID::regclass) || ')' INTO free USING NEW.file_id;
  IF NOT free THEN
    RAISE EXCEPTION 'the file belongs to something else' USING ERRCODE = 'unique_violation', CONSTRAINT = 'stored_file_once', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END 

file_unused_where(beside regclass) returns text

  SELECT coalesce(string_agg(format(' AND NOT EXISTS (SELECT FROM %s r WHERE r.%I = f.id)', c.conrelid::regclass, a.attname), ''), '')
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  WHERE c.contype = 'f' AND c.confrelid = 'stored_file'::regclass AND c.conrelid IS DISTINCT FROM beside


forget_first_admins(wanted integer) returns void

  UPDATE association_first_admin SET surname = '', given_name = '', surname_kana = '', given_name_kana = '', mail = ''
  WHERE association_id = wanted AND 0 = ANY (ctx_associations())
    AND EXISTS (SELECT FROM association_opening_withdrawal w WHERE w.association_id = wanted)


forget_mail_bounce() returns trigger

BEGIN
  NEW.mail_bounced_at := NULL;
  RETURN NEW;
END 

free_files(owner uuid, ids uuid[]) returns SETOF uuid

BEGIN
  IF (ctx_scope() = 'all' OR owner = ctx_account()) IS NOT TRUE THEN RETURN; END IF;
  RETURN QUERY EXECUTE 'SELECT f.id FROM stored_file f WHERE f.owner_account_id = $1 AND f.id = ANY ($2) AND f.erased_at IS NULL' || file_unused_where()
    USING owner, ids;
END 

inquiry_desks() returns trigger

BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.desk_ids := '{}';
    NEW.seen_by_operations := false;
  ELSE
    NEW.desk_ids := OLD.desk_ids;
    NEW.seen_by_operations := OLD.seen_by_operations;
  END IF;
  IF NEW.desk = 'operations' THEN
    NEW.seen_by_operations := true;
  ELSIF NOT NEW.desk_association_id = ANY (NEW.desk_ids) THEN
    NEW.desk_ids := NEW.desk_ids || NEW.desk_association_id;
  END IF;
  RETURN NEW;
END 

inquiry_holder(asked uuid) returns integer

  SELECT s.association_id FROM inquiry i
  JOIN application a ON a.id = i.application_id AND a.state IN ('submitted', 'returned')
  JOIN application_step s ON s.application_id = a.id
  WHERE i.id = asked AND (ctx_scope() = 'all' OR i.desk_ids && ctx_associations() OR (i.seen_by_operations AND ctx_operations()))
    AND (s.state = 'returned' OR (a.state = 'submitted' AND (s.state = 'arrived' OR (s.state = 'received' AND s.role <> 'receive'))))
  ORDER BY s.role = 'acknowledge', s.ordinal LIMIT 1


keep_certificate() returns trigger

BEGIN
  RAISE insufficient_privilege USING MESSAGE = 'a certificate that was issued stays as it was printed';
END 

keep_follows() returns trigger

BEGIN
  RAISE insufficient_privilege USING MESSAGE = 'a case that was sent keeps what it follows';
END 

last_guidance_at(person uuid) returns timestamp with time zone

  SELECT max(g.sent_at) FROM person p JOIN member_guidance g ON g.person_id = p.id
  WHERE p.id = $1 AND ((SELECT ctx_scope()) = 'all' OR p.visible_to && (SELECT ctx_associations()))


last_login_of(person uuid) returns timestamp with time zone

  SELECT a.last_login_at FROM person p JOIN account a ON a.id = p.account_id
  WHERE p.id = $1 AND ((SELECT ctx_scope()) = 'all' OR p.visible_to && (SELECT ctx_associations()))


ledger_visibility() returns trigger

BEGIN
  UPDATE affiliation a SET association_ids = (SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(a.association_ids || n.ids) x)
  FROM (SELECT affiliation_id, array_agg(DISTINCT association_id) AS ids FROM added GROUP BY 1) n
  WHERE a.id = n.affiliation_id AND NOT a.association_ids @> n.ids;
  PERFORM refresh_person_visibility(ARRAY(SELECT DISTINCT person_id FROM added));
  RETURN NULL;
END 

licence_visibility() returns trigger

BEGIN
  NEW.visible_to := (SELECT visible_to FROM person WHERE id = NEW.person_id);
  RETURN NEW;
END 

lift_staff_factor(wanted uuid, held timestamp with time zone) returns boolean

DECLARE
  whose uuid;
  had boolean;
BEGIN
  SELECT m.account_id INTO whose FROM staff_member m
    WHERE m.id = wanted AND (ctx_scope() = 'all' OR m.association_id = ANY (ctx_associations()));
  IF whose IS NULL THEN RETURN false; END IF;
  DELETE FROM recovery_code WHERE account_id = whose;
  DELETE FROM passkey_challenge WHERE account_id = whose;
  DELETE FROM second_factor WHERE account_id = whose;
  had := FOUND;
  DELETE FROM passkey WHERE account_id = whose;
  IF NOT (had OR FOUND) THEN RETURN false; END IF;
  UPDATE account SET held_until = held, factor_lifted = true, version = version + 1 WHERE id = whose;
  RETURN true;
END


linked_case(asked uuid) returns TABLE(case_id uuid, number text, kind text, state text, association_id integer, layer integer, leg text, role text, step_state text, decided_on date)

  SELECT o.id, o.number, o.kind, o.state, s.association_id, s.layer, s.leg, s.role, s.state, s.decided_on
  FROM application o JOIN application_step s ON s.application_id = o.id
  WHERE o.id = ANY (ARRAY(
    SELECT a.follows_id FROM application a
      WHERE a.id = asked AND (ctx_scope() = 'all' OR a.person_id = ctx_person() OR a.visible_to && ctx_associations())
    UNION ALL SELECT f.id FROM application a JOIN application f ON f.follows_id = a.id AND f.state NOT IN ('rejected', 'retracted', 'cancelled')
      WHERE a.id = asked AND (ctx_scope() = 'all' OR a.person_id = ctx_person() OR a.visible_to && ctx_associations())))
  ORDER BY o.id, s.ordinal


mail_enqueue() returns trigger

BEGIN
  PERFORM graphile_worker.add_job('sendMail', json_build_object('mailId', NEW.id), job_key => 'mail:' || NEW.id,
    priority => CASE WHEN NEW.template = 'M-54' THEN 10 ELSE 0 END);
  RETURN NULL;
END 

mailing_in_use(mailing integer) returns boolean

  SELECT EXISTS (SELECT FROM mailing_choice c WHERE c.mailing_id = mailing
    AND (ctx_scope() = 'all' OR c.association_id = ANY (ctx_associations())))


member_counts_known_at(day date, known_at timestamp with time zone, associations integer[]) returns TABLE(association_id integer, members bigint)

#variable_conflict use_column
BEGIN
  RETURN QUERY EXECUTE 'SELECT e.association_id, sum(CASE coalesce(e.corrected_kind, e.kind) WHEN ''joined'' THEN 1 ELSE -1 END)::bigint
    FROM membership_event e
    WHERE ' || CASE WHEN $3 IS NULL THEN '' ELSE 'e.association_id = ANY ($3) AND ' END || 'e.effective_on <= $1 AND e.recorded_at <= $2 AND e.kind <> ''annulled''
      AND (coalesce(e.corrected_kind, e.kind) = ''joined'' OR coalesce(e.corrected_kind, e.kind) = ''left'' AND e.effective_on < $1)
      AND NOT EXISTS (SELECT FROM membership_event s WHERE s.supersedes = e.id AND s.recorded_at <= $2)
    GROUP BY e.association_id HAVING sum(CASE coalesce(e.corrected_kind, e.kind) WHEN ''joined'' THEN 1 ELSE -1 END) > 0' USING $1, $2, $3;
END 

member_counts_on(day date, associations integer[]) returns TABLE(association_id integer, members bigint)

#variable_conflict use_column
DECLARE
  this_year int := extract(year FROM $1);
  first_day date := make_date(extract(year FROM $1)::int, 1, 1);
BEGIN
  IF associations IS NULL THEN
    RETURN QUERY SELECT x.association_id, sum(x.n)::bigint FROM (
        SELECT y.association_id, y.joined - y.ended AS n FROM member_year y WHERE y.year < this_year
        UNION ALL SELECT d.association_id, d.joined - d.ended FROM member_day d WHERE d.day BETWEEN first_day AND $1
      ) x GROUP BY x.association_id HAVING sum(x.n) > 0;
  ELSE
    RETURN QUERY SELECT a.id, c.n FROM (SELECT DISTINCT unnest($2) AS id) a CROSS JOIN LATERAL (
        SELECT coalesce((SELECT sum(y.joined - y.ended) FROM member_year y WHERE y.association_id = a.id AND y.year < this_year), 0)::bigint
          + coalesce((SELECT sum(d.joined - d.ended) FROM member_day d WHERE d.association_id = a.id AND d.day BETWEEN first_day AND $1), 0)::bigint AS n
      ) c WHERE c.n > 0;
  END IF;
END 

membership_periods_then(known_at timestamp with time zone) returns TABLE(id bigint, person_id uuid, association_id integer, joined_on date, left_on date, left_reason text)

  SELECT m.id, m.person_id, m.association_id, m.joined_on, m.left_on, m.left_reason
  FROM public.membership_period m
  WHERE NOT EXISTS (SELECT FROM public.membership_event e WHERE e.person_id = m.person_id AND e.association_id = m.association_id AND e.recorded_at > known_at)
  UNION ALL
  SELECT k.event_id, k.person_id, k.association_id, k.joined_on, k.left_on,
    CASE WHEN k.left_on IS NULL THEN '' ELSE coalesce((SELECT e.reason FROM public.membership_event e
      WHERE e.person_id = k.person_id AND e.association_id = k.association_id AND e.effective_on = k.left_on AND e.kind <> 'annulled'
        AND coalesce(e.corrected_kind, e.kind) = 'left' AND e.recorded_at <= known_at
        AND NOT EXISTS (SELECT FROM public.membership_event s WHERE s.supersedes = e.id AND s.recorded_at <= known_at)
      ORDER BY e.id LIMIT 1), '') END
  FROM (SELECT DISTINCT e.person_id, e.association_id FROM public.membership_event e WHERE e.recorded_at > known_at) c
  CROSS JOIN LATERAL (SELECT f.* FROM public.membership_phases_known_at(known_at) f
    WHERE f.person_id = c.person_id AND f.association_id = c.association_id AND f.starts_on = f.joined_on OFFSET 0) k


membership_phases_known_at(known_at timestamp with time zone) returns TABLE(person_id uuid, association_id integer, affiliation_id uuid, category_id integer, facility_id uuid, starts_on date, ends_on date, joined_on date, left_on date, event_id bigint)

  WITH live AS (
    SELECT e.id, e.person_id, e.association_id, e.affiliation_id, e.effective_on, e.category_id, e.facility_id, coalesce(e.corrected_kind, e.kind) AS does
    FROM public.membership_event e
    WHERE e.recorded_at <= known_at AND e.kind <> 'annulled'
      AND NOT EXISTS (SELECT FROM public.membership_event s WHERE s.supersedes = e.id AND s.recorded_at <= known_at)
  ), ordered AS (
    SELECT l.*, count(*) FILTER (WHERE l.does = 'joined') OVER w AS stint, row_number() OVER w AS place
    FROM live l
    WINDOW w AS (PARTITION BY l.person_id, l.association_id
      ORDER BY l.effective_on, CASE l.does WHEN 'joined' THEN 0 WHEN 'left' THEN 2 ELSE 1 END, l.id ROWS UNBOUNDED PRECEDING)
  ), marked AS (
    SELECT o.*, count(o.category_id) OVER s AS category_run, count(*) FILTER (WHERE o.does IN ('joined', 'facility_changed')) OVER s AS facility_run,
      lead(o.effective_on) OVER s AS next_on, lead(o.does) OVER s AS next_does
    FROM ordered o
    WINDOW s AS (PARTITION BY o.person_id, o.association_id, o.stint ORDER BY o.place)
  ), filled AS (
    SELECT m.*,
      first_value(m.category_id) OVER (PARTITION BY m.person_id, m.association_id, m.stint, m.category_run ORDER BY m.place) AS in_category,
      first_value(m.facility_id) OVER (PARTITION BY m.person_id, m.association_id, m.stint, m.facility_run ORDER BY m.place) AS in_facility,
      min(m.effective_on) FILTER (WHERE m.does = 'joined') OVER whole AS stint_joined,
      min(m.effective_on) FILTER (WHERE m.does = 'left') OVER whole AS stint_left
    FROM marked m
    WINDOW whole AS (PARTITION BY m.person_id, m.association_id, m.stint)
  )
  SELECT f.person_id, f.association_id, f.affiliation_id, f.in_category, f.in_facility,
    f.effective_on, CASE WHEN f.next_does = 'left' THEN f.next_on ELSE f.next_on - 1 END,
    f.stint_joined, f.stint_left, f.id
  FROM filled f
  WHERE f.does <> 'left' AND (f.next_on IS NULL OR f.next_on > f.effective_on OR f.next_does = 'left')


membership_phases_then(known_at timestamp with time zone) returns TABLE(person_id uuid, association_id integer, affiliation_id uuid, category_id integer, facility_id uuid, starts_on date, ends_on date, joined_on date, left_on date)

  SELECT h.person_id, h.association_id, h.affiliation_id, h.category_id, h.facility_id, h.starts_on, h.ends_on, h.joined_on, h.left_on
  FROM public.membership_phase h
  WHERE NOT EXISTS (SELECT FROM public.membership_event e WHERE e.person_id = h.person_id AND e.association_id = h.association_id AND e.recorded_at > known_at)
  UNION ALL
  SELECT k.person_id, k.association_id, k.affiliation_id, k.category_id, k.facility_id, k.starts_on, k.ends_on, k.joined_on, k.left_on
  FROM (SELECT DISTINCT e.person_id, e.association_id FROM public.membership_event e WHERE e.recorded_at > known_at) c
  CROSS JOIN LATERAL (SELECT f.* FROM public.membership_phases_known_at(known_at) f
    WHERE f.person_id = c.person_id AND f.association_id = c.association_id OFFSET 0) k


memberships_ever(association integer) returns bigint

  SELECT coalesce(sum(y.joined), 0)::bigint FROM member_year y WHERE y.association_id = association


memo_visibility() returns trigger

BEGIN
  NEW.visible_to := CASE WHEN NEW.own_office_only THEN ARRAY[NEW.association_id]
    ELSE (SELECT visible_to FROM application WHERE id = NEW.application_id) END;
  RETURN NEW;
END 

name_account() returns trigger

BEGIN
  UPDATE account SET display_name = NEW.surname || ' ' || NEW.given_name WHERE id = NEW.account_id;
  RETURN NULL;
END 

namesake_known_to(person uuid, associations integer[]) returns boolean

  SELECT EXISTS (
    SELECT FROM person p JOIN person other ON other.birth_on = p.birth_on AND other.surname = p.surname AND other.given_name = p.given_name
      AND other.id <> p.id AND other.visible_to && associations
    WHERE p.id = person
      AND ((SELECT ctx_scope()) = 'all' OR p.id = (SELECT ctx_person()) OR p.visible_to && (SELECT ctx_associations()))
  )


notice_fits(c jsonb, day date, h membership_phase, a affiliation, f facility, p person, trainee boolean, begins_name text, begins_place text, licence integer, jma_category integer, in_jma boolean, in_lower boolean, left_for text, in_question boolean, unseen boolean, applying boolean, ending text) returns boolean

  SELECT (NOT c ? 'name' OR starts_with(p.kana_fold, begins_name) OR starts_with(p.name_fold, begins_name)
      OR starts_with(p.given_kana_fold, begins_name) OR starts_with(p.given_name_fold, begins_name))
    AND (NOT c ? 'licence' OR (c->>'licence')::int = licence)
    AND (NOT c ? 'leaving' OR h.left_on IS NOT NULL)
    AND (NOT c ? 'categories' OR c->'categories' @> to_jsonb(h.category_id))
    AND (NOT c ? 'jmaCategories' OR c->'jmaCategories' @> to_jsonb(jma_category))
    AND (NOT c ? 'jma' OR (c->>'jma')::boolean = in_jma)
    AND (NOT c ? 'lower' OR in_lower)
    AND (NOT c ? 'facility' OR starts_with(f.name_fold, begins_place))
    AND (NOT c ? 'owners' OR c->'owners' ? f.owner_type)
    AND (NOT c ? 'works' OR c->'works' ? a.work_code)
    AND (NOT c ? 'positions' OR c->'positions' ? a.position_code)
    AND (NOT c ? 'designations' OR c->'designations' ?| a.designations)
    AND (NOT c ? 'departments' OR c->'departments' ? p.main_department)
    AND (NOT c ? 'sex' OR c->>'sex' = p.sex)
    AND (NOT c ? 'ageFrom' OR p.birth_on <= day - make_interval(years => (c->>'ageFrom')::int))
    AND (NOT c ? 'ageTo' OR p.birth_on > day - make_interval(years => (c->>'ageTo')::int + 1))
    AND (NOT c ? 'schools' OR c->'schools' ? p.school_code)
    AND (NOT c ? 'graduatedFrom' OR p.graduated_on >= lpad(c->>'graduatedFrom', 4, '0') || '-01')
    AND (NOT c ? 'graduatedTo' OR p.graduated_on <= lpad(c->>'graduatedTo', 4, '0') || '-12')
    AND (NOT c ? 'joinedFrom' OR h.joined_on >= (c->>'joinedFrom')::date)
    AND (NOT c ? 'joinedTo' OR h.joined_on <= (c->>'joinedTo')::date)
    AND (NOT c ? 'leftFrom' OR h.left_on >= (c->>'leftFrom')::date)
    AND (NOT c ? 'leftTo' OR h.left_on <= (c->>'leftTo')::date)
    AND (NOT c ? 'leftReasons' OR c->'leftReasons' ? left_for)
    AND (NOT c ? 'marks' OR (
      -- rules.md 6。kernel/fee-period.ts の waivedMonthsOn と同じ
      (NOT c->'marks' ? 'waived'
        OR (day >= '2023-04-01' AND p.graduated_on BETWEEN fee_year(day) - 4 || '-03' AND fee_year(day) + 1 || '-02')
        OR (day >= '2015-04-01' AND trainee AND p.graduated_on >= CASE WHEN day < '2026-04-01' THEN fee_year(day) - 4 || '-03' ELSE '' END
          AND (p.training_ends_on IS NULL OR p.training_ends_on >= to_char(day, 'YYYY-MM'))))
      AND (NOT c->'marks' ? 'trainee' OR trainee)
      AND (NOT c->'marks' ? 'trainingEnds' OR (trainee AND p.training_ends_on <= ending))
      AND (NOT c->'marks' ? 'unregistered' OR p.account_id IS NULL)
      AND (NOT c->'marks' ? 'undelivered' OR p.mail_bounced_at IS NOT NULL)
      AND (NOT c->'marks' ? 'inQuestion' OR in_question)
      AND (NOT c->'marks' ? 'unseen' OR unseen)
      AND (NOT c->'marks' ? 'applying' OR applying)))


notice_meets_me(sender integer, condition jsonb) returns boolean

DECLARE
  day date := ctx_today();
  me uuid := ctx_person();
  begins_name text := fold_name(condition->>'name');
  begins_place text := fold_name(condition->>'facility');
  ending text := CASE WHEN condition->'marks' ? 'trainingEnds' THEN training_ends_by(day) END;
BEGIN
  RETURN EXISTS (SELECT FROM membership_phase h JOIN person p ON p.id = h.person_id
    JOIN affiliation a ON a.id = h.affiliation_id LEFT JOIN facility f ON f.id = h.facility_id LEFT JOIN member_category k ON k.id = h.category_id
    WHERE h.person_id = me AND h.association_id = sender AND h.starts_on <= day AND (h.ends_on IS NULL OR h.ends_on >= day)
      AND (NOT condition ? 'selection' OR selection_holds_me(sender, (condition->>'selection')::uuid))
      AND notice_fits(condition, day, h, a, f, p, k.trainee, begins_name, begins_place,
        CASE WHEN condition ? 'licence' THEN (SELECT l.number_value FROM person_licence l WHERE l.person_id = me AND l.current) END,
        CASE WHEN condition ? 'jmaCategories' THEN (SELECT j.category_id FROM membership_phase j WHERE j.person_id = me AND j.association_id = 0
          AND j.starts_on <= day AND (j.ends_on IS NULL OR j.ends_on >= day)) END,
        CASE WHEN condition ? 'jma' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = me AND j.association_id = 0
          AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END,
        CASE WHEN condition ? 'lower' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = me
          AND j.association_id = (condition->>'lower')::int AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END,
        CASE WHEN condition ? 'leftReasons' THEN (SELECT j.left_reason FROM membership_period j WHERE j.person_id = me
          AND j.association_id = sender AND j.joined_on = h.joined_on) END,
        CASE WHEN condition->'marks' ? 'inQuestion' THEN
          EXISTS (SELECT FROM person_licence l WHERE l.person_id = me AND l.current AND l.claimed)
          OR EXISTS (SELECT FROM licence_claim q WHERE q.claimant_id = me AND q.settled_at IS NULL)
          OR EXISTS (SELECT FROM licence_claim q WHERE q.holder_id = me AND q.settled_at IS NULL) END,
        CASE WHEN condition->'marks' ? 'unseen' THEN
          EXISTS (SELECT FROM person_licence l WHERE l.person_id = me AND l.current AND l.verified_at IS NULL) END,
        CASE WHEN condition->'marks' ? 'applying' THEN
          EXISTS (SELECT FROM application_step s WHERE s.person_id = me AND s.association_id = sender AND s.open) END, ending));
END 

notice_readers(sender integer, kind text, condition jsonb, day date, beyond uuid, most integer) returns SETOF uuid

DECLARE
  below int[];
  chosen uuid[];
  begins_name text := fold_name(condition->>'name');
  begins_place text := fold_name(condition->>'facility');
  ending text := training_ends_by(day);
BEGIN
  IF kind = 'members' THEN
    RETURN QUERY SELECT m.person_id FROM membership_period m JOIN person p ON p.id = m.person_id
      WHERE m.association_id = sender AND m.joined_on <= day AND (m.left_on IS NULL OR m.left_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR m.person_id > beyond) ORDER BY m.person_id LIMIT most;
  ELSIF kind = 'condition' THEN
    IF condition ? 'selection' THEN
      chosen := coalesce((SELECT s.person_ids FROM member_selection s WHERE s.id = (condition->>'selection')::uuid AND s.association_id = sender), '{}');
    END IF;
    RETURN QUERY SELECT h.person_id FROM membership_phase h JOIN person p ON p.id = h.person_id
      JOIN affiliation a ON a.id = h.affiliation_id LEFT JOIN facility f ON f.id = h.facility_id LEFT JOIN member_category k ON k.id = h.category_id
      WHERE h.association_id = sender AND h.starts_on <= day AND (h.ends_on IS NULL OR h.ends_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR h.person_id > beyond) AND (chosen IS NULL OR h.person_id = ANY (chosen))
        AND notice_fits(condition, day, h, a, f, p, k.trainee, begins_name, begins_place,
          CASE WHEN condition ? 'licence' THEN (SELECT l.number_value FROM person_licence l WHERE l.person_id = h.person_id AND l.current) END,
          CASE WHEN condition ? 'jmaCategories' THEN (SELECT j.category_id FROM membership_phase j WHERE j.person_id = h.person_id AND j.association_id = 0
            AND j.starts_on <= day AND (j.ends_on IS NULL OR j.ends_on >= day)) END,
          CASE WHEN condition ? 'jma' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = h.person_id AND j.association_id = 0
            AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END,
          CASE WHEN condition ? 'lower' THEN EXISTS (SELECT FROM membership_period j WHERE j.person_id = h.person_id
            AND j.association_id = (condition->>'lower')::int AND j.joined_on <= day AND (j.left_on IS NULL OR j.left_on >= day)) END,
          CASE WHEN condition ? 'leftReasons' THEN (SELECT j.left_reason FROM membership_period j WHERE j.person_id = h.person_id
            AND j.association_id = sender AND j.joined_on = h.joined_on) END,
          CASE WHEN condition->'marks' ? 'inQuestion' THEN
            EXISTS (SELECT FROM person_licence l WHERE l.person_id = h.person_id AND l.current AND l.claimed)
            OR h.person_id IN (SELECT q.claimant_id FROM licence_claim q WHERE q.settled_at IS NULL
              UNION ALL SELECT q.holder_id FROM licence_claim q WHERE q.settled_at IS NULL) END,
          CASE WHEN condition->'marks' ? 'unseen' THEN
            EXISTS (SELECT FROM person_licence l WHERE l.person_id = h.person_id AND l.current AND l.verified_at IS NULL) END,
          CASE WHEN condition->'marks' ? 'applying' THEN
            EXISTS (SELECT FROM application_step s WHERE s.person_id = h.person_id AND s.association_id = sender AND s.open) END, ending)
      ORDER BY h.person_id LIMIT most;
  ELSIF kind = 'allDoctors' THEN
    RETURN QUERY SELECT p.id FROM person p WHERE p.died_on IS NULL AND (beyond IS NULL OR p.id > beyond) ORDER BY p.id LIMIT most;
  ELSIF kind = 'lowerMembers' THEN
    below := associations_below(sender, day);
    RETURN QUERY SELECT DISTINCT m.person_id FROM membership_period m JOIN person p ON p.id = m.person_id
      WHERE m.association_id = ANY (below) AND m.joined_on <= day AND (m.left_on IS NULL OR m.left_on >= day) AND p.died_on IS NULL
        AND (beyond IS NULL OR m.person_id > beyond) ORDER BY m.person_id LIMIT most;
  END IF;
END 

notice_readers_count(sender integer, kind text, condition jsonb, day date) returns bigint

BEGIN
  IF NOT (ctx_scope() = 'all' OR sender = ANY (ctx_associations())) THEN RETURN NULL; END IF;
  IF kind IN ('lowerOffices', 'allOffices') THEN RETURN cardinality(associations_below(sender, day)); END IF;
  IF kind = 'public' THEN RETURN NULL; END IF;
  -- 全員を並べずに数える。
  IF kind = 'allDoctors' THEN RETURN (SELECT count(*) FROM person p WHERE p.died_on IS NULL); END IF;
  IF kind = 'condition' AND condition ? 'lower' AND (condition->>'lower')::int <> ALL (associations_below(sender, day)) THEN RETURN 0; END IF;
  RETURN (SELECT count(*) FROM notice_readers(sender, kind, condition, day, NULL, NULL));
END 

notice_reads(ids uuid[]) returns TABLE(notice_id uuid, reads bigint)

  SELECT n.id, CASE WHEN n.target IN ('lowerOffices', 'allOffices') THEN (SELECT count(*) FROM notice_office_read r WHERE r.notice_id = n.id)
    ELSE (SELECT count(*) FROM notice_read r WHERE r.notice_id = n.id) END
  FROM notice n WHERE n.id = ANY (ids) AND (ctx_scope() = 'all' OR n.association_id = ANY (ctx_associations())
    OR (n.origin = 'operations' AND ctx_operations()))


notice_stop_mails(wanted uuid) returns integer

  WITH stopped AS (
    UPDATE mail_message SET state = 'stopped'
    WHERE state = 'waiting' AND template = 'M-54' AND dedupe_key ~>=~ ('M-54:' || wanted || ':') AND dedupe_key ~<~ ('M-54:' || wanted || ';')
      AND EXISTS (SELECT FROM notice n WHERE n.id = wanted AND (ctx_scope() = 'all' OR n.association_id = ANY (ctx_associations())
        OR (n.origin = 'operations' AND ctx_operations())))
    RETURNING id
  ) SELECT count(*)::int FROM stopped


orphan_files(before timestamp with time zone, most integer) returns SETOF uuid

BEGIN
  RETURN QUERY EXECUTE 'SELECT f.id FROM stored_file f WHERE f.created_at < $1' || file_unused_where() || ' ORDER BY f.id LIMIT $2' USING before, most;
END 

outbox_enqueue() returns trigger

BEGIN
  PERFORM graphile_worker.add_job('react', json_build_object('outboxId', NEW.id), job_key => 'outbox:' || NEW.id);
  RETURN NULL;
END 

own_access_count(since timestamp with time zone, before timestamp with time zone) returns integer

  SELECT (SELECT count(*) FROM audit_event e
      WHERE e.association_id IS NOT NULL AND e.person_ids @> ARRAY[ctx_person()] AND e.result = 'done' AND e.at >= since AND e.at < before)::int
    + (SELECT count(*) FROM audit_event e
      WHERE e.association_id IS NULL AND e.actor_kind = 'operations' AND e.person_ids @> ARRAY[ctx_person()]
        AND e.result = 'done' AND e.at >= since AND e.at < before)::int


own_access_log(since timestamp with time zone, before timestamp with time zone, beyond bigint, most integer, backwards boolean) returns TABLE(id bigint, at timestamp with time zone, association_id integer, on_behalf_of integer, action text, purpose text)

  SELECT l.id, l.at, l.association_id, l.on_behalf_of, l.action, l.purpose FROM (
    SELECT e.* FROM audit_event e
      WHERE e.association_id IS NOT NULL AND e.person_ids @> ARRAY[ctx_person()] AND e.result = 'done' AND e.at >= since AND e.at < before
    UNION ALL
    SELECT e.* FROM audit_event e
      WHERE e.association_id IS NULL AND e.actor_kind = 'operations' AND e.person_ids @> ARRAY[ctx_person()]
        AND e.result = 'done' AND e.at >= since AND e.at < before
  ) l
  LEFT JOIN (SELECT k.at, k.id FROM audit_event k WHERE k.id = beyond AND k.person_ids @> ARRAY[ctx_person()]) b ON true
  WHERE beyond IS NULL OR CASE WHEN backwards THEN (l.at, l.id) > (b.at, b.id) ELSE (l.at, l.id) < (b.at, b.id) END
  ORDER BY CASE WHEN backwards THEN l.at END, CASE WHEN backwards THEN l.id END, l.at DESC, l.id DESC LIMIT most


period_visibility() returns trigger

BEGIN
  NEW.visible_to := (SELECT a.association_ids FROM membership_event e JOIN affiliation a ON a.id = e.affiliation_id WHERE e.id = NEW.joined_event_id);
  RETURN NEW;
END 

periods_below(person uuid, association integer) returns TABLE(joined_on date, left_on date)

  SELECT p.joined_on, p.left_on
  FROM membership_period p
  WHERE p.person_id = person
    AND EXISTS (SELECT FROM association_version v WHERE v.association_id = p.association_id AND v.parent_id = association)
    AND (ctx_scope() = 'all' OR (association = ANY (ctx_associations())
      AND EXISTS (SELECT FROM application_step s WHERE s.person_id = person AND s.association_id = association AND s.open)))
  ORDER BY p.joined_on


persons_designated(code text) returns SETOF uuid

  SELECT a.person_id FROM affiliation a WHERE a.designations @> ARRAY[code] AND a.designations <> '{}'
    AND ((SELECT ctx_scope()) = 'all' OR a.association_ids && (SELECT ctx_associations()))


persons_in_question() returns SETOF uuid

  SELECT p.id FROM person p WHERE p.id IN (SELECT c.claimant_id FROM licence_claim c WHERE c.settled_at IS NULL
      UNION SELECT c.holder_id FROM licence_claim c WHERE c.settled_at IS NULL)
    AND ((SELECT ctx_scope()) = 'all' OR p.visible_to && (SELECT ctx_associations()))


phase_visibility() returns trigger

BEGIN
  NEW.visible_to := (SELECT association_ids FROM affiliation WHERE id = NEW.affiliation_id);
  RETURN NEW;
END 

proxy_visibility() returns trigger

BEGIN
  NEW.visible_to := CASE WHEN NEW.proxy_association_id IS NULL THEN '{}' ELSE ARRAY[NEW.proxy_association_id] END;
  RETURN NEW;
END 

readdress_case(wanted uuid, source integer, target integer, settings integer, categories jsonb) returns SETOF uuid

DECLARE
  who uuid := (SELECT a.person_id FROM application a WHERE a.id = wanted);
  ids int[];
BEGIN
  IF ctx_scope() <> 'all' THEN
    RAISE EXCEPTION 'only the system readdresses a case';
  END IF;
  RETURN QUERY UPDATE application_step s SET association_id = target, settings_version = settings,
      category_id = (categories ->> s.category_id::text)::int, held_category_id = (categories ->> s.held_category_id::text)::int,
      reminder_days = coalesce((SELECT (v.settings ->> 'reminderDays')::int FROM association_settings v
        WHERE v.association_id = target AND v.version = readdress_case.settings), 7)
    WHERE s.application_id = wanted AND s.association_id = source AND s.open AND s.state IN ('waiting', 'arrived', 'received', 'returned')
    RETURNING s.id;
  IF FOUND THEN
    UPDATE office_memo m SET visible_to = ARRAY(SELECT DISTINCT x FROM unnest(m.visible_to || target) x ORDER BY x)
      WHERE m.application_id = wanted AND m.own_office_only AND source = ANY (m.visible_to);
  END IF;
  SELECT array_agg(x ORDER BY x) INTO ids FROM (
    SELECT s.association_id FROM application_step s WHERE s.application_id = wanted
    UNION SELECT p.proxy_association_id FROM application p WHERE p.id = wanted AND p.proxy_association_id IS NOT NULL) u (x);
  UPDATE application_step SET visible_to = ids WHERE application_id = wanted;
  UPDATE application SET visible_to = ids WHERE id = wanted;
  UPDATE document SET visible_to = ids WHERE application_id = wanted;
  UPDATE paper_original SET visible_to = ids WHERE application_id = wanted;
  UPDATE application_form SET visible_to = ids WHERE application_id = wanted;
  UPDATE application_action SET visible_to = ids WHERE application_id = wanted;
  UPDATE review_message SET visible_to = ids WHERE application_id = wanted;
  UPDATE office_memo SET visible_to = ids WHERE application_id = wanted AND NOT own_office_only;
  UPDATE affiliation f SET pending_ids = coalesce((SELECT array_agg(DISTINCT x ORDER BY x) FROM application a CROSS JOIN unnest(a.visible_to) x
      WHERE a.affiliation_id = f.id AND a.state IN ('submitted', 'returned')), '{}')
    WHERE f.person_id = who;
  PERFORM refresh_person_visibility(ARRAY[who]);
END 

recount_members() returns void

  DELETE FROM member_day;
  DELETE FROM member_year;
  INSERT INTO member_day (association_id, day, joined, ended)
    SELECT association_id, day, sum(j), sum(e)
    FROM (SELECT association_id, joined_on AS day, 1 AS j, 0 AS e FROM membership_period
      UNION ALL SELECT association_id, left_on + 1, 0, 1 FROM membership_period WHERE left_on IS NOT NULL) x
    GROUP BY 1, 2 ORDER BY 1, 2;
  INSERT INTO member_year (association_id, year, joined, ended)
    SELECT association_id, extract(year FROM day)::int, sum(joined), sum(ended) FROM member_day GROUP BY 1, 2 ORDER BY 1, 2;


refresh_person_visibility(persons uuid[]) returns void

  UPDATE person p SET visible_to = v.ids
  FROM (
    SELECT t.id, coalesce((SELECT array_agg(DISTINCT a ORDER BY a) FROM (
        SELECT e.association_id AS a FROM membership_event e WHERE e.person_id = t.id
        UNION SELECT s.association_id FROM application_step s WHERE s.person_id = t.id AND s.open
      ) x), '{}') AS ids
    FROM unnest(persons) AS t(id)
  ) v
  WHERE p.id = v.id AND p.visible_to IS DISTINCT FROM v.ids


resume_clocks() returns trigger

BEGIN
  UPDATE application_step s
  SET paused_days = s.paused_days + greatest(0, (NEW.updated_at AT TIME ZONE 'Asia/Tokyo')::date - (OLD.returned_at AT TIME ZONE 'Asia/Tokyo')::date)
  WHERE s.application_id = NEW.id AND s.open AND s.reached_on IS NOT NULL AND s.state IN ('arrived', 'received', 'returned');
  RETURN NULL;
END 

revise_association(wanted integer, new_kind text, new_prefecture text, new_certainty text) returns void

BEGIN
  IF NOT (ctx_scope() = 'all' OR 0 = ANY (ctx_associations())) THEN
    RAISE EXCEPTION 'only the JMA and the system revise an association';
  END IF;
  UPDATE association a SET kind = coalesce(new_kind, a.kind), prefecture_code = coalesce(new_prefecture, a.prefecture_code),
    certainty = coalesce(new_certainty, a.certainty) WHERE a.id = wanted;
END 

selection_holds_me(sender integer, wanted uuid) returns boolean

  SELECT EXISTS (SELECT FROM member_selection s WHERE s.id = wanted AND s.association_id = sender AND ctx_person() = ANY (s.person_ids))


staff_factors(wanted integer) returns TABLE(staff_id uuid)

  SELECT m.id FROM staff_member m
  WHERE m.association_id = wanted AND (ctx_scope() = 'all' OR wanted = ANY (ctx_associations()))
    AND (EXISTS (SELECT FROM second_factor f WHERE f.account_id = m.account_id AND f.confirmed_at IS NOT NULL)
      OR EXISTS (SELECT FROM passkey k WHERE k.account_id = m.account_id))


staff_logins(wanted integer) returns TABLE(staff_id uuid, login_id text, mail text, usable boolean, last_login_at timestamp with time zone, open_sessions bigint)

  SELECT m.id, a.login_id, a.mail, a.state = 'active', a.last_login_at,
    (SELECT count(*) FROM session s WHERE s.staff_id = m.id AND s.expires_at > now())
  FROM staff_member m JOIN account a ON a.id = m.account_id
  WHERE m.association_id = wanted AND (ctx_scope() = 'all' OR wanted = ANY (ctx_associations()))


step_acknowledged() returns trigger

BEGIN
  UPDATE application_step SET open = NEW.state = 'arrived'
    WHERE id = NEW.id AND open IS DISTINCT FROM (NEW.state = 'arrived')
      AND NOT EXISTS (SELECT FROM application a WHERE a.id = NEW.application_id AND a.state IN ('submitted', 'returned'));
  IF FOUND THEN PERFORM refresh_person_visibility(ARRAY[NEW.person_id]); END IF;
  RETURN NULL;
END 

step_clock() returns trigger

BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.reminder_days := coalesce((SELECT (v.settings ->> 'reminderDays')::int FROM association_settings v
      WHERE v.association_id = NEW.association_id AND v.version = NEW.settings_version), 7);
  ELSIF NEW.arrived_at IS NULL
    OR (NEW.arrived_at IS DISTINCT FROM OLD.arrived_at AND OLD.state IN ('approved', 'rejected', 'acknowledged', 'skipped')) THEN
    NEW.reached_on := NULL;
    NEW.paused_days := 0;
  END IF;
  NEW.reached_on := coalesce(NEW.reached_on, (NEW.arrived_at AT TIME ZONE 'Asia/Tokyo')::date);
  RETURN NEW;
END 

step_visibility() returns trigger

DECLARE
  a uuid;
  ids int[];
BEGIN
  FOR a IN SELECT DISTINCT application_id FROM added LOOP
    SELECT array_agg(x ORDER BY x) INTO ids FROM (
      SELECT s.association_id FROM application_step s WHERE s.application_id = a
      UNION SELECT p.proxy_association_id FROM application p WHERE p.id = a AND p.proxy_association_id IS NOT NULL) u (x);
    UPDATE application_step SET visible_to = ids WHERE application_id = a;
    UPDATE application SET visible_to = ids WHERE id = a;
    UPDATE document SET visible_to = ids WHERE application_id = a;
    UPDATE affiliation SET pending_ids = ids WHERE id = (SELECT affiliation_id FROM application WHERE id = a);
    UPDATE review_message SET visible_to = ids WHERE application_id = a;
    UPDATE application_action SET visible_to = ids WHERE application_id = a;
  END LOOP;
  PERFORM refresh_person_visibility(ARRAY(SELECT DISTINCT person_id FROM added));
  RETURN NULL;
END 

training_ends_by(day date) returns text

  SELECT to_char(day + coalesce((SELECT s.value FROM system_setting s WHERE s.name = 'trainingNoticeDays'), 60) + 1 - interval '1 month', 'YYYY-MM')


-- grants

account: INSERT, SELECT, UPDATE

account_link: INSERT, SELECT, UPDATE

account_preference: INSERT, SELECT, UPDATE

affiliation: INSERT, SELECT

application: DELETE, INSERT, SELECT

application_action: INSERT, SELECT

application_form: INSERT, SELECT

application_step: INSERT, SELECT

association: INSERT, SELECT

association_batch: INSERT, SELECT

association_breach_mail: INSERT, SELECT

association_change: INSERT, SELECT

association_closing: INSERT, SELECT

association_field: INSERT, SELECT

association_first_admin: INSERT, SELECT

association_info: INSERT, SELECT

association_mailing: DELETE, INSERT, SELECT

association_move: INSERT, SELECT

association_opening: INSERT, SELECT

association_opening_withdrawal: INSERT, SELECT

association_request: INSERT, SELECT

association_seal: INSERT, SELECT

association_settings: INSERT, SELECT

association_settings_withdrawal: INSERT, SELECT

association_version: INSERT, SELECT

audit_chain_check: INSERT, SELECT, UPDATE

audit_check: INSERT, SELECT

audit_event: SELECT

audit_head: SELECT

bulk_result: INSERT, SELECT

bulk_row: INSERT, SELECT

bulk_run: INSERT, SELECT

case_assignment: INSERT, SELECT, UPDATE

code_value: INSERT, SELECT

data_export: INSERT, SELECT

data_export_event: INSERT, SELECT

data_export_ids: INSERT, SELECT

document: DELETE, INSERT, SELECT

facility: INSERT, SELECT, UPDATE

facility_change: INSERT, SELECT

facility_proposal: INSERT, SELECT

faq_entry: INSERT, SELECT

first_steps_hidden: DELETE, INSERT, SELECT

idempotency: DELETE, INSERT, SELECT

inquiry: INSERT, SELECT

inquiry_file: INSERT, SELECT

inquiry_message: INSERT, SELECT

inquiry_pass: INSERT, SELECT

licence_claim: INSERT, SELECT

login_letter: INSERT, SELECT

mail_change: DELETE, INSERT, SELECT, UPDATE

mail_message: INSERT, SELECT

mailing_choice: DELETE, INSERT, SELECT

mailing_preference: INSERT, SELECT

member_category: INSERT, SELECT

member_field_value: INSERT, SELECT

member_guidance: INSERT, SELECT

member_memo: INSERT, SELECT

member_notification: INSERT, SELECT

member_selection: DELETE, INSERT, SELECT

membership_certificate: INSERT, SELECT

membership_event: INSERT, SELECT

membership_period: DELETE, INSERT, SELECT

membership_phase: DELETE, INSERT, SELECT

network_place: DELETE, INSERT, SELECT

notice: INSERT, SELECT

notice_account_read: INSERT, SELECT

notice_category: INSERT, SELECT

notice_file: INSERT, SELECT

notice_office_read: INSERT, SELECT

notice_read: INSERT, SELECT

office_mail_choice: INSERT, SELECT, UPDATE

office_mail_digest: INSERT, SELECT

office_memo: INSERT, SELECT

office_task: INSERT, SELECT

outbox: INSERT, SELECT

paper_form: INSERT, SELECT

paper_original: DELETE, INSERT, SELECT

passkey: DELETE, INSERT, SELECT

passkey_challenge: DELETE, INSERT, SELECT, UPDATE

person: INSERT, SELECT

person_licence: INSERT, SELECT

profile_change: INSERT, SELECT

profile_change_paper: INSERT, SELECT

profile_draft: DELETE, INSERT, SELECT, UPDATE

recovery_code: DELETE, INSERT, SELECT, UPDATE

registration: INSERT, SELECT, UPDATE

review_message: INSERT, SELECT

saved_view: DELETE, INSERT, SELECT

second_factor: DELETE, INSERT, SELECT, UPDATE

service_notice: INSERT, SELECT

session: DELETE, INSERT, SELECT, UPDATE

staff_invitation: INSERT, SELECT

staff_member: INSERT, SELECT

step_reminder: INSERT, SELECT

stored_file: DELETE, INSERT, SELECT

system_setting: DELETE, INSERT, SELECT, UPDATE

terms_consent: INSERT, SELECT

terms_version: INSERT, SELECT

training_notice: INSERT, SELECT

usual_time: DELETE, INSERT, SELECT
