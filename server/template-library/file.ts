import { z } from "zod";
import { AppError } from "@/server/platform/errors";
import { type TemplateFields, templateFields } from "./schemas";

/** What an export looks like; `version` is that of this form. */
const FORMAT = "ringback-templates";
const FORM = 1;
/** Most templates of one file. */
const MOST = 200;

const templateFile = z.object({
  format: z.literal(FORMAT, "This is no file of templates: “format” is not “ringback-templates”."),
  version: z.literal(FORM, "This file was written by another release. Export it again from there."),
  templates: z
    .array(z.unknown())
    .min(1, "There is no template in this file.")
    .max(MOST, `There are more than ${MOST} templates in this file. Import them in several files.`),
});

export const writeFile = (templates: readonly TemplateFields[]): string =>
  `${JSON.stringify({ format: FORMAT, version: FORM, templates }, null, 2)}\n`;

/** Reads a file of templates. @throws AppError BAD_INPUT that says which template and which part of it is wrong */
export function readFile(text: string): TemplateFields[] {
  const { templates } = parsed(templateFile, jsonOf(text), "");
  return templates.map((each, nth) => {
    const named = z.object({ name: z.string().min(1) }).safeParse(each);
    const which = named.success ? `“${named.data.name.slice(0, 60)}”` : `Template ${nth + 1}`;
    return parsed(templateFields, each, which);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new AppError(
      "BAD_INPUT",
      "This file cannot be read as JSON. Choose one that was exported from a gallery of templates.",
      { field: "file" },
      { cause: error },
    );
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, which: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.map(String).join(" → ");
  const said = issue?.message ?? "It is not as it should be.";
  const words = which === "" ? said : `${which}${where ? `, ${where}` : ""}: ${said}`;
  throw new AppError("BAD_INPUT", words, { field: "file" });
}
