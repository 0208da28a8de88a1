import { createHash } from "node:crypto";
import type { TemplateFields } from "../schemas";
import { beginnings } from "./beginnings";
import { claims } from "./claims";
import { greetings } from "./greetings";
import { invitations } from "./invitations";
import { makeTemplate } from "./make";
import { offers } from "./offers";
import { premiums } from "./premiums";
import { records } from "./records";
import { renewals } from "./renewals";

export type BuiltInTemplate = TemplateFields & { key: string; hash: string };

const hashOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

/** What every workspace begins with, in the order of the gallery. */
export const builtInTemplates: readonly BuiltInTemplate[] = [
  ...renewals,
  ...premiums,
  ...beginnings,
  ...records,
  ...claims,
  ...greetings,
  ...offers,
  ...invitations,
]
  .map(makeTemplate)
  .map((template) => ({ ...template, hash: hashOf(template) }));

/** Changes whenever any text of the library does. */
export const libraryRelease: string = hashOf(builtInTemplates.map(({ hash }) => hash));
