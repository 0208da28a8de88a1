import { serve } from "inngest/next";
import { inngest } from "@/server/jobs/client";
import { functions } from "@/server/jobs/functions";

/** The workflow functions, for hosts that run no worker process. */
export const { GET, POST, PUT } = serve({ client: inngest, functions });
