CREATE TABLE accounts (
	id INTEGER NOT NULL, 
	name VARCHAR(50) NOT NULL, 
	person VARCHAR, 
	administrator BOOLEAN NOT NULL, 
	shut BOOLEAN NOT NULL, 
	password VARCHAR(200), 
	version INTEGER NOT NULL, issuer VARCHAR(500), subject VARCHAR(255), 
	CONSTRAINT pk_accounts PRIMARY KEY (id), 
	CONSTRAINT fk_accounts_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT uq_accounts_name UNIQUE (name), 
	CONSTRAINT uq_accounts_person UNIQUE (person)
);
CREATE TABLE act_payloads (
	act CHAR(32) NOT NULL, 
	salt BLOB NOT NULL, 
	payload JSON NOT NULL, 
	CONSTRAINT pk_act_payloads PRIMARY KEY (act), 
	CONSTRAINT fk_act_payloads_act FOREIGN KEY(act) REFERENCES acts (id)
);
CREATE TABLE acts ( id CHAR(32) NOT NULL, campaign VARCHAR NOT NULL, seq INTEGER NOT NULL, previous VARCHAR(64) NOT NULL, digest VARCHAR(64) NOT NULL, kind VARCHAR(40) NOT NULL, actor VARCHAR(64) NOT NULL, behalf VARCHAR(64), at DATETIME NOT NULL, command CHAR(32), lines JSON NOT NULL, payload_digest VARCHAR(64) NOT NULL, many INTEGER DEFAULT '0' NOT NULL, trace JSON, CONSTRAINT pk_acts PRIMARY KEY (id), CONSTRAINT fk_acts_campaign FOREIGN KEY(campaign) REFERENCES chains (campaign), CONSTRAINT uq_acts_campaign_previous UNIQUE (campaign, previous), CONSTRAINT uq_acts_campaign_seq UNIQUE (campaign, seq), CONSTRAINT uq_acts_command UNIQUE (command) );
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0057');
CREATE TABLE api_tokens (
	id CHAR(32) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	prefix VARCHAR(16) NOT NULL, 
	account INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	scopes JSON NOT NULL, 
	campaign VARCHAR(64), 
	made_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	seen_at DATETIME, 
	CONSTRAINT pk_api_tokens PRIMARY KEY (id), 
	CONSTRAINT fk_api_tokens_account FOREIGN KEY(account) REFERENCES accounts (id), 
	CONSTRAINT uq_api_tokens_digest UNIQUE (digest)
);
CREATE TABLE appointments (
	id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	office VARCHAR(32) NOT NULL, 
	department VARCHAR, 
	starts DATE NOT NULL, 
	ends DATE, version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_appointments PRIMARY KEY (id), 
	CONSTRAINT ck_appointments_in_order CHECK (ends IS NULL OR ends > starts), 
	CONSTRAINT fk_appointments_department FOREIGN KEY(department) REFERENCES departments (code), 
	CONSTRAINT fk_appointments_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT uq_appointments_person_office_department_starts UNIQUE (person, office, department, starts), 
	CONSTRAINT ck_appointments_office CHECK (office IN ('director', 'deputy_director', 'union_chair', 'department_head', 'department_secretary', 'records_clerk', 'auditor', 'recipient'))
);
CREATE TABLE "attachments" (
	id CHAR(32) NOT NULL, 
	holder VARCHAR(32) NOT NULL, 
	"key" VARCHAR(80) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	media_type VARCHAR(100) NOT NULL, 
	size INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	added_by VARCHAR NOT NULL, 
	added_at DATETIME NOT NULL, 
	voided_by VARCHAR, 
	voided_at DATETIME, 
	CONSTRAINT pk_attachments PRIMARY KEY (id), 
	CONSTRAINT fk_attachments_added_by FOREIGN KEY(added_by) REFERENCES people (id), 
	CONSTRAINT ck_attachments_not_empty CHECK (size > 0), 
	CONSTRAINT ck_attachments_voided_by_somebody CHECK ((voided_at IS NULL) = (voided_by IS NULL)), 
	CONSTRAINT fk_attachments_voided_by FOREIGN KEY(voided_by) REFERENCES people (id), 
	CONSTRAINT ck_attachments_holderkind CHECK (holder IN ('line', 'session', 'case', 'decision'))
);
CREATE TABLE ballots_cast (
	session VARCHAR NOT NULL, 
	round INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_ballots_cast PRIMARY KEY (session, round, person), 
	CONSTRAINT fk_ballots_cast_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT fk_ballots_cast_session_round FOREIGN KEY(session, round) REFERENCES voting_rounds (session, number)
);
CREATE TABLE bloc_results (
	year INTEGER NOT NULL, 
	rank INTEGER NOT NULL, 
	units INTEGER NOT NULL, 
	papers JSON NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_bloc_results PRIMARY KEY (year), 
	CONSTRAINT ck_bloc_results_ranked_among_units CHECK (rank >= 1 AND rank <= units), 
	CONSTRAINT fk_bloc_results_year_scorecards FOREIGN KEY(year) REFERENCES scorecards (year)
);
CREATE TABLE board_entries (
	session VARCHAR NOT NULL, 
	round INTEGER NOT NULL, 
	line CHAR(32) NOT NULL, 
	code VARCHAR(24) NOT NULL, 
	choice VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_board_entries PRIMARY KEY (session, round, line, code), 
	CONSTRAINT fk_board_entries_session_round_line FOREIGN KEY(session, round, line) REFERENCES round_lines (session, round, line), 
	CONSTRAINT ck_board_entries_choice CHECK (choice IN ('yes', 'nay', 'nil'))
);
CREATE TABLE calendar_feeds (
	person VARCHAR NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_calendar_feeds PRIMARY KEY (person), 
	CONSTRAINT fk_calendar_feeds_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT uq_calendar_feeds_digest UNIQUE (digest)
);
CREATE TABLE calendar_overrides (
	day DATE NOT NULL, 
	working BOOLEAN NOT NULL, 
	reason TEXT NOT NULL, 
	source TEXT NOT NULL, version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_calendar_overrides PRIMARY KEY (day)
);
CREATE TABLE campaigns (
	id VARCHAR(64) NOT NULL, 
	title VARCHAR(500) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	year INTEGER NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	"plan" JSON NOT NULL, 
	packs JSON NOT NULL, 
	signed_by_director VARCHAR, 
	signed_by_union VARCHAR, 
	pact_signed_at DATETIME, 
	launched_at DATETIME, 
	launched_by VARCHAR, 
	suspended_at DATETIME, 
	closed_at DATETIME, 
	version INTEGER NOT NULL, own_days JSON DEFAULT '{}' NOT NULL, drafted_by VARCHAR(64), draft_key VARCHAR(200), draft_fingerprint VARCHAR(64), archived_on DATE, archived_with TEXT, 
	CONSTRAINT pk_campaigns PRIMARY KEY (id), 
	CONSTRAINT ck_campaigns_suspended_since CHECK ((state = 'suspended') = (suspended_at IS NOT NULL)), 
	CONSTRAINT ck_campaigns_pact_before_launch CHECK (state IN ('draft', 'pending_union', 'cancelled') OR pact_signed_at IS NOT NULL), 
	CONSTRAINT ck_campaigns_launched_by_somebody CHECK (state NOT IN ('running', 'suspended', 'closed') OR (launched_at IS NOT NULL AND launched_by IS NOT NULL)), 
	CONSTRAINT fk_campaigns_launched_by FOREIGN KEY(launched_by) REFERENCES people (id), 
	CONSTRAINT fk_campaigns_signed_by_director FOREIGN KEY(signed_by_director) REFERENCES people (id), 
	CONSTRAINT fk_campaigns_signed_by_union FOREIGN KEY(signed_by_union) REFERENCES people (id), 
	CONSTRAINT ck_campaigns_campaignstate CHECK (state IN ('draft', 'pending_union', 'pact_signed', 'running', 'suspended', 'closed', 'cancelled'))
);
CREATE TABLE case_authors (
	"case" CHAR(32) NOT NULL, 
	person VARCHAR NOT NULL, 
	share INTEGER NOT NULL, 
	CONSTRAINT pk_case_authors PRIMARY KEY ("case", person), 
	CONSTRAINT ck_case_authors_of_a_whole CHECK (share BETWEEN 1 AND 100), 
	CONSTRAINT fk_case_authors_case FOREIGN KEY("case") REFERENCES cases (id), 
	CONSTRAINT fk_case_authors_person FOREIGN KEY(person) REFERENCES people (id)
);
CREATE TABLE case_opinions (
	"case" CHAR(32) NOT NULL, 
	person VARCHAR NOT NULL, 
	agrees BOOLEAN NOT NULL, 
	score INTEGER, 
	opinion TEXT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_case_opinions PRIMARY KEY ("case", person), 
	CONSTRAINT ck_case_opinions_a_score CHECK (score IS NULL OR score BETWEEN 0 AND 100), 
	CONSTRAINT fk_case_opinions_case FOREIGN KEY("case") REFERENCES cases (id), 
	CONSTRAINT fk_case_opinions_person FOREIGN KEY(person) REFERENCES people (id)
);
CREATE TABLE "cases" (
	id CHAR(32) NOT NULL, 
	campaign VARCHAR NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	matter TEXT NOT NULL, 
	line CHAR(32), 
	event_on DATE, 
	recorded_by VARCHAR NOT NULL, 
	denouncer TEXT, 
	filed_at DATETIME, 
	report TEXT, 
	founded BOOLEAN, 
	conclusion TEXT, 
	ended_at DATETIME, 
	version INTEGER NOT NULL, 
	subject_kind VARCHAR(32), 
	subject VARCHAR(64), 
	award VARCHAR(32), 
	basis JSON, 
	documents JSON DEFAULT '[]' NOT NULL, 
	counts_for INTEGER, 
	certificate INTEGER, stepped_on DATE, extended INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_cases PRIMARY KEY (id), 
	CONSTRAINT fk_cases_line FOREIGN KEY(line) REFERENCES nominations (id), 
	CONSTRAINT ck_cases_resolved_either_way CHECK ((state = 'resolved') = (founded IS NOT NULL)), 
	CONSTRAINT ck_cases_filed CHECK ((state = 'draft') = (filed_at IS NULL)), 
	CONSTRAINT ck_cases_denouncer_of_one CHECK (denouncer IS NULL OR kind = 'denunciation'), 
	CONSTRAINT fk_cases_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id), 
	CONSTRAINT fk_cases_recorded_by FOREIGN KEY(recorded_by) REFERENCES people (id), 
	CONSTRAINT ck_cases_casekind CHECK (kind IN ('petition', 'complaint', 'denunciation', 'rescission', 'initiative', 'ad_hoc')), 
	CONSTRAINT ck_cases_casestate CHECK (state IN ('draft', 'filed', 'not_accepted', 'accepted', 'reported', 'resolved', 'returned', 'polled', 'recognised', 'not_recognised', 'certified', 'withdrawn')), 
	CONSTRAINT ck_cases_ended_when_over CHECK ((state IN ('not_accepted', 'resolved', 'withdrawn', 'certified', 'not_recognised')) = (ended_at IS NOT NULL)), 
	CONSTRAINT ck_cases_subject_kind CHECK (subject_kind IN ('individual', 'collective')), 
	CONSTRAINT ck_cases_award_for_somebody CHECK ((kind = 'ad_hoc') = (award IS NOT NULL) AND (award IS NULL) = (basis IS NULL) AND (award IS NULL) = (subject IS NULL) AND (award IS NULL) = (subject_kind IS NULL)), 
	CONSTRAINT ck_cases_certified_by_number CHECK ((state = 'certified') = (certificate IS NOT NULL) AND (certificate IS NULL) = (counts_for IS NULL)), 
	CONSTRAINT uq_cases_counts_for_certificate UNIQUE (counts_for, certificate)
);
CREATE TABLE chains ( campaign VARCHAR NOT NULL, seq INTEGER NOT NULL, digest VARCHAR(64) NOT NULL, told JSON DEFAULT '[]' NOT NULL, CONSTRAINT pk_chains PRIMARY KEY (campaign) );
INSERT INTO "chains" VALUES('@office',0,'0000000000000000000000000000000000000000000000000000000000000000','[]');
CREATE TABLE commands (
	seq INTEGER NOT NULL, 
	id CHAR(32) NOT NULL, 
	campaign VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	behalf VARCHAR, 
	kind VARCHAR(40) NOT NULL, 
	target VARCHAR(150) NOT NULL, 
	phase VARCHAR(70), 
	department VARCHAR(32), 
	window VARCHAR(32), 
	payload JSON NOT NULL, 
	idempotency_key VARCHAR(200) NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	received_at DATETIME NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	tries INTEGER NOT NULL, 
	ended_at DATETIME, 
	answer JSON, 
	refusals JSON, delegation VARCHAR CONSTRAINT fk_commands_delegation REFERENCES delegations (id), start JSON DEFAULT '[]' NOT NULL, wake JSON DEFAULT '[]' NOT NULL, spent JSON DEFAULT '[]' NOT NULL, followed_up BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_commands PRIMARY KEY (seq), 
	CONSTRAINT ck_commands_refused_with_reasons CHECK ((state IN ('refused', 'discarded')) = (refusals IS NOT NULL)), 
	CONSTRAINT ck_commands_ended_when_ended CHECK ((state IN ('applied', 'refused', 'discarded')) = (ended_at IS NOT NULL)), 
	CONSTRAINT fk_commands_actor FOREIGN KEY(actor) REFERENCES people (id), 
	CONSTRAINT fk_commands_behalf FOREIGN KEY(behalf) REFERENCES people (id), 
	CONSTRAINT fk_commands_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id), 
	CONSTRAINT uq_commands_actor_idempotency_key UNIQUE (actor, idempotency_key), 
	CONSTRAINT uq_commands_id UNIQUE (id), 
	CONSTRAINT ck_commands_commandstate CHECK (state IN ('received', 'applied', 'refused', 'stuck', 'failed', 'discarded'))
);
CREATE TABLE comments (
	id CHAR(32) NOT NULL, 
	phase VARCHAR NOT NULL, 
	line CHAR(32), 
	author VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_comments PRIMARY KEY (id), 
	CONSTRAINT fk_comments_author FOREIGN KEY(author) REFERENCES people (id), 
	CONSTRAINT fk_comments_line FOREIGN KEY(line) REFERENCES nominations (id), 
	CONSTRAINT fk_comments_phase FOREIGN KEY(phase) REFERENCES phases (id)
);
CREATE TABLE "council_seats" (
	id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	seat VARCHAR(32) NOT NULL, 
	starts DATE NOT NULL, 
	ends DATE, 
	formation VARCHAR(200), 
	council VARCHAR(32) DEFAULT 'emulation' NOT NULL, version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_council_seats PRIMARY KEY (id), 
	CONSTRAINT fk_council_seats_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT ck_council_seats_seat CHECK (seat IN ('chair', 'vice_chair', 'member', 'secretary')), 
	CONSTRAINT ck_council_seats_in_order CHECK (ends IS NULL OR ends > starts), 
	CONSTRAINT ck_council_seats_council CHECK (council IN ('emulation', 'initiative')), 
	CONSTRAINT uq_council_seats_council_person_starts UNIQUE (council, person, starts)
);
CREATE TABLE council_sessions (
	id VARCHAR(80) NOT NULL, 
	campaign VARCHAR NOT NULL, 
	phase VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	meets_at DATETIME NOT NULL, 
	place VARCHAR(200) NOT NULL, 
	opened_at DATETIME, 
	counted_at DATETIME, 
	minutes TEXT, 
	signed_by_chair VARCHAR, 
	signed_by_secretary VARCHAR, judged_by JSON, 
	CONSTRAINT pk_council_sessions PRIMARY KEY (id), 
	CONSTRAINT ck_council_sessions_concluded_by_signed_minutes CHECK (state <> 'concluded' OR (minutes IS NOT NULL AND signed_by_chair IS NOT NULL AND signed_by_secretary IS NOT NULL)), 
	CONSTRAINT fk_council_sessions_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id), 
	CONSTRAINT fk_council_sessions_phase FOREIGN KEY(phase) REFERENCES phases (id), 
	CONSTRAINT fk_council_sessions_signed_by_chair FOREIGN KEY(signed_by_chair) REFERENCES people (id), 
	CONSTRAINT fk_council_sessions_signed_by_secretary FOREIGN KEY(signed_by_secretary) REFERENCES people (id), 
	CONSTRAINT uq_council_sessions_phase_number UNIQUE (phase, number), 
	CONSTRAINT ck_council_sessions_sessionstate CHECK (state IN ('convened', 'voting', 'counted', 'concluded', 'adjourned'))
);
CREATE TABLE deadlines (
	owner VARCHAR(150) NOT NULL, 
	name VARCHAR(32) NOT NULL, 
	campaign VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	opens_at DATETIME, 
	due_at DATETIME NOT NULL, 
	original_due_at DATETIME NOT NULL, 
	period_end DATE, 
	closed_at DATETIME, 
	CONSTRAINT pk_deadlines PRIMARY KEY (owner, name), 
	CONSTRAINT ck_deadlines_versions_from_one CHECK (version >= 1), 
	CONSTRAINT fk_deadlines_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id)
);
CREATE TABLE decision_lines (
	decision VARCHAR NOT NULL, 
	line CHAR(32) NOT NULL, 
	outcome VARCHAR(32), 
	reason TEXT, 
	forwarded_at DATETIME, 
	answered_at DATETIME, answered_on DATE, posting INTEGER, 
	CONSTRAINT pk_decision_lines PRIMARY KEY (decision, line), 
	CONSTRAINT fk_decision_lines_decision FOREIGN KEY(decision) REFERENCES decisions (id), 
	CONSTRAINT fk_decision_lines_line FOREIGN KEY(line) REFERENCES nominations (id), 
	CONSTRAINT ck_decision_lines_linestate CHECK (outcome IN ('nominated', 'eligible', 'ineligible', 'on_ballot', 'council_passed', 'council_failed', 'council_downgraded', 'deferred', 'director_approved', 'director_declined', 'returned_to_council', 'awarded', 'forwarded_upward', 'superior_awarded', 'superior_declined', 'superior_returned', 'withdrawn', 'on_hold', 'revoked', 'declined_by_awardee'))
);
CREATE TABLE decisions (
	id VARCHAR(80) NOT NULL, 
	campaign VARCHAR NOT NULL, 
	phase VARCHAR NOT NULL, 
	ordinal INTEGER NOT NULL, 
	session VARCHAR, 
	state VARCHAR(32) NOT NULL, 
	decided_by VARCHAR, 
	decided_at DATETIME, 
	series VARCHAR(32), 
	number INTEGER, 
	number_year INTEGER, 
	issued_at DATETIME, behalf VARCHAR CONSTRAINT fk_decisions_behalf REFERENCES people (id), delegation VARCHAR CONSTRAINT fk_decisions_delegation REFERENCES delegations (id), capacity VARCHAR CONSTRAINT ck_decisions_capacity CHECK (capacity IN ('signed_for', 'by_order', 'by_authorisation')) CONSTRAINT ck_decisions_signed_in_a_capacity CHECK ((capacity IS NULL) = (behalf IS NULL)), amends VARCHAR CONSTRAINT fk_decisions_amends REFERENCES decisions (id), kind VARCHAR(32) DEFAULT 'award' NOT NULL CONSTRAINT ck_decisions_decisionkind CHECK (kind IN ('award', 'correction', 'rescission')) CONSTRAINT ck_decisions_amends_another CHECK ((kind = 'award') = (amends IS NULL)), content JSON, head_seq INTEGER, head_digest VARCHAR(64), 
	CONSTRAINT pk_decisions PRIMARY KEY (id), 
	CONSTRAINT ck_decisions_decided_by_somebody CHECK (state IN ('pending', 'returned') OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)), 
	CONSTRAINT ck_decisions_numbered_before_issue CHECK (state NOT IN ('numbered', 'issued', 'rescinded') OR (number IS NOT NULL AND number_year IS NOT NULL AND series IS NOT NULL)), 
	CONSTRAINT fk_decisions_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id), 
	CONSTRAINT fk_decisions_decided_by FOREIGN KEY(decided_by) REFERENCES people (id), 
	CONSTRAINT fk_decisions_phase FOREIGN KEY(phase) REFERENCES phases (id), 
	CONSTRAINT fk_decisions_session FOREIGN KEY(session) REFERENCES council_sessions (id), 
	CONSTRAINT uq_decisions_phase_ordinal UNIQUE (phase, ordinal), 
	CONSTRAINT uq_decisions_series_number_year_number UNIQUE (series, number_year, number), 
	CONSTRAINT ck_decisions_decisionstate CHECK (state IN ('pending', 'decided', 'numbered', 'issued', 'returned', 'rescinded'))
);
CREATE TABLE delegations (
	id VARCHAR(80) NOT NULL, 
	campaign VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	given_by VARCHAR NOT NULL, 
	given_at DATETIME NOT NULL, 
	delegate VARCHAR NOT NULL, 
	capacity VARCHAR(32) NOT NULL, 
	acts JSON NOT NULL, 
	starts DATE NOT NULL, 
	ends DATE NOT NULL, 
	basis TEXT NOT NULL, 
	revoked_at DATETIME, 
	revoked_because TEXT, 
	CONSTRAINT pk_delegations PRIMARY KEY (id), 
	CONSTRAINT ck_delegations_revoked_with_why CHECK ((revoked_at IS NULL) = (revoked_because IS NULL)), 
	CONSTRAINT ck_delegations_in_order CHECK (ends > starts), 
	CONSTRAINT ck_delegations_to_somebody_else CHECK (given_by <> delegate), 
	CONSTRAINT fk_delegations_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id), 
	CONSTRAINT fk_delegations_delegate FOREIGN KEY(delegate) REFERENCES people (id), 
	CONSTRAINT fk_delegations_given_by FOREIGN KEY(given_by) REFERENCES people (id), 
	CONSTRAINT uq_delegations_campaign_number UNIQUE (campaign, number), 
	CONSTRAINT ck_delegations_capacity CHECK (capacity IN ('signed_for', 'by_order', 'by_authorisation'))
);
CREATE TABLE deliveries (
	id INTEGER NOT NULL, 
	notice INTEGER NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	"key" VARCHAR(40) NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	cause VARCHAR(32), 
	due_at DATETIME NOT NULL, 
	tries INTEGER NOT NULL, 
	unsure INTEGER NOT NULL, 
	claim CHAR(32), 
	claimed_until DATETIME, 
	first_at DATETIME, 
	ended_at DATETIME, 
	status INTEGER, 
	letter VARCHAR(40), 
	CONSTRAINT pk_deliveries PRIMARY KEY (id), 
	CONSTRAINT ck_deliveries_claimed_while_sending CHECK ((state = 'sending') = (claim IS NOT NULL) AND (state = 'sending') = (claimed_until IS NOT NULL)), 
	CONSTRAINT ck_deliveries_ended_when_ended CHECK ((state IN ('held', 'waiting', 'sending')) = (ended_at IS NULL)), 
	CONSTRAINT ck_deliveries_not_sent_for_a_cause CHECK ((state IN ('failed', 'bounced', 'obsolete', 'discarded')) = (cause IS NOT NULL)), 
	CONSTRAINT fk_deliveries_notice FOREIGN KEY(notice) REFERENCES notices (id), 
	CONSTRAINT uq_deliveries_key UNIQUE ("key"), 
	CONSTRAINT uq_deliveries_notice_channel UNIQUE (notice, channel), 
	CONSTRAINT ck_deliveries_channel CHECK (channel IN ('email', 'webhook')), 
	CONSTRAINT ck_deliveries_deliverystate CHECK (state IN ('held', 'waiting', 'sending', 'sent', 'failed', 'bounced', 'obsolete', 'discarded')), 
	CONSTRAINT ck_deliveries_cause CHECK (cause IN ('no_address', 'bad_address', 'refused', 'no_such_address', 'returned', 'too_often', 'over', 'out_of_office', 'not_wanted', 'by_hand'))
);
CREATE TABLE departments (
	code VARCHAR(32) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	collective BOOLEAN NOT NULL, 
	secretariat BOOLEAN NOT NULL, 
	starts DATE NOT NULL, 
	ends DATE, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_departments PRIMARY KEY (code)
);
CREATE TABLE disciplines (
	id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	level VARCHAR(32) NOT NULL, 
	decided_on DATE NOT NULL, 
	ends_on DATE, version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_disciplines PRIMARY KEY (id), 
	CONSTRAINT fk_disciplines_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT uq_disciplines_person_level_decided_on UNIQUE (person, level, decided_on)
);
CREATE TABLE dissents (
	session VARCHAR NOT NULL, 
	line CHAR(32) NOT NULL, 
	person VARCHAR NOT NULL, 
	opinion TEXT NOT NULL, 
	CONSTRAINT pk_dissents PRIMARY KEY (session, line, person), 
	CONSTRAINT fk_dissents_line FOREIGN KEY(line) REFERENCES nominations (id), 
	CONSTRAINT fk_dissents_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT fk_dissents_session FOREIGN KEY(session) REFERENCES council_sessions (id)
);
CREATE TABLE drafts (
	phase VARCHAR(70) NOT NULL, 
	department VARCHAR(32) NOT NULL, 
	content JSON NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_drafts PRIMARY KEY (phase, department), 
	CONSTRAINT fk_drafts_department FOREIGN KEY(department) REFERENCES departments (code), 
	CONSTRAINT fk_drafts_phase FOREIGN KEY(phase) REFERENCES phases (id)
);
CREATE TABLE file_signatures (
	file CHAR(32) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	signer VARCHAR(200) NOT NULL, 
	issuer VARCHAR(200) NOT NULL, 
	signed_at DATETIME, 
	fault VARCHAR(32), 
	certificates JSON NOT NULL, 
	CONSTRAINT pk_file_signatures PRIMARY KEY (file, ordinal), 
	CONSTRAINT fk_file_signatures_file_attachments FOREIGN KEY(file) REFERENCES attachments (id), 
	CONSTRAINT ck_file_signatures_signaturefault CHECK (fault IN ('altered', 'added_to', 'unsupported', 'untrusted', 'out_of_date', 'unfit'))
);
CREATE TABLE ladder_steps (
	owner VARCHAR(150) NOT NULL, 
	name VARCHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	code VARCHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	"to" JSON NOT NULL, 
	ended_at DATETIME, 
	notices INTEGER, overdue BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_ladder_steps PRIMARY KEY (owner, name, version, code)
);
CREATE TABLE leases (
	name VARCHAR(32) NOT NULL, 
	holder VARCHAR(64) NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_leases PRIMARY KEY (name)
);
CREATE TABLE leaves (
	id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	starts DATE NOT NULL, 
	ends DATE, 
	result VARCHAR(32), version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_leaves PRIMARY KEY (id), 
	CONSTRAINT ck_leaves_in_order CHECK (ends IS NULL OR ends > starts), 
	CONSTRAINT fk_leaves_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT uq_leaves_person_starts UNIQUE (person, starts)
);
CREATE TABLE letter_wishes (
	person VARCHAR NOT NULL, 
	daily BOOLEAN NOT NULL, 
	only_needed BOOLEAN NOT NULL, 
	CONSTRAINT pk_letter_wishes PRIMARY KEY (person), 
	CONSTRAINT fk_letter_wishes_person FOREIGN KEY(person) REFERENCES people (id)
);
CREATE TABLE letterheads (
	id INTEGER NOT NULL, 
	parent VARCHAR(200) NOT NULL, 
	place VARCHAR(100) NOT NULL, 
	symbol VARCHAR(24) NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_letterheads PRIMARY KEY (id), 
	CONSTRAINT ck_letterheads_one_letterhead CHECK (id = 1)
);
CREATE TABLE list_headings (
	department VARCHAR(32) NOT NULL, 
	list VARCHAR(32) NOT NULL, 
	meant JSON NOT NULL, 
	CONSTRAINT pk_list_headings PRIMARY KEY (department, list), 
	CONSTRAINT fk_list_headings_department FOREIGN KEY(department) REFERENCES departments (code)
);
CREATE TABLE nomination_moves (
	line CHAR(32) NOT NULL, 
	n INTEGER NOT NULL, 
	from_state VARCHAR(32), 
	to_state VARCHAR(32) NOT NULL, 
	act CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	reason TEXT, refusals JSON, 
	CONSTRAINT pk_nomination_moves PRIMARY KEY (line, n), 
	CONSTRAINT fk_nomination_moves_act FOREIGN KEY(act) REFERENCES acts (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT ck_nomination_moves_from_state CHECK (from_state IN ('nominated', 'eligible', 'ineligible', 'on_ballot', 'council_passed', 'council_failed', 'council_downgraded', 'deferred', 'director_approved', 'director_declined', 'returned_to_council', 'awarded', 'forwarded_upward', 'superior_awarded', 'superior_declined', 'superior_returned', 'withdrawn', 'on_hold', 'revoked', 'declined_by_awardee')), 
	CONSTRAINT ck_nomination_moves_linestate CHECK (to_state IN ('nominated', 'eligible', 'ineligible', 'on_ballot', 'council_passed', 'council_failed', 'council_downgraded', 'deferred', 'director_approved', 'director_declined', 'returned_to_council', 'awarded', 'forwarded_upward', 'superior_awarded', 'superior_declined', 'superior_returned', 'withdrawn', 'on_hold', 'revoked', 'declined_by_awardee'))
);
CREATE TABLE nominations (
	id CHAR(32) NOT NULL, 
	campaign VARCHAR NOT NULL, 
	phase VARCHAR NOT NULL, 
	department VARCHAR NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	subject VARCHAR(64) NOT NULL, 
	title VARCHAR(32) NOT NULL, 
	period VARCHAR(70) NOT NULL, 
	achieved_from DATE NOT NULL, 
	achieved_to DATE NOT NULL, 
	evidence JSON NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	held_from VARCHAR(32), 
	moves INTEGER NOT NULL, commendation_type VARCHAR(32) DEFAULT 'merit' NOT NULL CONSTRAINT ck_nominations_commendationtype CHECK (commendation_type IN ('merit', 'ad_hoc', 'thematic')), secret BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_nominations PRIMARY KEY (id), 
	CONSTRAINT ck_nominations_held CHECK ((state = 'on_hold') = (held_from IS NOT NULL)), 
	CONSTRAINT fk_nominations_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id), 
	CONSTRAINT fk_nominations_department FOREIGN KEY(department) REFERENCES departments (code), 
	CONSTRAINT fk_nominations_phase FOREIGN KEY(phase) REFERENCES phases (id), 
	CONSTRAINT ck_nominations_subjectkind CHECK (kind IN ('individual', 'collective')), 
	CONSTRAINT ck_nominations_linestate CHECK (state IN ('nominated', 'eligible', 'ineligible', 'on_ballot', 'council_passed', 'council_failed', 'council_downgraded', 'deferred', 'director_approved', 'director_declined', 'returned_to_council', 'awarded', 'forwarded_upward', 'superior_awarded', 'superior_declined', 'superior_returned', 'withdrawn', 'on_hold', 'revoked', 'declined_by_awardee')), 
	CONSTRAINT ck_nominations_held_from CHECK (held_from IN ('nominated', 'eligible', 'ineligible', 'on_ballot', 'council_passed', 'council_failed', 'council_downgraded', 'deferred', 'director_approved', 'director_declined', 'returned_to_council', 'awarded', 'forwarded_upward', 'superior_awarded', 'superior_declined', 'superior_returned', 'withdrawn', 'on_hold', 'revoked', 'declined_by_awardee'))
);
CREATE TABLE notices ( id INTEGER NOT NULL, campaign VARCHAR NOT NULL, task VARCHAR(200) NOT NULL, kind VARCHAR(40) NOT NULL, step VARCHAR(40) NOT NULL, version INTEGER NOT NULL, recipient VARCHAR NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, at DATETIME NOT NULL, read_at DATETIME, planned_at DATETIME, CONSTRAINT pk_notices PRIMARY KEY (id), CONSTRAINT fk_notices_campaign FOREIGN KEY(campaign) REFERENCES chains (campaign), CONSTRAINT fk_notices_recipient FOREIGN KEY(recipient) REFERENCES people (id), CONSTRAINT uq_notices_task_kind_step_version_recipient UNIQUE (task, kind, step, version, recipient) );
CREATE TABLE one_time_codes (
	account INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	ends_at DATETIME NOT NULL, made_by VARCHAR(64), half VARCHAR(64), 
	CONSTRAINT pk_one_time_codes PRIMARY KEY (account), 
	CONSTRAINT fk_one_time_codes_account FOREIGN KEY(account) REFERENCES accounts (id), 
	CONSTRAINT uq_one_time_codes_digest UNIQUE (digest)
);
CREATE TABLE opinions (
	id CHAR(32) NOT NULL, 
	phase VARCHAR NOT NULL, 
	department VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_opinions PRIMARY KEY (id), 
	CONSTRAINT fk_opinions_author FOREIGN KEY(author) REFERENCES people (id), 
	CONSTRAINT fk_opinions_department FOREIGN KEY(department) REFERENCES departments (code), 
	CONSTRAINT fk_opinions_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT fk_opinions_phase FOREIGN KEY(phase) REFERENCES phases (id)
);
CREATE TABLE outbox_channels (
	channel VARCHAR(32) NOT NULL, 
	since DATETIME NOT NULL, 
	away_since DATETIME, 
	failures INTEGER NOT NULL, 
	resume_at DATETIME, 
	trouble VARCHAR(40), 
	last_at DATETIME, 
	CONSTRAINT pk_outbox_channels PRIMARY KEY (channel), 
	CONSTRAINT ck_outbox_channels_channel CHECK (channel IN ('email', 'webhook'))
);
CREATE TABLE outbox_holds (
	scope VARCHAR(64) NOT NULL, 
	since DATETIME NOT NULL, 
	held_by VARCHAR NOT NULL, 
	CONSTRAINT pk_outbox_holds PRIMARY KEY (scope), 
	CONSTRAINT fk_outbox_holds_held_by FOREIGN KEY(held_by) REFERENCES people (id)
);
CREATE TABLE paper_counts (
	session VARCHAR NOT NULL, 
	round INTEGER NOT NULL, 
	line CHAR(32) NOT NULL, 
	teller VARCHAR NOT NULL, 
	issued INTEGER NOT NULL, 
	collected INTEGER NOT NULL, 
	valid INTEGER NOT NULL, 
	invalid INTEGER NOT NULL, 
	yes INTEGER, 
	no INTEGER, 
	blank INTEGER, 
	carried BOOLEAN, 
	CONSTRAINT pk_paper_counts PRIMARY KEY (session, round, line, teller), 
	CONSTRAINT ck_paper_counts_figures_or_outcome CHECK ((carried IS NULL AND yes IS NOT NULL AND no IS NOT NULL AND blank IS NOT NULL AND yes + no + blank = valid) OR (carried IS NOT NULL AND yes IS NULL AND no IS NULL AND blank IS NULL)), 
	CONSTRAINT ck_paper_counts_adds_up CHECK (collected <= issued AND valid + invalid = collected AND valid >= 0 AND invalid >= 0), 
	CONSTRAINT fk_paper_counts_session_round_line FOREIGN KEY(session, round, line) REFERENCES round_lines (session, round, line), 
	CONSTRAINT fk_paper_counts_teller FOREIGN KEY(teller) REFERENCES people (id)
);
CREATE TABLE "past_awards" (
	id INTEGER NOT NULL, 
	person VARCHAR, 
	title VARCHAR(32) NOT NULL, 
	called VARCHAR(200) NOT NULL, 
	year INTEGER NOT NULL, 
	number VARCHAR(64) NOT NULL, 
	decided_on DATE NOT NULL, 
	decided_by VARCHAR(200) NOT NULL, 
	version INTEGER NOT NULL, 
	department VARCHAR, 
	CONSTRAINT pk_past_awards PRIMARY KEY (id), 
	CONSTRAINT uq_past_awards_person_title_year UNIQUE (person, title, year), 
	CONSTRAINT fk_past_awards_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT fk_past_awards_department_departments FOREIGN KEY(department) REFERENCES departments (code), 
	CONSTRAINT uq_past_awards_department_title_year UNIQUE (department, title, year), 
	CONSTRAINT ck_past_awards_of_one_subject CHECK ((person IS NULL) <> (department IS NULL))
);
CREATE TABLE people (
	id VARCHAR(64) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	sort_key VARCHAR(400) NOT NULL, 
	search_key VARCHAR(400) NOT NULL, 
	email VARCHAR(200), 
	version INTEGER NOT NULL, died_on DATE, born_on DATE, 
	CONSTRAINT pk_people PRIMARY KEY (id)
);
CREATE TABLE phases (
	id VARCHAR(70) NOT NULL, 
	campaign VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	final BOOLEAN NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	period_start DATE NOT NULL, 
	period_end DATE NOT NULL, 
	pack VARCHAR(16) NOT NULL, 
	titles JSON NOT NULL, 
	round INTEGER NOT NULL, 
	opened_at DATETIME, 
	closed_at DATETIME, 
	CONSTRAINT pk_phases PRIMARY KEY (id), 
	CONSTRAINT fk_phases_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id), 
	CONSTRAINT uq_phases_campaign_number UNIQUE (campaign, number), 
	CONSTRAINT ck_phases_phasestate CHECK (state IN ('planned', 'registration_open', 'running', 'department_review', 'submission_window', 'appraisal', 'public_notice', 'council_review', 'director_review', 'decided', 'closed', 'cancelled'))
);
CREATE TABLE "postings" (
	decision VARCHAR(80) NOT NULL, 
	posted_on DATE NOT NULL, 
	place TEXT NOT NULL, 
	on_view_until DATE NOT NULL, 
	taken_down_on DATE, 
	number INTEGER NOT NULL, 
	CONSTRAINT pk_postings PRIMARY KEY (decision, number), 
	CONSTRAINT ck_postings_on_view_for_a_time CHECK (on_view_until >= posted_on), 
	CONSTRAINT fk_postings_decision_decisions FOREIGN KEY(decision) REFERENCES decisions (id), 
	CONSTRAINT ck_postings_on_view_long_enough CHECK (taken_down_on IS NULL OR taken_down_on > on_view_until)
);
CREATE TABLE proposals (
	id INTEGER NOT NULL, 
	about VARCHAR(32) NOT NULL, 
	"key" VARCHAR(64), 
	verb VARCHAR(16) NOT NULL, 
	said JSON NOT NULL, 
	version INTEGER, 
	posts JSON NOT NULL, 
	person VARCHAR, 
	proposed_by VARCHAR NOT NULL, 
	proposed_at DATETIME NOT NULL, 
	outcome VARCHAR(32), 
	ended_by VARCHAR, 
	ended_at DATETIME, 
	reason TEXT, due_at DATETIME, next_at DATETIME, 
	CONSTRAINT pk_proposals PRIMARY KEY (id), 
	CONSTRAINT ck_proposals_ended_with_an_outcome CHECK ((outcome IS NULL) = (ended_at IS NULL)), 
	CONSTRAINT ck_proposals_two_people CHECK (outcome <> 'confirmed' OR ended_by <> proposed_by), 
	CONSTRAINT fk_proposals_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT fk_proposals_proposed_by FOREIGN KEY(proposed_by) REFERENCES people (id), 
	CONSTRAINT fk_proposals_ended_by FOREIGN KEY(ended_by) REFERENCES people (id), 
	CONSTRAINT ck_proposals_proposalend CHECK (outcome IN ('confirmed', 'declined', 'withdrawn', 'lapsed'))
);
CREATE TABLE ratings (
	kind VARCHAR(32) NOT NULL, 
	subject VARCHAR(64) NOT NULL, 
	year INTEGER NOT NULL, 
	level VARCHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_ratings PRIMARY KEY (kind, subject, year), 
	CONSTRAINT ck_ratings_subjectkind CHECK (kind IN ('individual', 'collective'))
);
CREATE TABLE recognitions (
	id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	year INTEGER NOT NULL, 
	scope VARCHAR(32) NOT NULL, version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_recognitions PRIMARY KEY (id), 
	CONSTRAINT fk_recognitions_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT uq_recognitions_person_kind_year UNIQUE (person, kind, year)
);
CREATE TABLE recusals (
	session VARCHAR NOT NULL, 
	line CHAR(32) NOT NULL, 
	person VARCHAR NOT NULL, 
	reason TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_recusals PRIMARY KEY (session, line, person), 
	CONSTRAINT fk_recusals_line FOREIGN KEY(line) REFERENCES nominations (id), 
	CONSTRAINT fk_recusals_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT fk_recusals_session FOREIGN KEY(session) REFERENCES council_sessions (id)
);
CREATE TABLE "registrations" (
	id CHAR(32) NOT NULL, 
	campaign VARCHAR NOT NULL, 
	department VARCHAR NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	subject VARCHAR(64) NOT NULL, 
	title VARCHAR(32) NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_registrations PRIMARY KEY (id), 
	CONSTRAINT ck_registrations_subjectkind CHECK (kind IN ('individual', 'collective')), 
	CONSTRAINT fk_registrations_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id), 
	CONSTRAINT fk_registrations_department FOREIGN KEY(department) REFERENCES departments (code), 
	CONSTRAINT ck_registrations_registrationstate CHECK (state IN ('registered', 'amended', 'withdrawn', 'lapsed'))
);
CREATE TABLE reports (
	id CHAR(32) NOT NULL, 
	campaign VARCHAR NOT NULL, 
	phase VARCHAR, 
	kind VARCHAR(16) NOT NULL, 
	version INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	content JSON NOT NULL, 
	CONSTRAINT pk_reports PRIMARY KEY (id), 
	CONSTRAINT fk_reports_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id), 
	CONSTRAINT fk_reports_phase FOREIGN KEY(phase) REFERENCES phases (id), 
	CONSTRAINT uq_reports_campaign_kind_phase_version UNIQUE (campaign, kind, phase, version)
);
CREATE TABLE round_lines (
	session VARCHAR NOT NULL, 
	round INTEGER NOT NULL, 
	line CHAR(32) NOT NULL, 
	method VARCHAR(32) NOT NULL, 
	threshold VARCHAR(32) NOT NULL, 
	electors INTEGER NOT NULL, 
	recused JSON NOT NULL, 
	ballots INTEGER, 
	yes INTEGER, 
	no INTEGER, 
	blank INTEGER, 
	masked BOOLEAN NOT NULL, 
	carried BOOLEAN, 
	voided_at DATETIME, 
	void_reason TEXT, flagged JSON DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_round_lines PRIMARY KEY (session, round, line), 
	CONSTRAINT ck_round_lines_counted_whole CHECK ((yes IS NULL) = (no IS NULL) AND (yes IS NULL) = (blank IS NULL)), 
	CONSTRAINT ck_round_lines_masked_without_figures CHECK (NOT masked OR yes IS NULL), 
	CONSTRAINT ck_round_lines_void_without_outcome CHECK (voided_at IS NULL OR (carried IS NULL AND void_reason IS NOT NULL)), 
	CONSTRAINT ck_round_lines_not_negative CHECK (yes IS NULL OR (yes >= 0 AND no >= 0 AND blank >= 0)), 
	CONSTRAINT fk_round_lines_line FOREIGN KEY(line) REFERENCES nominations (id), 
	CONSTRAINT fk_round_lines_session_round FOREIGN KEY(session, round) REFERENCES voting_rounds (session, number), 
	CONSTRAINT ck_round_lines_method CHECK (method IN ('hands', 'sheets', 'paper'))
);
CREATE TABLE scorecards (
	year INTEGER NOT NULL, 
	bloc VARCHAR(200) NOT NULL, 
	criteria JSON NOT NULL, 
	confirmed_by VARCHAR, 
	confirmed_at DATETIME, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_scorecards PRIMARY KEY (year), 
	CONSTRAINT ck_scorecards_confirmed_by_somebody CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)), 
	CONSTRAINT fk_scorecards_confirmed_by_people FOREIGN KEY(confirmed_by) REFERENCES people (id)
);
CREATE TABLE sealed_sheets (
	id CHAR(32) NOT NULL, 
	session VARCHAR NOT NULL, 
	round INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_sealed_sheets PRIMARY KEY (id), 
	CONSTRAINT fk_sealed_sheets_session_round FOREIGN KEY(session, round) REFERENCES voting_rounds (session, number)
);
CREATE TABLE service_spans (
	id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	department VARCHAR, 
	agency VARCHAR(200), 
	starts DATE NOT NULL, 
	ends DATE, version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_service_spans PRIMARY KEY (id), 
	CONSTRAINT ck_service_spans_here_or_elsewhere CHECK ((department IS NULL) <> (agency IS NULL)), 
	CONSTRAINT ck_service_spans_in_order CHECK (ends IS NULL OR ends > starts), 
	CONSTRAINT fk_service_spans_department FOREIGN KEY(department) REFERENCES departments (code), 
	CONSTRAINT fk_service_spans_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT uq_service_spans_person_starts UNIQUE (person, starts)
);
CREATE TABLE session_lines (
	session VARCHAR NOT NULL, 
	line CHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	yes INTEGER, 
	no INTEGER, 
	blank INTEGER, 
	chair_yes BOOLEAN, 
	outcome VARCHAR(32), 
	reason TEXT, chosen BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_session_lines PRIMARY KEY (session, line), 
	CONSTRAINT ck_session_lines_counted_whole CHECK ((yes IS NULL) = (no IS NULL) AND (yes IS NULL) = (blank IS NULL)), 
	CONSTRAINT ck_session_lines_not_negative CHECK (yes IS NULL OR (yes >= 0 AND no >= 0 AND blank >= 0)), 
	CONSTRAINT fk_session_lines_line FOREIGN KEY(line) REFERENCES nominations (id), 
	CONSTRAINT fk_session_lines_session FOREIGN KEY(session) REFERENCES council_sessions (id), 
	CONSTRAINT ck_session_lines_linestate CHECK (outcome IN ('nominated', 'eligible', 'ineligible', 'on_ballot', 'council_passed', 'council_failed', 'council_downgraded', 'deferred', 'director_approved', 'director_declined', 'returned_to_council', 'awarded', 'forwarded_upward', 'superior_awarded', 'superior_declined', 'superior_returned', 'withdrawn', 'on_hold', 'revoked', 'declined_by_awardee'))
);
CREATE TABLE session_members (
	session VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	seat VARCHAR(32) NOT NULL, 
	confirmed BOOLEAN, 
	present BOOLEAN, 
	CONSTRAINT pk_session_members PRIMARY KEY (session, person), 
	CONSTRAINT fk_session_members_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT fk_session_members_session FOREIGN KEY(session) REFERENCES council_sessions (id), 
	CONSTRAINT ck_session_members_seat CHECK (seat IN ('chair', 'vice_chair', 'member', 'secretary'))
);
CREATE TABLE sign_in_tries (
	"key" VARCHAR(8) NOT NULL, 
	many INTEGER NOT NULL, 
	ends_at DATETIME NOT NULL, 
	CONSTRAINT pk_sign_in_tries PRIMARY KEY ("key")
);
CREATE TABLE "signed_papers" (
	id CHAR(32) NOT NULL, 
	decision VARCHAR, 
	file CHAR(32) NOT NULL, 
	number INTEGER, 
	number_year INTEGER, 
	series VARCHAR(32), 
	signed_on DATE, 
	signed_by VARCHAR(200), 
	awarded INTEGER, 
	recorded_by VARCHAR NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	settled_by VARCHAR, 
	settled_at DATETIME, 
	outcome VARCHAR(32), 
	reason TEXT, 
	session VARCHAR, 
	sitting INTEGER, 
	met_on DATE, 
	present INTEGER, 
	figures JSON, 
	CONSTRAINT pk_signed_papers PRIMARY KEY (id), 
	CONSTRAINT fk_signed_papers_decision_decisions FOREIGN KEY(decision) REFERENCES decisions (id), 
	CONSTRAINT uq_signed_papers_decision_file UNIQUE (decision, file), 
	CONSTRAINT ck_signed_papers_settled_by_somebody CHECK ((settled_at IS NULL) = (settled_by IS NULL)), 
	CONSTRAINT fk_signed_papers_file_attachments FOREIGN KEY(file) REFERENCES attachments (id), 
	CONSTRAINT fk_signed_papers_settled_by_people FOREIGN KEY(settled_by) REFERENCES people (id), 
	CONSTRAINT ck_signed_papers_settled_with_why CHECK ((outcome IS NULL) = (reason IS NULL)), 
	CONSTRAINT ck_signed_papers_paperoutcome CHECK (outcome IN ('paper_wrong', 'record_mended')), 
	CONSTRAINT fk_signed_papers_recorded_by_people FOREIGN KEY(recorded_by) REFERENCES people (id), 
	CONSTRAINT fk_signed_papers_session_council_sessions FOREIGN KEY(session) REFERENCES council_sessions (id), 
	CONSTRAINT uq_signed_papers_session_file UNIQUE (session, file), 
	CONSTRAINT ck_signed_papers_of_one_thing CHECK ((decision IS NULL) <> (session IS NULL))
);
CREATE TABLE stepped_clock (
	id INTEGER NOT NULL, 
	moment DATETIME NOT NULL, 
	CONSTRAINT pk_stepped_clock PRIMARY KEY (id), 
	CONSTRAINT ck_stepped_clock_only_one CHECK (id = 1)
);
CREATE TABLE submissions (
	phase VARCHAR(70) NOT NULL, 
	department VARCHAR(32) NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	launched_at DATETIME, 
	peer_review JSON, 
	submitted_at DATETIME, 
	submitted_by VARCHAR, 
	received_at DATETIME, 
	rounds INTEGER NOT NULL, 
	flagged JSON, 
	late_reason TEXT, 
	CONSTRAINT pk_submissions PRIMARY KEY (phase, department), 
	CONSTRAINT ck_submissions_flagged_while_returned CHECK ((state = 'returned_for_supplement') = (flagged IS NOT NULL)), 
	CONSTRAINT ck_submissions_received_once CHECK (state NOT IN ('received', 'returned_for_supplement', 'resubmitted', 'appraised') OR received_at IS NOT NULL), 
	CONSTRAINT ck_submissions_submitted_by_somebody CHECK (state NOT IN ('submitted', 'received', 'returned_for_supplement', 'resubmitted', 'appraised') OR (submitted_by IS NOT NULL AND submitted_at IS NOT NULL)), 
	CONSTRAINT fk_submissions_department FOREIGN KEY(department) REFERENCES departments (code), 
	CONSTRAINT fk_submissions_phase FOREIGN KEY(phase) REFERENCES phases (id), 
	CONSTRAINT fk_submissions_submitted_by FOREIGN KEY(submitted_by) REFERENCES people (id), 
	CONSTRAINT ck_submissions_submissionstate CHECK (state IN ('not_started', 'peer_reviewed', 'submitted', 'recalled', 'received', 'returned_for_supplement', 'resubmitted', 'appraised', 'nil_return', 'overdue', 'late_requested', 'late_accepted', 'late_refused', 'closed'))
);
CREATE TABLE tellers (
	session VARCHAR NOT NULL, 
	round INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	attested_at DATETIME, 
	CONSTRAINT pk_tellers PRIMARY KEY (session, round, person), 
	CONSTRAINT fk_tellers_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT fk_tellers_session_round FOREIGN KEY(session, round) REFERENCES voting_rounds (session, number)
);
CREATE TABLE told_apart (
	one VARCHAR NOT NULL, 
	other VARCHAR NOT NULL, 
	CONSTRAINT pk_told_apart PRIMARY KEY (one, other), 
	CONSTRAINT ck_told_apart_in_order CHECK (one < other), 
	CONSTRAINT fk_told_apart_one FOREIGN KEY(one) REFERENCES people (id), 
	CONSTRAINT fk_told_apart_other FOREIGN KEY(other) REFERENCES people (id)
);
CREATE TABLE trusted_certificates (
	fingerprint VARCHAR(64) NOT NULL, 
	content BLOB NOT NULL, 
	put_by VARCHAR NOT NULL, 
	put_at DATETIME NOT NULL, 
	CONSTRAINT pk_trusted_certificates PRIMARY KEY (fingerprint), 
	CONSTRAINT fk_trusted_certificates_put_by_people FOREIGN KEY(put_by) REFERENCES people (id)
);
CREATE TABLE user_sessions (
	id CHAR(32) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	account INTEGER, 
	person VARCHAR, 
	agent VARCHAR(200) NOT NULL, 
	began_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	confirmed_at DATETIME, 
	CONSTRAINT pk_user_sessions PRIMARY KEY (id), 
	CONSTRAINT ck_user_sessions_of_one CHECK ((account IS NULL) <> (person IS NULL)), 
	CONSTRAINT fk_user_sessions_account FOREIGN KEY(account) REFERENCES accounts (id), 
	CONSTRAINT fk_user_sessions_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT uq_user_sessions_digest UNIQUE (digest)
);
CREATE TABLE voting_rounds (
	session VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	roll JSON NOT NULL, 
	present JSON NOT NULL, 
	public_key BLOB, 
	opened_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	counted_by CHAR(32), 
	CONSTRAINT pk_voting_rounds PRIMARY KEY (session, number), 
	CONSTRAINT fk_voting_rounds_session FOREIGN KEY(session) REFERENCES council_sessions (id)
);
CREATE TABLE windows (
	phase VARCHAR(70) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	department VARCHAR(32) NOT NULL, 
	opens_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	own BOOLEAN NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_windows PRIMARY KEY (phase, kind, department), 
	CONSTRAINT ck_windows_in_order CHECK (due_at > opens_at), 
	CONSTRAINT fk_windows_department FOREIGN KEY(department) REFERENCES departments (code), 
	CONSTRAINT fk_windows_phase FOREIGN KEY(phase) REFERENCES phases (id), 
	CONSTRAINT ck_windows_windowstate CHECK (state IN ('planned', 'open', 'closing', 'closed'))
);
CREATE TABLE word_layouts (
	kind VARCHAR(16) NOT NULL, 
	content BLOB NOT NULL, 
	put_by VARCHAR NOT NULL, 
	put_at DATETIME NOT NULL, 
	CONSTRAINT pk_word_layouts PRIMARY KEY (kind), 
	CONSTRAINT fk_word_layouts_put_by_people FOREIGN KEY(put_by) REFERENCES people (id)
);
CREATE INDEX ix_people_sort_key ON people (sort_key);
CREATE INDEX ix_appointments_person ON appointments (person);
CREATE INDEX ix_disciplines_person ON disciplines (person);
CREATE INDEX ix_leaves_person ON leaves (person);
CREATE INDEX ix_recognitions_person ON recognitions (person);
CREATE INDEX ix_service_spans_department ON service_spans (department);
CREATE INDEX ix_service_spans_person ON service_spans (person);
CREATE INDEX ix_commands_waiting ON commands (target, seq) WHERE state = 'received';
CREATE INDEX ix_notices_campaign ON notices (campaign);
CREATE INDEX ix_notices_recipient ON notices (recipient);
CREATE INDEX ix_nominations_campaign ON nominations (campaign);
CREATE UNIQUE INDEX uq_nominations_live ON nominations (kind, subject, title, period) WHERE state NOT IN ('council_downgraded', 'council_failed', 'declined_by_awardee', 'director_declined', 'ineligible', 'revoked', 'superior_declined', 'withdrawn');
CREATE TRIGGER acts_no_delete BEFORE DELETE ON acts BEGIN SELECT RAISE(ABORT, 'acts are only added'); END;
CREATE TRIGGER nomination_moves_no_update BEFORE UPDATE ON nomination_moves BEGIN SELECT RAISE(ABORT, 'nomination_moves are only added'); END;
CREATE TRIGGER nomination_moves_no_delete BEFORE DELETE ON nomination_moves BEGIN SELECT RAISE(ABORT, 'nomination_moves are only added'); END;
CREATE TRIGGER nominations_no_delete BEFORE DELETE ON nominations BEGIN SELECT RAISE(ABORT, 'nominations are not deleted'); END;
CREATE TRIGGER nominations_created BEFORE INSERT ON nominations WHEN NOT (NEW.moves = 1 AND EXISTS (
    SELECT 1 FROM nomination_moves AS m
    WHERE m.line = NEW.id AND m.n = NEW.moves AND m.to_state = NEW.state
 AND m.from_state IS NULL)) BEGIN SELECT RAISE(ABORT, 'only a move changes the state of a line'); END;
CREATE TRIGGER nominations_moved BEFORE UPDATE OF state, moves, held_from ON nominations WHEN NOT (
    NEW.moves = OLD.moves + 1
    AND EXISTS (
    SELECT 1 FROM nomination_moves AS m
    WHERE m.line = NEW.id AND m.n = NEW.moves AND m.to_state = NEW.state
 AND m.from_state = OLD.state)
) BEGIN SELECT RAISE(ABORT, 'only a move changes the state of a line'); END;
CREATE INDEX ix_delegations_delegate ON delegations (delegate);
CREATE TRIGGER board_entries_no_update BEFORE UPDATE ON board_entries BEGIN SELECT RAISE(ABORT, 'board_entries are only added'); END;
CREATE TRIGGER board_entries_no_delete BEFORE DELETE ON board_entries BEGIN SELECT RAISE(ABORT, 'board_entries are only added'); END;
CREATE TRIGGER ballots_cast_no_update BEFORE UPDATE ON ballots_cast BEGIN SELECT RAISE(ABORT, 'ballots_cast are only added'); END;
CREATE TRIGGER ballots_cast_no_delete BEFORE DELETE ON ballots_cast BEGIN SELECT RAISE(ABORT, 'ballots_cast are only added'); END;
CREATE UNIQUE INDEX uq_cases_rescission ON cases (line) WHERE kind = 'rescission' AND state NOT IN ('not_accepted', 'resolved', 'withdrawn') AND state <> 'draft';
CREATE INDEX ix_cases_line ON cases (line);
CREATE INDEX ix_cases_campaign ON cases (campaign);
CREATE INDEX ix_case_authors_person ON case_authors (person);
CREATE INDEX ix_opinions_phase ON opinions (phase);
CREATE UNIQUE INDEX uq_registrations_live ON registrations (campaign, kind, subject, title) WHERE state NOT IN ('lapsed', 'withdrawn');
CREATE TRIGGER campaigns_state AFTER UPDATE OF state ON campaigns WHEN OLD.state <> NEW.state AND (OLD.state || ' > ' || NEW.state) NOT IN ('draft > cancelled', 'draft > pending_union', 'pending_union > cancelled', 'pending_union > pact_signed', 'pact_signed > cancelled', 'pact_signed > running', 'running > cancelled', 'running > closed', 'running > suspended', 'suspended > cancelled', 'suspended > running', 'closed > running') BEGIN SELECT RAISE(ABORT, 'campaigns do not go from that state to this one'); END;
CREATE TRIGGER phases_state AFTER UPDATE OF state ON phases WHEN OLD.state <> NEW.state AND (OLD.state || ' > ' || NEW.state) NOT IN ('planned > cancelled', 'planned > registration_open', 'planned > running', 'registration_open > cancelled', 'registration_open > running', 'running > cancelled', 'running > department_review', 'department_review > cancelled', 'department_review > submission_window', 'submission_window > appraisal', 'submission_window > cancelled', 'appraisal > cancelled', 'appraisal > decided', 'appraisal > public_notice', 'public_notice > cancelled', 'public_notice > council_review', 'council_review > cancelled', 'council_review > decided', 'council_review > director_review', 'director_review > cancelled', 'director_review > council_review', 'director_review > decided', 'decided > cancelled', 'decided > closed', 'decided > council_review', 'decided > director_review', 'closed > council_review', 'closed > director_review') BEGIN SELECT RAISE(ABORT, 'phases do not go from that state to this one'); END;
CREATE TRIGGER windows_state AFTER UPDATE OF state ON windows WHEN OLD.state <> NEW.state AND (OLD.state || ' > ' || NEW.state) NOT IN ('open > closed', 'open > closing', 'closing > closed', 'closing > open', 'closed > open') BEGIN SELECT RAISE(ABORT, 'windows do not go from that state to this one'); END;
CREATE TRIGGER registrations_state AFTER UPDATE OF state ON registrations WHEN OLD.state <> NEW.state AND (OLD.state || ' > ' || NEW.state) NOT IN ('registered > lapsed', 'registered > withdrawn', 'amended > lapsed', 'amended > withdrawn') BEGIN SELECT RAISE(ABORT, 'registrations do not go from that state to this one'); END;
CREATE TRIGGER submissions_state AFTER UPDATE OF state ON submissions WHEN OLD.state <> NEW.state AND (OLD.state || ' > ' || NEW.state) NOT IN ('not_started > closed', 'not_started > nil_return', 'not_started > overdue', 'not_started > peer_reviewed', 'peer_reviewed > closed', 'peer_reviewed > nil_return', 'peer_reviewed > overdue', 'peer_reviewed > submitted', 'submitted > recalled', 'submitted > received', 'recalled > closed', 'recalled > nil_return', 'recalled > overdue', 'recalled > submitted', 'received > appraised', 'received > returned_for_supplement', 'returned_for_supplement > resubmitted', 'resubmitted > appraised', 'resubmitted > returned_for_supplement', 'appraised > received', 'nil_return > recalled', 'overdue > late_requested', 'overdue > nil_return', 'overdue > submitted', 'late_requested > late_accepted', 'late_requested > late_refused', 'late_accepted > nil_return', 'late_accepted > overdue', 'late_accepted > submitted') BEGIN SELECT RAISE(ABORT, 'submissions do not go from that state to this one'); END;
CREATE TRIGGER council_sessions_state AFTER UPDATE OF state ON council_sessions WHEN OLD.state <> NEW.state AND (OLD.state || ' > ' || NEW.state) NOT IN ('convened > adjourned', 'convened > voting', 'voting > counted', 'counted > concluded', 'counted > voting') BEGIN SELECT RAISE(ABORT, 'council_sessions do not go from that state to this one'); END;
CREATE TRIGGER decisions_state AFTER UPDATE OF state ON decisions WHEN OLD.state <> NEW.state AND (OLD.state || ' > ' || NEW.state) NOT IN ('pending > decided', 'pending > returned', 'decided > numbered', 'decided > returned', 'numbered > issued', 'numbered > rescinded') BEGIN SELECT RAISE(ABORT, 'decisions do not go from that state to this one'); END;
CREATE TRIGGER cases_state AFTER UPDATE OF state ON cases WHEN OLD.state <> NEW.state AND (OLD.state || ' > ' || NEW.state) NOT IN ('draft > filed', 'filed > accepted', 'filed > not_accepted', 'filed > reported', 'filed > resolved', 'filed > returned', 'filed > withdrawn', 'returned > filed', 'returned > withdrawn', 'accepted > not_recognised', 'accepted > polled', 'accepted > recognised', 'accepted > resolved', 'accepted > withdrawn', 'polled > resolved', 'reported > resolved', 'recognised > certified') BEGIN SELECT RAISE(ABORT, 'cases do not go from that state to this one'); END;
CREATE UNIQUE INDEX uq_campaigns_draft_key ON campaigns (drafted_by, draft_key);
CREATE INDEX ix_proposals_next_at ON proposals (next_at);
CREATE INDEX ix_registrations_listed ON registrations (campaign, department, subject, title, at, id);
CREATE INDEX ix_nominations_listed ON nominations (phase, title, department, subject, id);
CREATE INDEX ix_comments_listed ON comments (phase, at, id);
CREATE INDEX ix_deadlines_listed ON deadlines (campaign, due_at, owner, name);
CREATE INDEX ix_ratings_listed ON ratings (year, kind, subject);
CREATE INDEX ix_nominations_subject ON nominations (subject, period);
CREATE INDEX ix_nominations_secret ON nominations (campaign) WHERE secret = 1;
CREATE TRIGGER acts_no_update BEFORE UPDATE ON acts BEGIN SELECT RAISE(ABORT, 'acts are only added'); END;
CREATE INDEX ix_user_sessions_account ON user_sessions (account);
CREATE INDEX ix_api_tokens_account ON api_tokens (account);
CREATE UNIQUE INDEX uq_accounts_subject ON accounts (issuer, subject);
CREATE INDEX ix_sign_in_tries_ends_at ON sign_in_tries (ends_at);
CREATE INDEX ix_notices_unplanned ON notices (id) WHERE planned_at IS NULL;
CREATE INDEX ix_deliveries_due ON deliveries (channel, due_at, id) WHERE state = 'waiting';
CREATE INDEX ix_deliveries_claimed ON deliveries (channel, claimed_until) WHERE state = 'sending';
CREATE INDEX ix_deliveries_listed ON deliveries (state, id);
CREATE INDEX ix_deliveries_letter ON deliveries (letter);
CREATE TRIGGER deliveries_state AFTER UPDATE OF state ON deliveries WHEN OLD.state <> NEW.state AND (OLD.state || ' > ' || NEW.state) NOT IN ('held > discarded', 'held > obsolete', 'held > waiting', 'waiting > bounced', 'waiting > discarded', 'waiting > failed', 'waiting > held', 'waiting > obsolete', 'waiting > sending', 'sending > bounced', 'sending > failed', 'sending > sent', 'sending > waiting', 'sent > bounced', 'failed > discarded', 'failed > obsolete', 'failed > waiting', 'bounced > discarded', 'bounced > obsolete', 'bounced > waiting') BEGIN SELECT RAISE(ABORT, 'deliveries do not go from that state to this one'); END;
CREATE INDEX ix_attachments_kept ON attachments (sha256) WHERE voided_at IS NULL;
CREATE UNIQUE INDEX uq_attachments_standing ON attachments (holder, "key", sha256) WHERE voided_at IS NULL;
CREATE INDEX ix_attachments_listed ON attachments (holder, "key", added_at, id);
CREATE INDEX ix_past_awards_person ON past_awards (person);
CREATE INDEX ix_commands_owed ON commands (seq) WHERE state <> 'received' AND followed_up = 0;
CREATE TRIGGER nominations_state AFTER UPDATE OF state ON nominations WHEN OLD.state <> NEW.state AND instr('|nominated > eligible|nominated > ineligible|nominated > on_hold|nominated > withdrawn|eligible > ineligible|eligible > nominated|eligible > on_ballot|eligible > on_hold|eligible > withdrawn|ineligible > nominated|ineligible > withdrawn|on_ballot > council_downgraded|on_ballot > council_failed|on_ballot > council_passed|on_ballot > deferred|on_ballot > eligible|on_ballot > withdrawn|council_passed > director_approved|council_passed > director_declined|council_passed > on_hold|council_passed > returned_to_council|council_passed > withdrawn|deferred > nominated|deferred > on_ballot|deferred > on_hold|deferred > withdrawn|returned_to_council > on_ballot|returned_to_council > on_hold|returned_to_council > withdrawn|director_approved > awarded|director_approved > council_passed|director_approved > forwarded_upward|awarded > declined_by_awardee|awarded > revoked|forwarded_upward > superior_awarded|forwarded_upward > superior_declined|forwarded_upward > superior_returned|superior_awarded > declined_by_awardee|superior_awarded > revoked|superior_returned > forwarded_upward|superior_returned > withdrawn|on_hold > council_passed|on_hold > deferred|on_hold > eligible|on_hold > ineligible|on_hold > nominated|on_hold > returned_to_council|on_hold > withdrawn|', '|' || OLD.state || ' > ' || NEW.state || '|') = 0 BEGIN SELECT RAISE(ABORT, 'nominations do not go from that state to this one'); END;
CREATE INDEX ix_commands_target ON commands (target, kind);
CREATE INDEX ix_decision_lines_line ON decision_lines (line);
CREATE INDEX ix_nominations_period ON nominations (period);
CREATE INDEX ix_round_lines_line ON round_lines (line);
CREATE INDEX ix_session_lines_line ON session_lines (line);
CREATE INDEX ix_session_lines_listed ON session_lines (session, position, line);
CREATE INDEX ix_deadlines_open ON deadlines (owner, name) WHERE closed_at IS NULL;
CREATE INDEX ix_ladder_steps_ahead ON ladder_steps (owner, name) WHERE ended_at IS NULL;
CREATE INDEX ix_windows_closing ON windows (state) WHERE state = 'closing';
CREATE INDEX ix_nominations_department ON nominations (phase, department);
CREATE INDEX ix_ratings_level ON ratings (year, kind, level);
CREATE INDEX ix_registrations_subject ON registrations (campaign, subject);
CREATE INDEX ix_round_lines_by_people ON round_lines (session, method, round, line) WHERE method <> 'sheets';
