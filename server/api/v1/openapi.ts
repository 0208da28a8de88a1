import { type ZodType, z } from "zod";
import { failureSchema, successSchema } from "./envelope";
import type { Operation } from "./operation";
import { operations } from "./operations";

const jsonSchema = (schema: ZodType, io: "input" | "output") => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
};

const json = (schema: unknown) => ({ "application/json": { schema } });

type Document = ReturnType<typeof documentOf>;
const made = new Map<string, Document>();

/** The OpenAPI 3.1 document, made once of the schemas that the operations parse and answer with. */
export function openApiDocument(server: string): Document {
  const document = made.get(server) ?? documentOf(server);
  made.set(server, document);
  return document;
}

function documentOf(server: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const each of operations) {
    paths[each.path] ??= {};
    Object.assign(paths[each.path] ?? {}, { [each.method.toLowerCase()]: described(each) });
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Ringback",
      version: "1",
      description:
        "Every answer is `{ success, data, message }` or `{ success: false, error: { code, message, details }, message }`. Keys are made under Settings → API keys.",
    },
    servers: [{ url: `${server}/api/v1` }],
    security: [{ apiKey: [] }, { accessToken: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", bearerFormat: "rb_…" },
        accessToken: { type: "http", scheme: "bearer", bearerFormat: "rba_…" },
      },
      schemas: { Failure: jsonSchema(failureSchema, "output") },
    },
  };
}

const failures = {
  "400": "The body is not JSON",
  "401": "No key or token, or one that opens nothing",
  "403": "The key's scopes, or the member's role, do not open it",
  "404": "There is no such row in the workspace",
  "409": "It stands in the way of what is there; or another request used the Idempotency-Key",
  "412": "`If-Match` names a state that stands no more: `error.details.current_etag` says the one that does",
  "413": "Too large",
  "415": "Not JSON",
  "422": "Malformed: `error.details.issues` says where",
  "429": "Too many requests: `Retry-After` says when to go on",
  "500": "A defect of ours",
} as const;

function described(operation: Operation) {
  const { id, path, summary, query, body, data, paged = false, beside } = operation;
  const success = jsonSchema(successSchema(data, paged, beside), "output");
  return {
    operationId: id,
    tags: [path.split("/")[1] ?? ""],
    summary,
    description: accessOf(operation),
    ...securityOf(operation),
    parameters: [
      ...pathParameters(path),
      ...(query ? queryParameters(query) : []),
      ...headerParameters(operation),
    ],
    ...(body ? { requestBody: requestBody(operation, body) } : {}),
    responses: {
      ...successes(operation, success),
      ...Object.fromEntries(
        Object.entries(failures).map(([code, description]) => [
          code,
          { description, content: json({ $ref: "#/components/schemas/Failure" }) },
        ]),
      ),
    },
  };
}

function successes({ status, otherStatus = status, tagged }: Operation, schema: unknown) {
  const done = {
    description: "Done",
    ...(tagged ? { headers: { ETag: { schema: { type: "string" } } } } : {}),
    content: json(schema),
  };
  return {
    [status]: done,
    [otherStatus]: otherStatus === status ? done : { ...done, description: "Created" },
  };
}

/** What goes beyond the document's own: either kind of bearer token. */
function securityOf({ scope, roles }: Operation): { security?: Record<string, string[]>[] } {
  if (roles === "anybody") return { security: [] };
  return scope === null ? { security: [{ accessToken: [] }] } : {};
}

/** Who may call it, in words. */
function accessOf({ scope, roles }: Operation): string {
  if (roles === "anybody") return "For anybody, without a key.";
  const members = `members who sign in: ${roles.join(", ")}`;
  return scope === null ? `For ${members}.` : `For keys with the scope \`${scope}\`, and ${members}.`;
}

const pathParameters = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string", format: "uuid" },
  }));

function queryParameters(query: ZodType) {
  const { properties = {} } = jsonSchema(query, "input");
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: false, schema }));
}

const requestBody = ({ bodyOptional = false, example }: Operation, body: ZodType) => ({
  required: !bodyOptional,
  content: {
    "application/json": {
      schema: jsonSchema(body, "input"),
      ...(example === undefined ? {} : { example }),
    },
  },
});

const headerParameters = ({ method, roles, tagged = false }: Operation) => [
  ...(method === "POST" && roles !== "anybody" ? [idempotencyKey] : []),
  ...(tagged && method !== "GET" ? [ifMatch] : []),
];

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "The same request with the same key gets the same answer, for a day.",
  schema: { type: "string", minLength: 1, maxLength: 200 },
};

const ifMatch = {
  name: "If-Match",
  in: "header",
  required: false,
  description: "The ETag of the state that the edit is meant for; without it, whatever stands now.",
  schema: { type: "string", maxLength: 200 },
};
