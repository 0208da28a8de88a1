import { getCustomers } from "@/server/api/v1/list-customers";
import { serve } from "@/server/api/v1/serve";
import { upsertCustomers } from "@/server/api/v1/upsert-customers";

export const GET = serve(getCustomers);
export const POST = serve(upsertCustomers);
