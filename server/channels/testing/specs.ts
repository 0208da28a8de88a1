import fs from "node:fs";
import path from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const directory = path.join(process.cwd(), "server/channels/specs");

/** A file of `server/channels/specs` (see its PROVENANCE.md). */
export const readSpec = <T>(name: string): T =>
  JSON.parse(fs.readFileSync(path.join(directory, name), "utf8")) as T;

export type Validator = (value: unknown) => string | null;

/** Validators of one interface description: null, or what is wrong, in words. */
function compiler(file: string, coerce = false): (pointer: string, closed?: boolean) => Validator {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, coerceTypes: coerce });
  ajv.addSchema(readSpec<object>(file), "spec");
  return (pointer, closed = false) => {
    const ref = { $ref: `spec#${pointer}` };
    const validate: ValidateFunction = ajv.compile(
      closed ? { allOf: [ref], unevaluatedProperties: false } : ref,
    );
    return (value) => (validate(value) ? null : ajv.errorsText(validate.errors));
  };
}

const at = (...keys: string[]) =>
  `/${keys.map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;

const request = (route: string, type: string) =>
  at("paths", route, "post", "requestBody", "content", type, "schema");

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

function once(make: () => Validator): Validator {
  let made: Validator | null = null;
  return (value) => {
    made ??= make();
    return made(value);
  };
}
