import { AppError } from "@/server/platform/errors";
import { clean, type HttpRequest, type ProviderClient, readJson } from "@/server/platform/provider-client";

export type TwilioCall = (
  request: Omit<HttpRequest, "headers" | "body"> & { json?: unknown },
) => Promise<Record<string, unknown>>;

/** Calls of Twilio away from sending. @throws AppError with Twilio's words */
export const twilioCalls =
  (client: ProviderClient, authorization: string): TwilioCall =>
  async ({ json, ...request }) => {
    const exchange = await client.call({
      ...request,
      headers: { authorization, ...(json === undefined ? {} : { "content-type": "application/json" }) },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    if (!exchange.ok)
      throw new AppError(
        "UNAVAILABLE",
        `Twilio cannot be reached (${exchange.code}). Try again in a minute.`,
      );
    const content = readJson(exchange.answer);
    const { status } = exchange.answer;
    if (status === 401 || status === 403)
      throw new AppError("BAD_INPUT", "Twilio refused the account SID or the auth token.");
    if (status >= 400 || !content)
      throw new AppError(
        "BAD_INPUT",
        `Twilio refused this (${content?.code ?? status}): ${clean(String(content?.message ?? "no words"))}`,
      );
    return content;
  };
