import { importFunctions } from "@/server/imports/jobs";

/** Every function that the workflow engine runs; the worker and `/api/inngest` serve this list. */
export const functions = [...importFunctions];
