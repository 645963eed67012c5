CREATE TABLE "budget_entries" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"unit_id" text NOT NULL,
	"year" smallint NOT NULL,
	"kind" text NOT NULL,
	"to_kind" text,
	"fen" integer NOT NULL,
	"approval" text,
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "budget_entries_transfer" CHECK ("budget_entries"."to_kind" is null or ("budget_entries"."fen" > 0 and "budget_entries"."to_kind" <> "budget_entries"."kind" and coalesce(length("budget_entries"."approval"), 0) > 0))
);
--> statement-breakpoint
CREATE TABLE "budget_lines" (
	"unit_id" text NOT NULL,
	"year" smallint NOT NULL,
	"kind" text NOT NULL,
	"total_fen" integer DEFAULT 0 NOT NULL,
	"reserved_fen" integer DEFAULT 0 NOT NULL,
	"spent_fen" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "budget_lines_unit_id_year_kind_pk" PRIMARY KEY("unit_id","year","kind"),
	CONSTRAINT "budget_lines_reserved" CHECK ("budget_lines"."reserved_fen" >= 0),
	CONSTRAINT "budget_lines_spent" CHECK ("budget_lines"."spent_fen" >= 0),
	CONSTRAINT "budget_lines_total" CHECK ("budget_lines"."reserved_fen" + "budget_lines"."spent_fen" <= "budget_lines"."total_fen")
);
--> statement-breakpoint
CREATE TABLE "care_allowances" (
	"retiree_id" uuid NOT NULL,
	"ceiling" text NOT NULL,
	"period" text NOT NULL,
	"limit_fen" integer NOT NULL,
	"used_fen" integer DEFAULT 0 NOT NULL,
	"uses" smallint DEFAULT 0 NOT NULL,
	"max_uses" smallint,
	CONSTRAINT "care_allowances_retiree_id_ceiling_period_pk" PRIMARY KEY("retiree_id","ceiling","period"),
	CONSTRAINT "care_allowances_sum" CHECK ("care_allowances"."used_fen" between 0 and "care_allowances"."limit_fen"),
	CONSTRAINT "care_allowances_uses" CHECK ("care_allowances"."uses" between 0 and "care_allowances"."max_uses")
);
--> statement-breakpoint
CREATE TABLE "care_batch_rows" (
	"batch_id" uuid NOT NULL,
	"retiree_id" uuid NOT NULL,
	"period" text NOT NULL,
	"chosen" boolean DEFAULT true NOT NULL,
	"form" text NOT NULL,
	"fen" integer NOT NULL,
	"payment_id" uuid,
	CONSTRAINT "care_batch_rows_batch_id_retiree_id_pk" PRIMARY KEY("batch_id","retiree_id"),
	CONSTRAINT "care_batch_rows_fen" CHECK ("care_batch_rows"."fen" >= 0),
	CONSTRAINT "care_batch_rows_form" CHECK ("care_batch_rows"."form" in ('money', 'goods'))
);
--> statement-breakpoint
CREATE TABLE "care_batches" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"unit_id" text NOT NULL,
	"kind" text NOT NULL,
	"occasion" text NOT NULL,
	"year" smallint NOT NULL,
	"status" text DEFAULT 'proposed' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"approved_by" uuid,
	"approved_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "care_ceilings" (
	"ceiling" text NOT NULL,
	"per" text NOT NULL,
	"since" date NOT NULL,
	"kind" text NOT NULL,
	"limit_fen" integer NOT NULL,
	"max_uses" smallint,
	"life_uses" smallint,
	CONSTRAINT "care_ceilings_ceiling_per_since_pk" PRIMARY KEY("ceiling","per","since"),
	CONSTRAINT "care_ceilings_limit" CHECK ("care_ceilings"."limit_fen" > 0)
);
--> statement-breakpoint
CREATE TABLE "care_flag_readings" (
	"n" bigserial PRIMARY KEY NOT NULL,
	"retiree_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"what" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "care_flags" (
	"retiree_id" uuid PRIMARY KEY NOT NULL,
	"flags" "bytea" NOT NULL,
	"flagged" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "care_payments" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"payment_id" uuid NOT NULL,
	"entry" text NOT NULL,
	"retiree_id" uuid NOT NULL,
	"unit_id" text NOT NULL,
	"year" smallint NOT NULL,
	"kind" text NOT NULL,
	"ceiling" text NOT NULL,
	"period" text NOT NULL,
	"form" text NOT NULL,
	"fen" integer NOT NULL,
	"day" date NOT NULL,
	"case_id" uuid,
	"batch_id" uuid,
	"details" "bytea",
	"account_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "care_payments_fen" CHECK ("care_payments"."fen" > 0),
	CONSTRAINT "care_payments_entry" CHECK ("care_payments"."entry" in ('reserve', 'release', 'pay', 'reverse')),
	CONSTRAINT "care_payments_form" CHECK ("care_payments"."form" in ('money', 'goods')),
	CONSTRAINT "care_payments_in_year" CHECK ("care_payments"."entry" <> 'pay' or extract(year from "care_payments"."day") = "care_payments"."year")
);
--> statement-breakpoint
CREATE TABLE "care_sheets" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"batch_id" uuid NOT NULL,
	"content" "bytea" NOT NULL,
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "budget_entries" ADD CONSTRAINT "budget_entries_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_lines" ADD CONSTRAINT "budget_lines_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_allowances" ADD CONSTRAINT "care_allowances_retiree_id_retirees_id_fk" FOREIGN KEY ("retiree_id") REFERENCES "public"."retirees"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_batch_rows" ADD CONSTRAINT "care_batch_rows_batch_id_care_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."care_batches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_batch_rows" ADD CONSTRAINT "care_batch_rows_retiree_id_retirees_id_fk" FOREIGN KEY ("retiree_id") REFERENCES "public"."retirees"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_batches" ADD CONSTRAINT "care_batches_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_flags" ADD CONSTRAINT "care_flags_retiree_id_retirees_id_fk" FOREIGN KEY ("retiree_id") REFERENCES "public"."retirees"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_payments" ADD CONSTRAINT "care_payments_retiree_id_retirees_id_fk" FOREIGN KEY ("retiree_id") REFERENCES "public"."retirees"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_sheets" ADD CONSTRAINT "care_sheets_batch_id_care_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."care_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "budget_entries_unit" ON "budget_entries" USING btree ("unit_id","year","at");--> statement-breakpoint
CREATE UNIQUE INDEX "care_batches_proposed" ON "care_batches" USING btree ("unit_id","kind","occasion","year") WHERE "care_batches"."status" = 'proposed';--> statement-breakpoint
CREATE INDEX "care_batches_unit" ON "care_batches" USING btree ("unit_id","year","made_at");--> statement-breakpoint
CREATE INDEX "care_flag_readings_retiree" ON "care_flag_readings" USING btree ("retiree_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "care_payments_once" ON "care_payments" USING btree ("payment_id","entry");--> statement-breakpoint
CREATE UNIQUE INDEX "care_payments_settled" ON "care_payments" USING btree ("payment_id") WHERE "care_payments"."entry" in ('release', 'pay');--> statement-breakpoint
CREATE INDEX "care_payments_ledger" ON "care_payments" USING btree ("unit_id","day") WHERE "care_payments"."entry" in ('pay', 'reverse');--> statement-breakpoint
CREATE INDEX "care_payments_retiree" ON "care_payments" USING btree ("retiree_id","day");--> statement-breakpoint
CREATE INDEX "care_payments_case" ON "care_payments" USING btree ("case_id") WHERE "care_payments"."case_id" is not null;--> statement-breakpoint
CREATE INDEX "care_payments_batch" ON "care_payments" USING btree ("batch_id") WHERE "care_payments"."batch_id" is not null;--> statement-breakpoint
CREATE INDEX "care_sheets_batch" ON "care_sheets" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "care_sheets_at" ON "care_sheets" USING btree ("at");--> statement-breakpoint
CREATE INDEX "care_flag_readings_at" ON "care_flag_readings" USING btree ("at");--> statement-breakpoint
CREATE INDEX "care_payments_kept" ON "care_payments" USING btree ("at") WHERE "care_payments"."details" is not null;
