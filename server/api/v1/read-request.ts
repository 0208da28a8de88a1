import { readBody } from "@/server/api/provider-calls";
import { AppError } from "@/server/platform/errors";
import { parseStorable, storable } from "@/server/platform/storable";
import { MalformedRequest } from "./envelope";
import type { Operation } from "./operation";

/** More than 1,000 events of ordinary size. */
export const LARGEST_BODY = 5 * 1024 * 1024;

export type Read = { bytes: Buffer; body: unknown };

/** The JSON of a request. @throws AppError UNSUPPORTED, PAYLOAD_TOO_LARGE; MalformedRequest */
export async function readJson(request: Request, { most, bodyOptional }: Operation): Promise<Read> {
  const type = request.headers.get("content-type") ?? "";
  if (bodyOptional && type === "" && (await readBody(request.clone(), LARGEST_BODY))?.length === 0)
    return { bytes: Buffer.alloc(0), body: {} };
  if (!/^application\/(json|[a-z0-9.+-]+\+json)\s*(;|$)/i.test(type))
    throw new AppError("UNSUPPORTED", "Send JSON, with Content-Type: application/json.", {
      content_type: type.slice(0, 100) || null,
    });
  const bytes = await readBody(request, LARGEST_BODY);
  if (bytes === null)
    throw new AppError("PAYLOAD_TOO_LARGE", "A request may have at most 5 MB. Send it in parts.", {
      max_bytes: LARGEST_BODY,
    });
  const body = parse(bytes);
  const given = most && typeof body === "object" && body !== null ? Reflect.get(body, most.field) : null;
  if (most && Array.isArray(given) && given.length > most.count)
    throw new AppError("PAYLOAD_TOO_LARGE", `Send at most ${most.count} ${most.field} at once.`, {
      max: most.count,
      given: given.length,
    });
  return { bytes, body };
}

function parse(bytes: Buffer): unknown {
  try {
    return parseStorable(bytes.toString("utf8"));
  } catch (error) {
    throw new MalformedRequest(
      `The body is not JSON: ${error instanceof Error ? error.message : "unreadable"}.`,
    );
  }
}

/** The query as an object: a name that stands there twice has a list. */
export function readQuery(url: URL): Record<string, string | string[]> {
  const names = [...new Set(url.searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = url.searchParams.getAll(name).map(storable);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}
