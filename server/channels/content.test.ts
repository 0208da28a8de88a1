import { describe, expect, test } from "vitest";
import { filledText, type TemplatePart, templateProblems, variablesOf } from "./content";
import type { WhatsAppTemplateParts } from "./schemas";

const good: WhatsAppTemplateParts = {
  header: { kind: "text", text: "Renewal" },
  body: "Dear {{1}}, your policy {{2}} renews on {{3}}. Pay with the button below.",
  footer: "Reply STOP to opt out",
  buttons: [
    { kind: "quick_reply", label: "Call me" },
    { kind: "url", label: "Pay", url: "https://pay.example.com/r/{{1}}" },
    { kind: "phone", label: "Call us", phone: "+91 22 4000 1234" },
  ],
  samples: ["Asha", "TRM1", "3 December"],
};

const problems = (over: Partial<WhatsAppTemplateParts> = {}, name = "renewal_reminder") =>
  templateProblems({ name, category: "utility", parts: { ...good, ...over } });

describe("what Meta would refuse a template for", () => {
  test("is nothing when all is well, also without anything but a message", () => {
    expect(problems()).toEqual([]);
    expect(
      problems({ header: null, footer: null, buttons: [], body: "Your policy is paid.", samples: [] }),
    ).toEqual([]);
  });

  const url = (address: string): Partial<WhatsAppTemplateParts> => ({
    buttons: [{ kind: "url", label: "Pay", url: address }],
  });
  const quick = (label: string) => ({ kind: "quick_reply" as const, label });

  test.each<[string, TemplatePart, Partial<WhatsAppTemplateParts>]>([
    [
      "begins or ends with a variable",
      "body",
      { body: "{{1}}, your policy renews very soon.", samples: ["Asha"] },
    ],
    [
      "begins or ends with a variable",
      "body",
      { body: "Your policy renews very soon, {{1}}", samples: ["Asha"] },
    ],
    [
      "side by side",
      "body",
      { body: "Dear {{1}} {{2}}, your policy renews soon now.", samples: ["Asha", "Rao"] },
    ],
    ["without a gap", "body", { body: "Dear {{1}}, your policy {{3}} renews soon now." }],
    ["Too few words", "body", { body: "Dear {{1}}, pay {{2}} now.", samples: ["Asha", "₹1"] }],
    ["one empty line", "body", { body: "Your policy\n\n\nrenews.", samples: [] }],
    ["Write the message", "body", { body: " ", samples: [] }],
    ["sample for {{2}}", "samples", { samples: ["Asha", " ", "3 December"] }],
    ["no emoji", "header", { header: { kind: "text", text: "Renewal 🎉" } }],
    ["with a variable", "header", { header: { kind: "text", text: "Dear {{1}}" } }],
    ["no variables", "footer", { footer: "By {{1}}" }],
    ["same label", "buttons", { buttons: [quick("Yes"), quick("yes ")] }],
    ["needs a label", "buttons", { buttons: [quick("")] }],
    [
      "Keep quick replies together",
      "buttons",
      { buttons: [quick("Yes"), { kind: "phone", label: "Call", phone: "+912240001234" }, quick("No")] },
    ],
    [
      "At most 1 of one kind: numbers",
      "buttons",
      { buttons: ["a", "b"].map((label) => ({ kind: "phone", label, phone: "+912240001234" })) },
    ],
    ["country code", "buttons", { buttons: [{ kind: "phone", label: "Call", phone: "022 4000" }] }],
    ["an address like", "buttons", url("http://pay.example.com")],
    ["an address like", "buttons", url("https://pay.example.com/{{1}}/now")],
    ["an address like", "buttons", url("https://")],
  ])("%s (%s)", (words, part, over) => {
    expect(problems(over)).toEqual([{ part, message: expect.stringContaining(words) }]);
  });

  test("a name that is none", () => {
    expect(problems({}, "Renewal reminder")).toMatchObject([{ part: "name" }]);
  });
});

test("variables are counted once, and filled with what is there", () => {
  expect(variablesOf("{{2}} {{1}} {{2}} {{x}}")).toEqual([1, 2]);
  expect(filledText("Dear {{1}}, {{2}}", ["Asha", ""])).toBe("Dear Asha, {{2}}");
});
