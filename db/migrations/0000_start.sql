CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text,
	"locale" text DEFAULT 'zh-CN' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"n" bigserial PRIMARY KEY NOT NULL,
	"what" text NOT NULL,
	"key" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "codes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"phone_index" "bytea" NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "links" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"retiree_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"scope" text DEFAULT 'apply' NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"until" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"bound_by" uuid
);
--> statement-breakpoint
CREATE TABLE "logins" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" "bytea" NOT NULL,
	"address" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"blocked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"unit_id" text NOT NULL,
	"role" text NOT NULL,
	"on_duty" boolean DEFAULT true NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"account_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"kind" text NOT NULL,
	"account_id" uuid NOT NULL,
	"draft_id" uuid,
	"question" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"used_at" timestamp with time zone,
	"grant_hash" "bytea"
);
--> statement-breakpoint
CREATE TABLE "unmaskings" (
	"retiree_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"what" text NOT NULL,
	"why" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "unmaskings_retiree_id_at_account_id_pk" PRIMARY KEY("retiree_id","at","account_id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid,
	"retiree_id" uuid,
	"case_id" uuid,
	"form" text NOT NULL,
	"template" text NOT NULL,
	"params" jsonb NOT NULL,
	"edit_of" uuid,
	"once_key" text,
	"state" text DEFAULT 'queued' NOT NULL,
	"way" text,
	"sent_id" text,
	"tries" smallint DEFAULT 0 NOT NULL,
	"last_error" text,
	"next_try_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"read_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "vault_keys" (
	"one" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"wrapped" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_answers" (
	"case_id" uuid NOT NULL,
	"step" text NOT NULL,
	"round" integer NOT NULL,
	"answers" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "case_answers_case_id_step_round_pk" PRIMARY KEY("case_id","step","round")
);
--> statement-breakpoint
CREATE TABLE "case_events" (
	"case_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"verb" text NOT NULL,
	"step" text,
	"status" text NOT NULL,
	"unit_id" text NOT NULL,
	"account_id" uuid,
	"digest" "bytea" NOT NULL,
	"previous" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "case_events_case_id_seq_pk" PRIMARY KEY("case_id","seq")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"service_version" integer NOT NULL,
	"status" text NOT NULL,
	"step" text,
	"round" integer DEFAULT 0 NOT NULL,
	"unit_id" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"capacity" text NOT NULL,
	"subject_id" uuid,
	"applicant_id" uuid,
	"claimed_by" uuid,
	"draft_id" uuid,
	"parent_id" uuid,
	"one_key" text,
	"returns" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone,
	"clock_from" timestamp with time zone,
	"clock_days" smallint,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"reminded_at" timestamp with time zone,
	"stars" smallint,
	CONSTRAINT "cases_stars" CHECK ("cases"."stars" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "done_acts" (
	"key" text PRIMARY KEY NOT NULL,
	"answer" "bytea",
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"service_version" integer NOT NULL,
	"account_id" uuid,
	"guest_hash" "bytea",
	"capacity" text NOT NULL,
	"subject_id" uuid,
	"case_id" uuid,
	"step" text,
	"verb" text,
	"round" integer DEFAULT 0 NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"answers" "bytea" NOT NULL,
	"chat_key" text,
	"purpose" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"submitted_at" timestamp with time zone,
	CONSTRAINT "drafts_owner" CHECK (("drafts"."account_id" is null) <> ("drafts"."guest_hash" is null))
);
--> statement-breakpoint
CREATE TABLE "event_payloads" (
	"case_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"salt" "bytea" NOT NULL,
	"payload" "bytea" NOT NULL,
	CONSTRAINT "event_payloads_case_id_seq_pk" PRIMARY KEY("case_id","seq")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"draft_id" uuid NOT NULL,
	"question" text NOT NULL,
	"mime" text NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"n" bigserial PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"effect" text NOT NULL,
	"row_key" text NOT NULL,
	"receipt" "bytea" NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "timers" (
	"n" bigserial PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"working_days" smallint NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"fired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "calendar_days" (
	"day" date PRIMARY KEY NOT NULL,
	"works" boolean NOT NULL,
	"name" text NOT NULL,
	"year" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "care" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"retiree_id" uuid NOT NULL,
	"unit_id" text NOT NULL,
	"since" date NOT NULL,
	"until" date,
	"case_id" uuid,
	CONSTRAINT "care_in_order" CHECK ("care"."until" is null or "care"."until" >= "care"."since")
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"retiree_id" uuid NOT NULL,
	"name" text NOT NULL,
	"relation" text NOT NULL,
	"phone" "bytea",
	"emergency" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "residences" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"retiree_id" uuid NOT NULL,
	"community_id" text,
	"place" "bytea" NOT NULL,
	"since" date NOT NULL,
	"until" date,
	"case_id" uuid,
	CONSTRAINT "residences_in_order" CHECK ("residences"."until" is null or "residences"."until" >= "residences"."since")
);
--> statement-breakpoint
CREATE TABLE "retirees" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"sex" text NOT NULL,
	"born" date NOT NULL,
	"id_number" "bytea" NOT NULL,
	"id_number_index" "bytea" NOT NULL,
	"phone" "bytea",
	"phone_index" "bytea",
	"retired_on" date,
	"employer" text,
	"employer_kind" text,
	"insured_at" text NOT NULL,
	"died_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_keys" (
	"unit_id" text NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"retiree_id" uuid NOT NULL,
	CONSTRAINT "search_keys_unit_id_key_retiree_id_pk" PRIMARY KEY("unit_id","key","retiree_id")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" text PRIMARY KEY NOT NULL,
	"level" text NOT NULL,
	"name" text NOT NULL,
	"parent_id" text,
	"path" text COLLATE "C" NOT NULL,
	"phone" text,
	"hours" jsonb
);
--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_retiree_id_retirees_id_fk" FOREIGN KEY ("retiree_id") REFERENCES "public"."retirees"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "logins" ADD CONSTRAINT "logins_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_answers" ADD CONSTRAINT "case_answers_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_events" ADD CONSTRAINT "case_events_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_draft_id_drafts_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timers" ADD CONSTRAINT "timers_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care" ADD CONSTRAINT "care_retiree_id_retirees_id_fk" FOREIGN KEY ("retiree_id") REFERENCES "public"."retirees"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care" ADD CONSTRAINT "care_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_retiree_id_retirees_id_fk" FOREIGN KEY ("retiree_id") REFERENCES "public"."retirees"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residences" ADD CONSTRAINT "residences_retiree_id_retirees_id_fk" FOREIGN KEY ("retiree_id") REFERENCES "public"."retirees"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residences" ADD CONSTRAINT "residences_community_id_units_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retirees" ADD CONSTRAINT "retirees_insured_at_units_id_fk" FOREIGN KEY ("insured_at") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attempts_key" ON "attempts" USING btree ("what","key","at");--> statement-breakpoint
CREATE INDEX "codes_phone" ON "codes" USING btree ("phone_index","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "links_one" ON "links" USING btree ("account_id","retiree_id") WHERE "links"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "links_retiree" ON "links" USING btree ("retiree_id") WHERE "links"."revoked_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "logins_key" ON "logins" USING btree ("kind","key");--> statement-breakpoint
CREATE INDEX "logins_account" ON "logins" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "posts_one" ON "posts" USING btree ("account_id","unit_id") WHERE "posts"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "posts_unit" ON "posts" USING btree ("unit_id") WHERE "posts"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_account" ON "sessions" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tickets_token" ON "tickets" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "tickets_grant" ON "tickets" USING btree ("grant_hash");--> statement-breakpoint
CREATE INDEX "messages_account" ON "messages" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "messages_cards" ON "messages" USING btree ("case_id") WHERE "messages"."form" = 'card';--> statement-breakpoint
CREATE INDEX "messages_waiting" ON "messages" USING btree ("next_try_at") WHERE "messages"."state" = 'queued';--> statement-breakpoint
CREATE UNIQUE INDEX "messages_once" ON "messages" USING btree ("once_key") WHERE "messages"."once_key" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_number" ON "cases" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_draft" ON "cases" USING btree ("draft_id");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_one" ON "cases" USING btree ("kind","one_key") WHERE "cases"."status" in ('open', 'returned');--> statement-breakpoint
CREATE INDEX "cases_pending" ON "cases" USING btree ("unit_id","due_at","id") WHERE "cases"."status" in ('open', 'entering');--> statement-breakpoint
CREATE INDEX "cases_due" ON "cases" USING btree ("due_at","id") WHERE "cases"."status" in ('open', 'entering');--> statement-breakpoint
CREATE INDEX "cases_claimed" ON "cases" USING btree ("claimed_by","due_at") WHERE "cases"."status" in ('open', 'entering');--> statement-breakpoint
CREATE INDEX "cases_subject" ON "cases" USING btree ("subject_id","opened_at");--> statement-breakpoint
CREATE INDEX "cases_applicant" ON "cases" USING btree ("applicant_id","opened_at");--> statement-breakpoint
CREATE INDEX "cases_parent" ON "cases" USING btree ("parent_id") WHERE "cases"."parent_id" is not null;--> statement-breakpoint
CREATE INDEX "drafts_account" ON "drafts" USING btree ("account_id","updated_at") WHERE "drafts"."submitted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "drafts_chat" ON "drafts" USING btree ("chat_key") WHERE "drafts"."submitted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "drafts_purpose" ON "drafts" USING btree ("account_id","purpose") WHERE "drafts"."submitted_at" is null;--> statement-breakpoint
CREATE INDEX "drafts_expiry" ON "drafts" USING btree ("expires_at") WHERE "drafts"."submitted_at" is null;--> statement-breakpoint
CREATE INDEX "files_draft" ON "files" USING btree ("draft_id");--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_row" ON "receipts" USING btree ("case_id","effect","row_key") WHERE "receipts"."undone_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "timers_round" ON "timers" USING btree ("case_id","round");--> statement-breakpoint
CREATE INDEX "timers_due" ON "timers" USING btree ("due_at") WHERE "timers"."fired_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "care_one_now" ON "care" USING btree ("retiree_id") WHERE "care"."until" is null;--> statement-breakpoint
CREATE INDEX "care_unit" ON "care" USING btree ("unit_id") WHERE "care"."until" is null;--> statement-breakpoint
CREATE INDEX "care_history" ON "care" USING btree ("retiree_id","since");--> statement-breakpoint
CREATE INDEX "contacts_retiree" ON "contacts" USING btree ("retiree_id");--> statement-breakpoint
CREATE UNIQUE INDEX "residences_one_now" ON "residences" USING btree ("retiree_id") WHERE "residences"."until" is null;--> statement-breakpoint
CREATE INDEX "residences_history" ON "residences" USING btree ("retiree_id","since");--> statement-breakpoint
CREATE UNIQUE INDEX "retirees_id_number" ON "retirees" USING btree ("id_number_index");--> statement-breakpoint
CREATE INDEX "retirees_phone" ON "retirees" USING btree ("phone_index");--> statement-breakpoint
CREATE INDEX "search_keys_key" ON "search_keys" USING btree ("key");--> statement-breakpoint
CREATE INDEX "search_keys_retiree" ON "search_keys" USING btree ("retiree_id");--> statement-breakpoint
CREATE INDEX "units_parent" ON "units" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "units_path" ON "units" USING btree ("path");