import { sendEvents } from "@/server/api/v1/events";
import { serve } from "@/server/api/v1/serve";

export const POST = serve(sendEvents);
