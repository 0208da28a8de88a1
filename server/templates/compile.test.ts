import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answer, compile, render, target } from "./testing/mail";

describe("a customer's value", () => {
  test("is text in the HTML part, whatever it holds", async () => {
    const name = `<img src=x onerror="alert('1')"> & **bold** [x](https://evil.test) {{tier}}`;
    const { html, text } = await render({}, { customer_name: name });
    expect(html).toContain(
      "Hello &lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; **bold** [x](https://evil.test) {{tier}}",
    );
    expect(html).not.toContain('evil.test"');
    expect(text).toContain(name);
  });

  test("never adds a line to the subject", async () => {
    const say = await compile({ subject: "Hi {{customer_name}}" }).renderer();
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const rendered = say({ customer_name: `A${name}\r\nBcc: x@evil.test\u2028y` }, target);
        const subject = rendered.ok && rendered.content.channel === "email" ? rendered.content.subject : "";
        expect(subject).toContain("Bcc: x@evil.test y");
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      }),
    );
  });

  test("cannot make a tag of its own in the HTML part", async () => {
    const say = await compile().renderer();
    const count = (name: string) => {
      const rendered = say({ customer_name: name }, target);
      return rendered.ok && rendered.content.channel === "email"
        ? rendered.content.html.split("<").length
        : Number.NaN;
    };
    const plain = count("x");
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "binary" }), (name) => {
        expect(count(`x${name}`)).toBe(plain);
      }),
    );
  });

  test("cannot turn the text around it", async () => {
    expect((await render({}, { customer_name: "\u202eahsA" })).text).toContain("Hello ahsA");
  });
});

describe("a tag", () => {
  test("without a value and without a fallback renders nothing and is named", async () => {
    for (const values of [{}, { customer_name: null }, { customer_name: "  \n " }])
      expect(await answer({}, values)).toEqual({
        ok: false,
        missingTag: "customer_name",
      });
  });

  test("takes its own default before the message's fallback", async () => {
    const body = 'Hi {{customer_name | default: "there"}}, {{ city }}';
    const fallbacks = { customer_name: "friend", city: "your city" };
    expect((await render({ body, fallbacks }, {})).text).toContain("Hi there, your city");
    expect((await render({ body, fallbacks }, { customer_name: "Asha", city: "Pune" })).text).toContain(
      "Hi Asha, Pune",
    );
  });

  test("is required where a use of it has nothing to fall back on", () => {
    const compiled = compile({
      body: '{{customer_name | default: "there"}} {{city}} {{tier}} {{nick}} {{company_name}} {{city | default: "x"}}',
      fallbacks: { tier: "valued" },
    });
    expect(compiled.required).toEqual(["city"]);
  });

  test("that does not exist is a problem with its place and never renders, not even with a fallback", async () => {
    const parts = { body: "Hello\n\nHi {{nick_name}}", fallbacks: { nick_name: "there" } };
    expect(compile(parts).problems).toEqual([
      {
        message: "There is no tag {{nick_name}}. Choose one from the list.",
        tag: "nick_name",
        field: "body",
        at: 2,
      },
    ]);
    expect(await answer(parts, { nick_name: "x" })).toEqual({ ok: false, missingTag: "nick_name" });
    expect((await answer({ body: "{{constructor}}" }, {})).ok).toBe(false);
  });

  test("that cannot be read is a problem and never reaches a reader", async () => {
    const bodies = [
      "Hi {{customer_name",
      "Hi customer_name}}",
      "Hi {{customer_name | upper}}",
      "{{}}",
      "Hi {{customer_name | default: customer_name}}",
      "Hi {{customer_name city}}",
      'Hi {{"x"}}',
      "Hi {{customer_name.length}}",
      "Hi {{customer_name['length']}}",
      "Hi {{attribute.unknown}}",
      `Hi {{customer_name | truncate: ${"9".repeat(300)}}}`,
    ];
    for (const body of bodies) {
      expect(compile({ body }).problems, body).toHaveLength(1);
      expect((await answer({ body }, { customer_name: "Asha", city: "Pune" })).ok, body).toBe(false);
    }
  });

  test("in the subject counts like one in the body", async () => {
    expect(compile({ subject: "{{tier}}", body: "x" }).tags).toEqual(["tier"]);
    expect(await answer({ subject: "{{tier}}", body: "x" }, {})).toEqual({ ok: false, missingTag: "tier" });
  });

  test("for the company is always known", async () => {
    expect((await render({ body: "From {{company_name}}" }, {})).text).toContain("From Suraksha Insurance");
  });
});

describe("links", () => {
  test("are numbered and lead through the copy's own addresses", async () => {
    const body =
      "[Renew](https://example.com/renew?a=1&b=2)\n\nOr **[read {{customer_name}}](http://example.com/a_(b))**";
    expect(compile({ body }).links).toEqual([
      "https://example.com/renew?a=1&b=2",
      "http://example.com/a_(b)",
    ]);
    const { html, text } = await render({ body });
    expect(html).toContain('href="https://ringback.test/t/c/abc/0"');
    expect(html).toContain('href="https://ringback.test/t/c/abc/1"');
    expect(html).not.toContain("example.com/renew");
    expect(text).toContain("Renew: https://ringback.test/t/c/abc/0");
  });

  test("other than web addresses are problems and stay words", async () => {
    for (const address of [
      "javascript:alert(1)",
      "data:text/html,x",
      "/renew",
      "https://a@evil.test",
      "https://x.test/{{tier}}",
    ]) {
      const compiled = compile({ body: `See [this](${address})` });
      expect(compiled.problems.length, address).toBeGreaterThan(0);
      expect(compiled.links, address).toEqual([]);
    }
    expect((await render({ body: "See [this](javascript:alert(1))" })).html).not.toContain("javascript");
  });
});

describe("every message", () => {
  test("has a text part with the company and the way out", async () => {
    expect((await render({ body: "**Bold** and\nplain\n\nSecond" })).text).toBe(
      "Bold and\nplain\n\nSecond\n\n-- \nSuraksha Insurance\nStop these e-mails: https://ringback.test/unsubscribe/token\n",
    );
  });

  test("shows the way out and the pixel only where they are given", async () => {
    const { html } = await render({});
    expect(html).toContain('href="https://ringback.test/unsubscribe/token"');
    expect(html).toContain('src="https://ringback.test/t/o/abc.gif"');
    const bare = await render({}, { customer_name: "Asha" }, { unsubscribeUrl: null, pixelUrl: null });
    expect(bare.html).not.toMatch(/Unsubscribe|<img/);
  });

  test("leads to the preference centre, in both parts, also where nothing can be unsubscribed", async () => {
    const preferencesUrl = "https://ringback.test/preferences/token";
    const { html, text } = await render(
      {},
      { customer_name: "Asha" },
      { unsubscribeUrl: null, preferencesUrl },
    );
    expect(html).toContain(`href="${preferencesUrl}"`);
    expect(text).toContain(`Choose what you get: ${preferencesUrl}`);
  });

  test("keeps a company's name, colour, address and logo inside their places", async () => {
    const hostile = '"><script>';
    const company = { companyName: hostile, accent: hostile, address: hostile, logoUrl: hostile };
    expect((await render({ body: "x" }, {}, { company })).html).not.toContain("<script");
  });
});
