import { compiler, once, request } from "@/server/platform/testing/openapi";

const FORM = "application/x-www-form-urlencoded";

/** Checks of requests against the providers' interface descriptions (`server/channels/specs`). */
export const callSpecs = {
  twilioCall: once(() =>
    compiler("twilio_messages_calls.openapi.json", true)(
      request("/2010-04-01/Accounts/{AccountSid}/Calls.json", FORM),
      true,
    ),
  ),
  exotelConnect: once(() =>
    compiler(
      "exotel_msg91.authored.openapi.json",
      true,
    )(request("/v1/Accounts/{sid}/Calls/connect.json", FORM)),
  ),
};
