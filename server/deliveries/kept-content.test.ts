import { expect, test } from "vitest";
import { runContentSchema } from "@/server/campaigns/content";
import { compileBodies } from "@/server/templates";
import { keptContent } from "./kept-content";

const saying = (subject: string): string =>
  JSON.stringify(
    runContentSchema.parse({
      channels: ["email"],
      languages: ["en"],
      purpose: "service",
      category: "renewal_reminder",
      fallbacks: {},
      currency: "INR",
      companyName: "Suraksha",
      fromName: "Suraksha",
      bodies: {
        email: {
          en: { subject, preheader: "", body: { type: "doc", content: [{ type: "paragraph" }] } },
        },
      },
    }),
  );

test("a run's words are read, compiled and laid out once for all of its batches, and again when they change", async () => {
  const first = keptContent(saying("Due"), 0);
  expect(keptContent(saying("Due"), 0)).toBe(first);
  expect(compileBodies(keptContent(saying("Due"), 0))).toBe(compileBodies(first));
  const rendererOf = (subject: string) =>
    compileBodies(keptContent(saying(subject), 0))
      .body("email", "en")
      ?.renderer();
  expect(await rendererOf("Due")).toBe(await rendererOf("Due"));
  expect(await rendererOf("Overdue")).not.toBe(await rendererOf("Due"));
  expect(keptContent(saying("Overdue"), 0)).not.toBe(first);
  expect(keptContent(saying("Due"), 2)).not.toBe(first);
  // What was used last stays, whatever else came meanwhile.
  for (let nth = 0; nth < 200; nth++) {
    keptContent(saying(`Other ${nth}`), 0);
    keptContent(saying("Overdue"), 0);
  }
  const overdue = keptContent(saying("Overdue"), 0);
  expect(keptContent(saying("Overdue"), 0)).toBe(overdue);
  expect(keptContent(saying("Due"), 0)).not.toBe(first);
});
