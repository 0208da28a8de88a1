import { getConversions, sendConversions } from "@/server/api/v1/conversions";
import { serve } from "@/server/api/v1/serve";

export const GET = serve(getConversions);
export const POST = serve(sendConversions);
