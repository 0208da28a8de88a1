import { z } from "zod";
import { recommendationKinds } from "./status";

export const useRecommendationInput = z.object({ kind: z.enum(recommendationKinds) });
