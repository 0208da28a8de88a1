import { z } from "zod";
import { audienceSchema, automatedSchema } from "@/server/campaigns/schemas";

/** A schedule, saved or not, and the audience that it is within. */
export const previewInput = z.object({ schedule: automatedSchema, audience: audienceSchema });
