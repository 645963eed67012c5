CREATE TABLE "account_acts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"what" text NOT NULL,
	"by_id" uuid NOT NULL,
	"unit_id" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account_acts" ADD CONSTRAINT "account_acts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_acts_account" ON "account_acts" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "links_account_ever" ON "links" USING btree ("account_id","since");--> statement-breakpoint
CREATE INDEX "links_retiree_ever" ON "links" USING btree ("retiree_id","since");--> statement-breakpoint
CREATE INDEX "tickets_account" ON "tickets" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "messages_retiree" ON "messages" USING btree ("retiree_id","created_at") WHERE "messages"."retiree_id" is not null;--> statement-breakpoint
CREATE INDEX "drafts_account_ever" ON "drafts" USING btree ("account_id","created_at");