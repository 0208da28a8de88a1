import type { ZodType, z } from "zod";
import type { ApiScope } from "@/server/api-keys/status";
import type { SignedIn } from "@/server/auth/signed-in";
import type { Visitor } from "@/server/auth/visitor";
import type { Context, Role } from "@/server/platform/context";

/** What a handler says; the envelope is made around it. Without a status it is the operation's own. */
export type Said<Data> = {
  data: Data;
  message: string;
  status?: number;
  total?: number;
  next_cursor?: string | null;
  /** Fields beside `data`, as the operation's `beside` describes them. */
  beside?: Record<string, unknown>;
  /** Which state of a row that is edited this is; `If-Match` names it. */
  etag?: string;
};

/** What a request brings, besides what an operation declares of it. */
export type Call = {
  /** Of an operation for anybody: a context that sees nothing. */
  ctx: Context;
  /** Who signed in; null for a key, and for anybody. */
  signedIn: SignedIn | null;
  visitor: Visitor;
  params: Record<string, string>;
  /** What the repeats of a request with an `Idempotency-Key` have in common; null without one. */
  mark: string | null;
  /** The state that an edit is meant for, by its ETag; null: whatever stands now. */
  ifMatch: string | null;
};

/** One operation of the REST door, as the server runs it and the OpenAPI document describes it. */
export type Operation = {
  id: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api/v1`, with `{names}`. */
  path: string;
  /** What a key needs; null: no key opens it, a person signs in. */
  scope: ApiScope | null;
  /** Members who may call it with an access token; `anybody`: it is called without one. */
  roles: readonly Role[] | "anybody";
  summary: string;
  /** The status of a success. */
  status: number;
  /** Another one, where the handler may say so. */
  otherStatus?: number;
  query: ZodType | null;
  body: ZodType | null;
  /** An example of a body; the tests send it. */
  example?: unknown;
  /** What `data` is in the answer. */
  data: ZodType;
  /** Fields of the answer beside `data`. */
  beside?: z.ZodObject;
  /** A list in the body that is refused as too large, rather than as malformed, above this. */
  most?: { field: string; count: number };
  /** A page of a longer list: the answer has `total` or `next_cursor`. */
  paged?: boolean;
  /** An edit that takes `If-Match`, or a read that answers an ETag for it. */
  tagged?: boolean;
  /** The body may be left out. */
  bodyOptional?: boolean;
  handle: (asked: Call & { query: unknown; body: unknown }) => Promise<Said<unknown>>;
};

type Spec<Query extends ZodType, Body extends ZodType, Data extends ZodType> = Omit<
  Operation,
  "query" | "body" | "data" | "handle"
> & {
  query?: Query;
  body?: Body;
  /** How the body is described, where its rows are judged one by one and so are not part of `body`. */
  described?: ZodType;
  data: Data;
  handle: (asked: Call & { query: z.output<Query>; body: z.output<Body> }) => Promise<Said<z.input<Data>>>;
};

/** An operation whose handler gets what it declared, parsed. @throws ZodError from `handle` for what does not fit */
export function operation<Query extends ZodType, Body extends ZodType, Data extends ZodType>({
  query,
  body,
  described,
  handle,
  ...rest
}: Spec<Query, Body, Data>): Operation {
  return {
    ...rest,
    query: query ?? null,
    body: described ?? body ?? null,
    handle: async (asked) =>
      handle({
        ...asked,
        query: query ? query.parse(asked.query) : (undefined as z.output<Query>),
        body: body ? body.parse(asked.body) : (undefined as z.output<Body>),
      }),
  };
}
