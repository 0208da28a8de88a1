import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError } from "@/server/platform/errors";
import { loggerFor } from "@/server/platform/logger";

/** What a form before sign-in hears back: null when it was done, else the sentence to show. */
export type Answer = { problem: string | null };

const log = loggerFor("auth");

/** Runs the work of a form and puts what went wrong into words; a defect is logged and shown without its insides. */
export async function answerOf(work: () => Promise<unknown>): Promise<Answer> {
  try {
    await work();
    return { problem: null };
  } catch (error) {
    if (error instanceof AppError || error instanceof TRPCError) return { problem: error.message };
    if (error instanceof ZodError)
      return { problem: error.issues[0]?.message ?? "Some fields need attention." };
    log.error({ err: error }, "form failed");
    return { problem: "Something went wrong on our side. Nothing was changed. Try again." };
  }
}
