import { serveApi } from "@/server/api/v1/serve-api";

// One door for every operation: `server/api/v1/operations.ts` says which address is which.
export const GET = serveApi;
export const POST = serveApi;
export const PUT = serveApi;
export const PATCH = serveApi;
export const DELETE = serveApi;
