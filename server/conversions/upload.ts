import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { readCsv } from "./read-csv";
import { recordConversions } from "./record";
import { MOST_CONVERSIONS, type UploadInput, uploadInput } from "./schemas";

/** Most lines of one file. */
const MOST_LINES = 20_000;
/** Reasons that are told one by one. */
const MOST_REFUSALS = 100;

export type Uploaded = {
  recorded: number;
  credited: number;
  duplicates: number;
  refused: number;
  /** The first of them, with the line of the file. */
  refusals: { line: number; reason: string }[];
};

/**
 * Takes conversions from a CSV file with the columns of the REST door (`external_id`, `phone` or `email`, `value`, …); each line
 * is judged by itself, a line whose `id` is known is left out. Interrupted, the same file goes on where ids say so.
 * @throws AppError FORBIDDEN; BAD_INPUT when the file cannot be read
 */
export async function uploadConversions(ctx: Context, input: UploadInput): Promise<Uploaded> {
  requireRole(ctx, "admin", "marketer");
  const lines = readCsv(uploadInput.parse(input).text);
  if (lines.length > MOST_LINES)
    throw new AppError("BAD_INPUT", `Upload at most ${MOST_LINES} lines at once. Split the file.`);
  const done: Uploaded = { recorded: 0, credited: 0, duplicates: 0, refused: 0, refusals: [] };
  for (let from = 0; from < lines.length; from += MOST_CONVERSIONS) {
    const part = lines.slice(from, from + MOST_CONVERSIONS);
    const outcomes = await recordConversions(ctx, { conversions: part.map(({ row }) => row) }, "csv");
    for (const [nth, outcome] of outcomes.entries()) {
      if (outcome.status === "recorded") {
        done.recorded++;
        if (outcome.campaign_id !== null) done.credited++;
      } else if (outcome.status === "duplicate") done.duplicates++;
      else {
        done.refused++;
        if (done.refusals.length < MOST_REFUSALS)
          done.refusals.push({ line: part[nth]?.line ?? 0, reason: outcome.reason });
      }
    }
  }
  return done;
}
