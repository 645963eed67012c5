-- What is said in a Telegram group is said in the language of whoever linked it; until now that was Chinese.
ALTER TABLE "group_rooms" ADD COLUMN "locale" text DEFAULT 'zh-CN' NOT NULL;--> statement-breakpoint
ALTER TABLE "group_rooms" ADD CONSTRAINT "group_rooms_locale" CHECK ("group_rooms"."locale" in ('zh-CN', 'zh-Hant', 'en'));
