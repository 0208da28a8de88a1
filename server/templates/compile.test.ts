import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileMessage } from "./compile";
import type { MessageContent, TagValues } from "./schemas";

const target = {
  linkUrl: (index: number) => `https://ringback.test/t/c/abc/${index}`,
  unsubscribeUrl: "https://ringback.test/unsubscribe/token",
  pixelUrl: "https://ringback.test/t/o/abc.gif",
  company: { companyName: "Suraksha Insurance" },
};

const content = (parts: Partial<MessageContent>): MessageContent => ({
  subject: "Your renewal",
  body: "Hello {{customer_name}}",
  fallbacks: {},
  ...parts,
});

function render(parts: Partial<MessageContent>, values: TagValues = { customer_name: "Asha Rao" }) {
  const rendered = compileMessage(content(parts)).render(values, target);
  if (!rendered.ok) throw new Error(`missing ${rendered.missingTag}`);
  return rendered;
}

describe("a customer's value", () => {
  test("is text in the HTML part, whatever it holds", () => {
    const name = `<img src=x onerror="alert('1')"> & **bold** [x](https://evil.test) {{tier}}`;
    const { html, text } = render({}, { customer_name: name });
    expect(html).toContain(
      "Hello &lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; **bold** [x](https://evil.test) {{tier}}",
    );
    expect(html).not.toContain('evil.test"');
    expect(text).toContain(name);
  });

  test("never adds a line to the subject", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const { subject } = render(
          { subject: "Hi {{customer_name}}" },
          { customer_name: `A${name}\r\nBcc: x@evil.test\u2028y` },
        );
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      }),
    );
  });

  test("cannot make a tag of its own in the HTML part", () => {
    const plain = render({}, { customer_name: "x" }).html;
    const count = (html: string) => html.split("<").length;
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "binary" }), (name) => {
        expect(count(render({}, { customer_name: `x${name}` }).html)).toBe(count(plain));
      }),
    );
  });

  test("cannot turn the text around it", () => {
    expect(render({}, { customer_name: "\u202eahsA" }).text).toContain("Hello ahsA");
  });
});

describe("a tag", () => {
  test("without a value and without a fallback renders nothing and is named", () => {
    for (const values of [{}, { customer_name: null }, { customer_name: "  \n " }])
      expect(compileMessage(content({})).render(values, target)).toEqual({
        ok: false,
        missingTag: "customer_name",
      });
  });

  test("takes its own default before the message's fallback", () => {
    const body = 'Hi {{customer_name | default: "there"}}, {{ city }}';
    const fallbacks = { customer_name: "friend", city: "your city" };
    expect(render({ body, fallbacks }, {}).text).toContain("Hi there, your city");
    expect(render({ body, fallbacks }, { customer_name: "Asha", city: "Pune" }).text).toContain(
      "Hi Asha, Pune",
    );
  });

  test("is required where a use of it has nothing to fall back on", () => {
    const compiled = compileMessage(
      content({
        body: '{{customer_name | default: "there"}} {{city}} {{tier}} {{nick}} {{company_name}} {{city | default: "x"}}',
        fallbacks: { tier: "valued" },
      }),
    );
    expect(compiled.required).toEqual(["city"]);
  });

  test("that does not exist is a problem and never renders, not even with a fallback", () => {
    const compiled = compileMessage(content({ body: "Hi {{nick_name}}", fallbacks: { nick_name: "there" } }));
    expect(compiled.problems).toEqual([
      { message: "There is no tag {{nick_name}}. Choose one from the list.", tag: "nick_name" },
    ]);
    expect(compiled.render({}, target)).toEqual({ ok: false, missingTag: "nick_name" });
    expect(compileMessage(content({ body: "{{constructor}}" })).render({}, target).ok).toBe(false);
  });

  test("that cannot be read is a problem and never reaches a reader", () => {
    for (const body of ["Hi {{customer_name", "Hi customer_name}}", "Hi {{customer_name | upper}}", "{{}}"]) {
      const compiled = compileMessage(content({ body }));
      expect(compiled.problems, body).toHaveLength(1);
      expect(compiled.render({ customer_name: "Asha" }, target).ok, body).toBe(false);
    }
  });

  test("in the subject counts like one in the body", () => {
    const compiled = compileMessage(content({ subject: "{{tier}}", body: "x" }));
    expect(compiled.tags).toEqual(["tier"]);
    expect(compiled.render({}, target)).toEqual({ ok: false, missingTag: "tier" });
  });

  test("for the company is always known", () => {
    expect(render({ body: "From {{company_name}}" }, {}).text).toContain("From Suraksha Insurance");
  });
});

describe("links", () => {
  test("are numbered and lead through the copy's own addresses", () => {
    const body =
      "[Renew](https://example.com/renew?a=1&b=2)\n\nOr **[read {{customer_name}}](http://example.com/a_(b))**";
    const compiled = compileMessage(content({ body }));
    expect(compiled.links).toEqual(["https://example.com/renew?a=1&b=2", "http://example.com/a_(b)"]);
    const { html, text } = render({ body });
    expect(html).toContain('href="https://ringback.test/t/c/abc/0"');
    expect(html).toContain('href="https://ringback.test/t/c/abc/1"');
    expect(html).not.toContain("example.com/renew");
    expect(text).toContain("Renew: https://ringback.test/t/c/abc/0");
  });

  test("other than web addresses are problems and stay words", () => {
    for (const address of [
      "javascript:alert(1)",
      "data:text/html,x",
      "/renew",
      "https://a@evil.test",
      "https://x.test/{{tier}}",
    ]) {
      const compiled = compileMessage(content({ body: `See [this](${address})` }));
      expect(compiled.problems.length, address).toBeGreaterThan(0);
      expect(compiled.links, address).toEqual([]);
    }
    expect(render({ body: "See [this](javascript:alert(1))" }).html).not.toContain("javascript");
  });
});

describe("every message", () => {
  test("has a text part with the company and the way out", () => {
    expect(render({ body: "**Bold** and\nplain\n\nSecond" }).text).toBe(
      "Bold and\nplain\n\nSecond\n\n-- \nSuraksha Insurance\nStop these e-mails: https://ringback.test/unsubscribe/token\n",
    );
  });

  test("shows the way out and the pixel only where they are given", () => {
    const { html } = render({});
    expect(html).toContain('href="https://ringback.test/unsubscribe/token"');
    expect(html).toContain('src="https://ringback.test/t/o/abc.gif"');
    const bare = compileMessage(content({})).render(
      { customer_name: "Asha" },
      { ...target, unsubscribeUrl: null, pixelUrl: null },
    );
    expect(bare.ok && bare.html).not.toMatch(/Unsubscribe|<img/);
  });

  test("keeps a company's name and colour inside their places", () => {
    const rendered = compileMessage(content({ body: "x" })).render(
      {},
      { ...target, company: { companyName: 'A"><script>', accent: 'red"><script>' } },
    );
    expect(rendered.ok && rendered.html).not.toContain("<script");
  });
});
