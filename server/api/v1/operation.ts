import type { ZodType, z } from "zod";
import type { ApiScope } from "@/server/api-keys/status";
import type { Context } from "@/server/platform/context";

/** What a handler says; the envelope is made around it. Without a status it is the operation's own. */
export type Said<Data> = {
  data: Data;
  message: string;
  status?: number;
  total?: number;
  next_cursor?: string | null;
};

type Asked = {
  ctx: Context;
  params: Record<string, string>;
  query: unknown;
  body: unknown;
  /** What the repeats of a request with an `Idempotency-Key` have in common; null without one. */
  mark: string | null;
};

/** One operation of the REST door, as the server runs it and the OpenAPI document describes it. */
export type Operation = {
  id: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api/v1`, with `{names}`. */
  path: string;
  scope: ApiScope;
  summary: string;
  /** The status of a success. */
  status: number;
  query: ZodType | null;
  body: ZodType | null;
  /** What `data` is in the answer. */
  data: ZodType;
  /** A list in the body that is refused as too large, rather than as malformed, above this. */
  most?: { field: string; count: number };
  /** A page of a longer list: the answer has `total` or `next_cursor`. */
  paged?: boolean;
  handle: (asked: Asked) => Promise<Said<unknown>>;
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
  handle: (asked: {
    ctx: Context;
    params: Record<string, string>;
    query: z.output<Query>;
    body: z.output<Body>;
    mark: string | null;
  }) => Promise<Said<z.input<Data>>>;
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
        ctx: asked.ctx,
        params: asked.params,
        mark: asked.mark,
        query: query ? query.parse(asked.query) : (undefined as z.output<Query>),
        body: body ? body.parse(asked.body) : (undefined as z.output<Body>),
      }),
  };
}
