import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { openApiDocument } from "../openapi";
import type { Operation } from "../operation";

/** Says what is wrong about an answer by an OpenAPI document; null when it is one that the document describes. */
export function checkAgainst(document: ReturnType<typeof openApiDocument>) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(document, "document");
  const made = new Map<string, ValidateFunction | undefined>();

  return ({ method, path }: Pick<Operation, "method" | "path">, status: number, answer: unknown) => {
    if (status >= 500) return `${status}: ${JSON.stringify(answer)}`;
    const keys = ["paths", path, method.toLowerCase(), "responses", String(status)];
    const pointer = [...keys, "content", "application/json", "schema"]
      .map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1")))
      .join("/");
    const validate = made.get(pointer) ?? ajv.getSchema(`document#/${pointer}`);
    made.set(pointer, validate);
    if (!validate) return `${status} is not in the document: ${JSON.stringify(answer)}`;
    return validate(answer)
      ? null
      : `${status}: ${ajv.errorsText(validate.errors)}: ${JSON.stringify(answer)}`;
  };
}
