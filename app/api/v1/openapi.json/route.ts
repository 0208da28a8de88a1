import { env } from "@/env";
import { openApiDocument } from "@/server/api/v1/openapi";

/** Open to everybody: it describes the door, not what is behind it. */
export function GET(): Response {
  return Response.json(openApiDocument(env.RINGBACK_URL));
}
