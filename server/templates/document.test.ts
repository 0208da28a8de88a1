import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentOf, isBlankBody, type RichDocument, richDocument } from "./content";
import { balance, compile, render } from "./testing/mail";

const text = (words: string, ...marks: object[]) => ({
  type: "text",
  text: words,
  ...(marks.length ? { marks } : {}),
});
const doc = (...content: object[]): RichDocument => richDocument.parse({ type: "doc", content });
const item = (...content: object[]) => ({ type: "listItem", content: [{ type: "paragraph", content }] });

const everything = doc(
  {
    type: "heading",
    attrs: { level: 1 },
    content: [text("Hello "), { type: "tag", attrs: { source: "customer_name" } }],
  },
  {
    type: "paragraph",
    content: [
      text("Plain "),
      text("bold", { type: "bold" }),
      text(" and "),
      text("bold italic", { type: "bold" }, { type: "italic" }),
      { type: "hardBreak" },
      text("see "),
      text("this ", { type: "link", attrs: { href: "https://a.test/1" } }),
      {
        type: "tag",
        attrs: { source: "city" },
        marks: [{ type: "link", attrs: { href: "https://a.test/1" } }],
      },
    ],
  },
  { type: "bulletList", content: [item(text("one")), item(text("two"))] },
  { type: "orderedList", attrs: { start: 3 }, content: [item(text("three"))] },
  { type: "image", attrs: { fileId: "f1", alt: "A family", href: "https://a.test/2", width: 300 } },
  { type: "button", attrs: { href: "https://a.test/3" }, content: [text("Renew now")] },
  { type: "horizontalRule" },
  { type: "paragraph" },
  { type: "paragraph", attrs: { textAlign: "center" }, content: [text("Bye")] },
);

describe("a rich document", () => {
  test("is said whole in both parts, with links in the order of reading", async () => {
    const compiled = compile({ body: everything });
    expect([compiled.problems, compiled.links, compiled.files]).toEqual([
      [],
      ["https://a.test/1", "https://a.test/2", "https://a.test/3"],
      ["f1"],
    ]);
    const { html, text: plain } = await render(
      { body: everything },
      { customer_name: "Asha <b>", city: "Pune" },
    );
    expect(html).toContain("Hello Asha &lt;b&gt;</h1>");
    expect(html).toContain("<strong>bold</strong> and <strong><em>bold italic</em></strong>");
    // One link, though a tag stands in it.
    expect(html).toMatch(/t\/c\/abc\/0"[^>]*>this Pune<\/a>/);
    expect(html).toContain('<ol start="3"');
    expect(html).toMatch(/<img src="https:\/\/ringback\.test\/f\/f1" alt="A family" width="300"/);
    expect(html).toContain("text-align:center");
    expect(balance(html)).toEqual([]);
    expect(plain).toBe(
      "Hello Asha <b>\n\nPlain bold and bold italic\nsee this Pune: https://ringback.test/t/c/abc/0\n\n- one\n- two\n\n3. three\n\nA family: https://ringback.test/t/c/abc/1\n\nRenew now: https://ringback.test/t/c/abc/2\n\n--------\n\nBye\n\n-- \nSuraksha Insurance\nStop these e-mails: https://ringback.test/unsubscribe/token\n",
    );
  });

  test("knows nothing but what is listed: raw HTML, scripts and foreign marks are refused", () => {
    for (const content of [
      { type: "html", attrs: { html: "<script>" } },
      {
        type: "paragraph",
        content: [{ type: "text", text: "x", marks: [{ type: "textStyle", attrs: { color: "red" } }] }],
      },
      { type: "paragraph", content: [{ type: "text", text: "" }] },
      { type: "heading", attrs: { level: 7 } },
      { type: "image", attrs: { src: "https://evil.test/x.png" } },
    ])
      expect(
        richDocument.safeParse({ type: "doc", content: [content] }).success,
        JSON.stringify(content),
      ).toBe(false);
    const long = { type: "paragraph", content: [text("x".repeat(100_001))] };
    expect(richDocument.safeParse({ type: "doc", content: [long] }).success).toBe(false);
    const extra = richDocument.parse({
      type: "doc",
      content: [{ type: "paragraph", onclick: "x", content: [] }],
    });
    expect(JSON.stringify(extra)).not.toContain("onclick");
  });

  test("whatever its words are, makes well-formed HTML in which they are words", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1, maxLength: 60 }), async (words) => {
        const harmless = words.replace(/[{}]/g, "(");
        const body = doc(
          { type: "heading", attrs: { level: 2 }, content: [text(harmless)] },
          { type: "button", attrs: { href: "https://a.test" }, content: [text(harmless)] },
          { type: "image", attrs: { fileId: "f", alt: harmless } },
          { type: "bulletList", content: [item(text(harmless, { type: "bold" }))] },
        );
        const { html } = await render({ body, subject: harmless, preheader: harmless }, {});
        expect(balance(html)).toEqual([]);
        expect(html).not.toMatch(/<script|onerror=|javascript:/i);
      }),
      { numRuns: 60 },
    );
  });

  test("cannot reach the layout's own language: MJML in a message is words", async () => {
    const body = doc({ type: "paragraph", content: [text("</mj-text><mj-raw><script>1</script></mj-raw>")] });
    const { html } = await render({ body }, {});
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;/mj-text&gt;");
  });
});

describe("a plain text", () => {
  test("stands for a document: paragraphs, bold, links, a button, logic of its own line", () => {
    expect(
      documentOf(
        "Dear {{customer_name}},\r\nhello **you**\n\n[Go](https://a.test)\n{% if city %}\nx\n{% endif %}",
      ),
    ).toEqual(
      doc(
        {
          type: "paragraph",
          content: [
            text("Dear "),
            { type: "tag", attrs: { source: "customer_name" } },
            text(","),
            { type: "hardBreak" },
            text("hello "),
            text("you", { type: "bold" }),
          ],
        },
        { type: "button", attrs: { href: "https://a.test" }, content: [text("Go")] },
        { type: "paragraph", content: [text("{% if city %}")] },
        { type: "paragraph", content: [text("x")] },
        { type: "paragraph", content: [text("{% endif %}")] },
      ),
    );
  });

  test("always stands for a document that is one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (words) => {
        expect(richDocument.safeParse(documentOf(words)).success).toBe(true);
      }),
    );
  });

  test("is blank without words, and so is a document", () => {
    expect(
      [" \n", doc(), doc({ type: "paragraph" }), doc({ type: "paragraph", content: [text(" ")] })].map(
        isBlankBody,
      ),
    ).toEqual([true, true, true, true]);
    expect(["x", doc({ type: "horizontalRule" }), everything].map(isBlankBody)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
