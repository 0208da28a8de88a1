import { AppError } from "@/server/platform/errors";
import {
  clean,
  type HttpAnswer,
  type HttpRequest,
  type ProviderClient,
  readJson,
} from "@/server/platform/provider-client";
import { readError } from "./errors";

export const VERSION = "v23.0";

/** A call of the Graph API that asks or sets something, away from sending. @throws AppError with Meta's words */
export async function graph(
  client: ProviderClient,
  accessToken: string,
  request: Omit<HttpRequest, "headers" | "body"> & { json?: unknown; body?: Buffer; type?: string },
): Promise<Record<string, unknown>> {
  const { json, body = json === undefined ? undefined : JSON.stringify(json) } = request;
  const exchange = await client.call({
    method: request.method,
    path: `/${VERSION}${request.path}`,
    headers: {
      authorization: `Bearer ${accessToken}`,
      ...(body === undefined ? {} : { "content-type": request.type ?? "application/json" }),
    },
    ...(body === undefined ? {} : { body }),
  });
  if (!exchange.ok)
    throw new AppError("UNAVAILABLE", `Meta cannot be reached (${exchange.code}). Try again in a minute.`);
  const content = readJson(exchange.answer);
  if (exchange.answer.status >= 400 || !content) throw refusal(exchange.answer);
  return content;
}

function refusal(answer: HttpAnswer): AppError {
  const body = readJson(answer)?.error;
  const error = readError(body);
  // What Meta wrote for people says most; the code lets anybody look it up.
  const told = (body as { error_user_msg?: unknown } | undefined)?.error_user_msg;
  const words = typeof told === "string" ? clean(told) : error?.words;
  if (error?.code === 190 || error?.code === 0)
    return new AppError("BAD_INPUT", `Meta refused the access token (“${words}”).`);
  return new AppError(
    "BAD_INPUT",
    error ? `Meta refused this (${error.code}): ${words}` : `Meta answered with HTTP ${answer.status}.`,
  );
}
