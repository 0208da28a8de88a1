import fs from "node:fs";
import path from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const directory = path.join(process.cwd(), "server/channels/specs");

/** A file of `server/channels/specs`, where all providers' interface descriptions stand (see its PROVENANCE.md). */
export const readSpec = <T>(name: string): T =>
  JSON.parse(fs.readFileSync(path.join(directory, name), "utf8")) as T;

export type Validator = (value: unknown) => string | null;

/** Validators of one interface description: null, or what is wrong, in words. */
export function compiler(file: string, coerce = false): (pointer: string, closed?: boolean) => Validator {
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

/** JSON pointer of a place in a description. */
export const at = (...keys: string[]): string =>
  `/${keys.map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;

/** JSON pointer of what a route takes. */
export const request = (route: string, type: string): string =>
  at("paths", route, "post", "requestBody", "content", type, "schema");

/** A validator that is made when it is first used. */
export function once(make: () => Validator): Validator {
  let made: Validator | null = null;
  return (value) => {
    made ??= make();
    return made(value);
  };
}
