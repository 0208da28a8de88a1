import { deleteCustomer, getOneCustomer, putCustomer } from "@/server/api/v1/one-customer";
import { serve } from "@/server/api/v1/serve";

export const GET = serve(getOneCustomer);
export const PUT = serve(putCustomer);
export const DELETE = serve(deleteCustomer);
