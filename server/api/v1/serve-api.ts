import { operations } from "./operations";
import { serve } from "./serve";

/** Answers a request below `/api/v1` by the operation at its address. */
export const serveApi = (request: Request): Promise<Response> => serve(operations, request);
