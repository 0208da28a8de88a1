import { serve } from "@/server/api/v1/serve";
import { getSuppressions, sendSuppressions } from "@/server/api/v1/suppressions";

export const GET = serve(getSuppressions);
export const POST = serve(sendSuppressions);
