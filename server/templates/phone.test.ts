import { describe, expect, test } from "vitest";
import type { ChosenRegistration, ChosenTemplate } from "@/server/campaigns/content";
import { smsBody, whatsappBody } from "@/server/campaigns/content";
import { countSms } from "@/server/platform/sms";
import { compileSms } from "./compile-sms";
import { compileWhatsApp } from "./compile-whatsapp";
import type { TagValues } from "./schemas";
import { compile, options, type Parts, target } from "./testing/mail";

const registration = (text: string): ChosenRegistration => ({
  entityId: "1101",
  header: "SURKSH",
  templateId: "1107",
  name: "Renewal",
  category: "service_explicit",
  text,
});

const sms = (text: string, parts: Parts = {}) => compileSms(smsBody.parse({ text }), null, options(parts));
const registered = (text: string, variables: string[]) =>
  compileSms(smsBody.parse({ text: "", dltTemplateId: "x", variables }), registration(text), options({}));

async function say(compiled: ReturnType<typeof sms>, values: TagValues) {
  const rendered = (await compiled.renderer())(values, target);
  if (!rendered.ok || rendered.content.channel !== "sms") throw new Error(JSON.stringify(rendered));
  return rendered.content;
}

describe("an SMS", () => {
  test("speaks with tags, counts its parts and shortens its links", async () => {
    const compiled = sms("Dear {{first_name}}, renew: https://example.com/renew?a=1.\nBye");
    expect(compiled.links).toEqual(["https://example.com/renew?a=1"]);
    const { text, parts, dlt } = await say(compiled, { first_name: "Asha" });
    expect(text).toBe("Dear Asha, renew: https://ringback.test/s/abc/0.\nBye");
    expect([parts, dlt]).toEqual([1, null]);
  });

  test("asks for a call by the copy's own short link; a subject holds no link, and the link takes no filter", async () => {
    const compiled = sms("Dear {{first_name}}, shall we call? {{ callback_link }}");
    expect(compiled.links).toEqual(["{{callback_link}}"]);
    expect(compiled.required).toEqual(["first_name"]);
    const { text } = await say(compiled, { first_name: "Asha" });
    expect(text).toBe("Dear Asha, shall we call? https://ringback.test/s/abc/0");
    expect(compile({ subject: "Call {{callback_link}}" }).problems).toMatchObject([{ field: "subject" }]);
    expect(sms("{{callback_link | upcase}}").problems).toMatchObject([{ tag: "callback_link" }]);
  });

  test("stays GSM-7 where its own words are: a value's rupee sign does not double the price", async () => {
    const values = { premium_amount: { text: "₹12,500", raw: 12_500 }, customer_name: "Asha’s" };
    const plain = await say(sms("{{customer_name}}: pay {{premium_amount}}"), values);
    expect(plain.text).toBe("Asha's: pay Rs.12,500");
    expect(countSms(plain.text).encoding).toBe("GSM-7");
    expect((await say(sms("नमस्ते, {{premium_amount}}"), values)).text).toBe("नमस्ते, ₹12,500");
  });

  test("of the registry keeps the registered words and fills their places", async () => {
    const text = "Dear {#var#}, premium of {#numeric#} is due on {#var#}. -SURKSH";
    const compiled = registered(text, ["{{first_name}}", "{{premium_amount}}", "{{due_date}}"]);
    const { text: whole, dlt } = await say(compiled, {
      first_name: "Asha",
      premium_amount: "12500",
      due_date: "14 Dec",
    });
    expect(whole).toBe("Dear Asha, premium of 12500 is due on 14 Dec. -SURKSH");
    expect(dlt).toEqual({
      entityId: "1101",
      header: "SURKSH",
      templateId: "1107",
      variables: ["Asha", "12500", "14 Dec"],
    });
  });

  test("takes no line, no direction and no place of the registry from a value", async () => {
    const { text } = await say(sms("Hi {{city}}!"), { city: "a\r\nb\u202ec{#var#}" });
    expect(text).toBe("Hi a bc{#var#}!");
  });

  test("without a value and without a fallback is not rendered", async () => {
    const rendered = (await sms("Hi {{city}}").renderer())({}, target);
    expect(rendered).toEqual({ ok: false, missingTag: "city" });
  });
});

const template: ChosenTemplate = {
  name: "renewal_reminder",
  language: "en",
  category: "marketing",
  parts: {
    header: { kind: "image" },
    body: "Dear {{1}}, your {{2}} ends on {{3}}. Reply {{1}}",
    footer: "Suraksha",
    buttons: [
      { kind: "url", label: "Renew", url: "https://go.example/{{1}}" },
      { kind: "url", label: "Site", url: "https://example.com" },
      { kind: "phone", label: "Call us", phone: "+912212345678" },
      { kind: "quick_reply", label: "Call me" },
    ],
  },
};
const whatsapp = (body: Parameters<typeof whatsappBody.parse>[0], chosen: ChosenTemplate | null = template) =>
  compileWhatsApp(whatsappBody.parse(body), chosen, options({}));
const full = {
  templateId: "t",
  variables: ["{{first_name}}", "{{product_name}}", "{{renewal_date}}"],
  headerFileId: "file-1",
  buttonUrls: ["https://example.com/renew"],
};

describe("a WhatsApp message", () => {
  test("fills the template's variables, its picture and its link", async () => {
    const compiled = whatsapp(full);
    expect([compiled.problems, compiled.links, compiled.files]).toEqual([
      [],
      ["https://example.com/renew"],
      ["file-1"],
    ]);
    const values = { first_name: "Asha {{2}}", product_name: "Health", renewal_date: "14 Dec" };
    const rendered = (await compiled.renderer())(values, target);
    expect(rendered).toMatchObject({
      ok: true,
      content: {
        channel: "whatsapp",
        // What looks like a place in a value is words.
        text: "Dear Asha {{2}}, your Health ends on 14 Dec. Reply Asha {{2}}",
        template: {
          name: "renewal_reminder",
          category: "marketing",
          variables: ["Asha {{2}}", "Health", "14 Dec"],
          header: { kind: "image", fileId: "file-1" },
          footer: "Suraksha",
          buttons: [
            { label: "Renew", value: "https://ringback.test/t/c/abc/0", parameter: "t/c/abc/0" },
            { label: "Site", value: "https://example.com", parameter: null },
            { label: "Call us", value: "+912212345678", parameter: null },
            { label: "Call me", value: "Call me", parameter: null },
          ],
        },
      },
    });
  });

  test("says what is missing: the template, a variable, the picture, the link", () => {
    const fields = (compiled: ReturnType<typeof whatsapp>) => compiled.problems.map(({ field }) => field);
    expect(fields(whatsapp(full, null))).toEqual(["templateId"]);
    const bare = whatsapp({ templateId: "t", variables: ["{{first_name}}", " "] });
    expect(fields(bare)).toEqual(["variables.1", "variables.2", "headerFileId", "buttonUrls.0"]);
  });

  test("never sends a variable with a line break, which Meta refuses", async () => {
    const rendered = (await whatsapp(full).renderer())(
      { first_name: "A\n\nB", product_name: "x    y", renewal_date: "z" },
      target,
    );
    expect(
      rendered.ok && rendered.content.channel === "whatsapp" && rendered.content.template?.variables,
    ).toEqual(["A B", "x y", "z"]);
  });
});

describe("a registered text", () => {
  const registeredAs = (category: ChosenRegistration["category"], promotional: boolean) =>
    compileSms(
      smsBody.parse({ text: "", dltTemplateId: "x", variables: ["a"] }),
      { ...registration("Hi {#var#}"), category },
      { ...options({}), wayOut: promotional },
    ).problems.length;

  test("takes what its places take: cut to their length, figures only, no link where none fits", async () => {
    const compiled = registered("{#var#} {#numeric#} {#alphanumeric#} {#url#}", [
      "{{product_name}}",
      "{{premium_amount}}",
      "{{city}}",
      "https://example.com/a",
    ]);
    expect(compiled.problems).toEqual([]);
    const { dlt } = await say(compiled, {
      product_name: "A product whose name is longer than thirty",
      premium_amount: { text: "₹12,500.50", raw: 12_500.5 },
      city: "Pune @ #1 (West)",
    });
    expect(dlt?.variables).toEqual([
      "A product whose name is longer",
      "12,500.50",
      "Pune 1 (West)",
      "https://ringback.test/s/abc/0",
    ]);
  });

  test("does not go when nothing is left that may stand in a place", async () => {
    const rendered = (await registered("Pay {#numeric#}", ["{{city}}"]).renderer())({ city: "Pune" }, target);
    expect(rendered).toEqual({ ok: false, missingTag: "city" });
  });

  test("says at once what can never fit", () => {
    const said = (text: string, variable: string) => registered(text, [variable]).problems[0]?.message ?? "";
    expect(said("{#var#}", "https://example.com")).toContain("A link does not fit into place 1");
    expect(said("{#numeric#}", "soon")).toContain("takes figures only");
    expect(said("{#var#}", "x".repeat(31))).toContain("at most 30");
    expect(said("{#var#}", " ")).toContain("Say what stands");
  });

  test.each(["{#var#}", "{#alphanumeric#}", "{#numeric#}", "{#cbn#}", "{#email#}"])(
    "takes no list of policies in %s: its place would cut it before the end of its first entry",
    (place) => {
      const problems = (variable: string) => registered(`Due: ${place}. -SURKSH`, [variable]).problems;
      const problem = {
        field: "variables.0",
        tag: "policies_due",
        message:
          "The list of policies does not fit into this registered text. Choose one message about each policy, or take the list out.",
      };
      expect(problems("{{policies_due}}")).toEqual([expect.objectContaining(problem)]);
      expect(problems("{% if policies_due %}{{ policies_due }}{% else %}-{% endif %}")).toEqual([
        expect.objectContaining(problem),
      ]);
      expect(problems("{% if policies_due %}{{due_date}}{% else %}{{renewal_date}}{% endif %}")).toEqual([]);
      expect(sms("Due: {{policies_due}}").problems).toEqual([]);
    },
  );

  test("must be registered for what the campaign is for", () => {
    expect([registeredAs("service_implicit", false), registeredAs("transactional", false)]).toEqual([0, 0]);
    expect([registeredAs("service_explicit", false), registeredAs("service_explicit", true)]).toEqual([0, 0]);
    expect([registeredAs("promotional", true), registeredAs("promotional", false)]).toEqual([0, 1]);
    expect([registeredAs("service_implicit", true), registeredAs("transactional", true)]).toEqual([1, 1]);
  });
});
