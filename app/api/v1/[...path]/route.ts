import { serveNothing } from "@/server/api/v1/serve";

export const GET = serveNothing;
export const POST = serveNothing;
export const PUT = serveNothing;
export const PATCH = serveNothing;
export const DELETE = serveNothing;
