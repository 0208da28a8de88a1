import { patchConversion } from "@/server/api/v1/conversions";
import { serve } from "@/server/api/v1/serve";

export const PATCH = serve(patchConversion);
