/** As much of an OpenAPI document as a client is made of. */
export type Document = { info: { title: string }; paths: Record<string, Record<string, unknown>> };

type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
};
type Parameter = { name: string; in: string; required: boolean; schema: Schema };
type Content = { content: { "application/json": { schema: Schema } } };
type Described = {
  operationId: string;
  summary: string;
  parameters: Parameter[];
  requestBody?: Content & { required: boolean };
  responses: Record<string, Content>;
};

/** The source of a TypeScript client with a typed function for each operation; it needs nothing but `fetch`. */
export function clientSource({ info, paths }: Document): string {
  const functions = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => functionOf(method, path, operation as Described)),
  );
  return `// Made by \`npm run client\` from the OpenAPI document of ${info.title}: change the operations, not this file.
${head}
/** A client of one installation; \`token\` is an API key or an access token. */
export function ringback(options: Options) {
  return {
${functions.join("\n")}
  };
}
${foot}`;
}

const head = `
export type Options = {
  /** Where Ringback is reached, like https://ringback.example.com. */
  origin: string;
  token?: string | undefined;
  fetch?: typeof fetch;
};

/** What goes along with one request. */
export type Along = {
  /** The same request with the same key is done once. */
  idempotencyKey?: string;
  /** The ETag of the state that an edit is meant for. */
  ifMatch?: string;
  signal?: AbortSignal;
};

/** An answer, with what its headers say. */
export type Answered<Body> = Body & { status: number; etag: string | null; requestId: string | null };

/** A refusal: \`code\` is for programs, \`message\` for people. */
export class RingbackError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown>,
    readonly requestId: string | null,
  ) {
    super(message);
  }
}
`;

const foot = `
type Request = {
  method: string;
  path: string;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
  along?: Along | undefined;
};

async function call<Body>(options: Options, { method, path, query, body, along }: Request): Promise<Answered<Body>> {
  const url = new URL(\`/api/v1\${path}\`, options.origin);
  for (const [name, value] of Object.entries(query ?? {}))
    for (const each of [value].flat()) if (each !== undefined) url.searchParams.append(name, String(each));
  const response = await (options.fetch ?? fetch)(url, {
    method,
    headers: {
      ...(options.token ? { authorization: \`Bearer \${options.token}\` } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(along?.idempotencyKey ? { "idempotency-key": along.idempotencyKey } : {}),
      ...(along?.ifMatch ? { "if-match": along.ifMatch } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(along?.signal ? { signal: along.signal } : {}),
  });
  const requestId = response.headers.get("x-request-id");
  const said = (await response.json()) as Record<string, unknown>;
  if (!response.ok) {
    const { code, message, details } = said.error as {
      code: string;
      message: string;
      details: Record<string, unknown>;
    };
    throw new RingbackError(response.status, code, message, details, requestId);
  }
  return { ...(said as Body), status: response.status, etag: response.headers.get("etag"), requestId };
}
`;

function functionOf(method: string, path: string, operation: Described): string {
  const { operationId, summary, parameters, requestBody, responses } = operation;
  const ids = parameters.filter((each) => each.in === "path");
  const query = parameters.filter((each) => each.in === "query");
  const [success] = Object.entries(responses).filter(([status]) => status.startsWith("2"));
  const body = requestBody?.content["application/json"].schema;
  const takes = [
    ...ids.map(({ name }) => `${name}: string`),
    ...(body ? [`body${requestBody.required ? "" : "?"}: ${typeOf(body)}`] : []),
    ...(query.length > 0 ? [`query?: ${typeOf(queryOf(query))}`] : []),
    "along?: Along",
  ];
  const answer = success ? typeOf(success[1].content["application/json"].schema) : "unknown";
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name) => `\${encodeURIComponent(${name})}`);
  const given = [body ? "body" : "", query.length > 0 ? "query" : "", "along"].filter(Boolean).join(", ");
  return `    /** ${summary}. */
    ${operationId}: (${takes.join(", ")}) =>
      call<${answer}>(options, { method: "${method.toUpperCase()}", path: \`${address}\`, ${given} }),`;
}

const queryOf = (parameters: readonly Parameter[]): Schema => ({
  type: "object",
  properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  required: [],
});

/** A value of several types is a choice between them. */
const choicesOf = (schema: Schema): Schema[] | undefined =>
  Array.isArray(schema.type)
    ? schema.type.map((type) => ({ ...schema, type }))
    : (schema.anyOf ?? schema.oneOf);

/** A schema as a type. */
function typeOf(schema: Schema): string {
  const choices = choicesOf(schema);
  if (choices) return [...new Set(choices.map(typeOf))].join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(" | ");
  switch (schema.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array":
      return `Array<${typeOf(schema.items ?? {})}>`;
    case "object":
      return objectOf(schema);
    default:
      return "unknown";
  }
}

function objectOf({ properties, required = [], additionalProperties }: Schema): string {
  if (!properties || Object.keys(properties).length === 0) {
    const inner = typeof additionalProperties === "object" ? typeOf(additionalProperties) : "unknown";
    return `Record<string, ${inner}>`;
  }
  const fields = Object.entries(properties).map(([name, property]) => {
    const optional = !required.includes(name);
    return `${name}${optional ? "?" : ""}: ${typeOf(property)}${optional ? " | undefined" : ""}`;
  });
  return `{ ${fields.join("; ")} }`;
}
