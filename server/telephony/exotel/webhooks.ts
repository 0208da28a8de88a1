import { sameBytes } from "@/server/platform/secrets";
import type { CallReport, WebhookRequest } from "../adapter";
import { exotelCall, reportOf } from "./report";

/** Exotel signs nothing: what tells its calls from others' is a key in the address that only it was given. */
export function verifyKey({ url }: Pick<WebhookRequest, "url">, key: string): boolean {
  const given = new URL(url).searchParams.get("key") ?? "";
  return sameBytes(Buffer.from(given), Buffer.from(key));
}

/** What Exotel posts: JSON as we ask for it, or the form that it posts by default. */
export function parseWebhook({ body, headers }: WebhookRequest): CallReport[] {
  const text = body.toString("utf8");
  const isJson = (headers["content-type"] ?? "").includes("json");
  const content: unknown = isJson ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
  return [reportOf(exotelCall.parse(content))];
}
