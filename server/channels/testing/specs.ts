import { at, compiler, once, request } from "@/server/platform/testing/openapi";

/** Checks of requests and webhooks against the providers' interface descriptions; made when first used. */
export const specs = {
  metaMessage: once(() =>
    compiler("meta_whatsapp_v23.patched.openapi.json")(
      request("/{Version}/{Phone-Number-ID}/messages", "application/json"),
    ),
  ),
  metaWebhook: once(() =>
    compiler("meta_whatsapp_v23.patched.openapi.json")(at("components", "schemas", "WebhookPayload")),
  ),
  twilioMessage: once(() =>
    compiler("twilio_messages_calls.openapi.json", true)(
      request("/2010-04-01/Accounts/{AccountSid}/Messages.json", "application/x-www-form-urlencoded"),
      true,
    ),
  ),
  twilioContent: once(() =>
    compiler("twilio_content.openapi.json")(request("/v1/Content", "application/json"), true),
  ),
  msg91Flow: once(() =>
    compiler("exotel_msg91.authored.openapi.json")(request("/api/v5/flow", "application/json")),
  ),
};
