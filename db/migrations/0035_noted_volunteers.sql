-- Whoever has no phone says at the counter with what they would help; who wrote it down stands with it.
ALTER TABLE "volunteers" ADD COLUMN "noted_by" uuid;
