import { z } from "zod";

export const reclassifyInput = z.object({ campaignId: z.string() });
