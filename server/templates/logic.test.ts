import { describe, expect, test } from "vitest";
import type { TagValues } from "./schemas";
import { answer, balance, compile, render } from "./testing/mail";

describe("a filter", () => {
  const values: TagValues = {
    customer_name: "asha RAO",
    premium_amount: { text: "₹12,500", raw: 12_500 },
    due_date: { text: "14 December 2026", raw: "2026-12-14" },
    "attribute.plan": { text: "7.5", raw: 7.5 },
  };
  const cases: [string, string][] = [
    ["{{customer_name | upcase}}", "ASHA RAO"],
    ["{{customer_name | downcase}}", "asha rao"],
    ["{{customer_name | capitalize}}", "Asha rao"],
    ["{{customer_name | truncate: 6}}", "ash..."],
    ['{{customer_name | truncate: 6, "…"}}', "asha …"],
    ["{{customer_name | truncate: 60}}", "asha RAO"],
    ['{{due_date | date: "%d/%m/%y, %A %e %b %Y, 100%%, %Q"}}', "14/12/26, Monday 14 Dec 2026, 100%, %Q"],
    ['{{customer_name | date: "%d"}}', "asha RAO"],
    ["{{premium_amount | money}}", "₹12,500"],
    ["{{attribute.plan | money}}", "₹7.50"],
    ["{{attribute.plan}}", "7.5"],
    ["{{customer_name | money}}", "asha RAO"],
    ['{{city | upcase | default: "your city"}}', "YOUR CITY"],
    ['{{city | default: "your city"}}', "your city"],
  ];
  test.each(cases)("%s", async (source, expected) => {
    expect(compile({ body: source }).problems).toEqual([]);
    expect((await render({ body: source }, values)).text.split("\n")[0]).toBe(expected);
  });

  test("writes dates in the language of the body", async () => {
    const body = '{{due_date | date: "%e %B"}}';
    expect((await render({ body }, values, { locale: "hi-IN-u-nu-latn" })).text).toContain("14 दिसंबर");
  });

  test("that does not exist, or lacks its argument, is a problem in words", () => {
    const said = (body: string) => compile({ body }).problems.map(({ message }) => message);
    expect(said("{{city | shout}}")[0]).toContain("there is no filter “shout”");
    expect(said("{{city | truncate}}")[0]).toContain("truncate: 20");
    expect(said("{{due_date | date}}")[0]).toContain("%d %B %Y");
    expect(said("{{city | default}}")[0]).toContain('default: "there"');
    expect(said('{{city | default: ""}}')[0]).toContain("The fallback of {{city}} is empty");
  });
});

describe("logic", () => {
  const say = async (body: string, values: TagValues) =>
    (await render({ body }, values)).text.split("\n\n-- ")[0];
  const amount = { text: "₹12,500", raw: 12_500 };
  const cases: [string, TagValues, string][] = [
    ["{% if city %}In {{city}}{% else %}Hello{% endif %}", { city: "Pune" }, "In Pune"],
    ["{% if city %}In {{city}}{% else %}Hello{% endif %}", { city: " " }, "Hello"],
    ["{% unless city %}Hello{% endunless %}!", {}, "Hello!"],
    [
      "{% if premium_amount > 10000 %}Big{% elsif premium_amount > 100 %}Small{% endif %}.",
      { premium_amount: amount },
      "Big.",
    ],
    ["{% if premium_amount > 10000 %}Big{% endif %}.", {}, "."],
    ['{% if tier == "Gold" and city contains "un" %}yes{% endif %}.', { tier: "Gold", city: "Pune" }, "yes."],
    [
      '{% case tier %}{% when "Gold", "Platinum" %}vip{% when "Silver" %}s{% else %}all{% endcase %}.',
      { tier: "Platinum" },
      "vip.",
    ],
    [
      '{% case tier %}{% when "Gold" or "Platinum" %}vip{% else %}all{% endcase %}.',
      { tier: "Bronze" },
      "all.",
    ],
    ["{%- if city -%}{% if tier %}both{% endif %}{%- endif -%}.", { city: "x", tier: "y" }, "both."],
    [
      '{% if due_date < "2026-12-20" %}soon{% endif %}.',
      { due_date: { text: "14 Dec", raw: "2026-12-14" } },
      "soon.",
    ],
    [
      "{% if attribute.plan %}{{attribute.plan}}{% endif %}.",
      { "attribute.plan": { text: "Yes", raw: true } },
      "Yes.",
    ],
    [
      "{% if attribute.plan %}{{attribute.plan}}{% endif %}.",
      { "attribute.plan": { text: "No", raw: false } },
      ".",
    ],
  ];
  test.each(cases)("%s of %o", async (body, values, expected) => {
    expect(compile({ body }).problems).toEqual([]);
    expect(await say(body, values)).toBe(expected);
  });

  test("needs only the tags of the branch that is taken", async () => {
    const body = "{% if city %}In {{city}}{% else %}To {{customer_name}}{% endif %}";
    expect(compile({ body }).required).toEqual([]);
    expect(await say(body, { city: "Pune" })).toBe("In Pune");
    expect(await answer({ body }, {})).toEqual({ ok: false, missingTag: "customer_name" });
  });

  test("chooses between whole paragraphs, and leaves no hole where none is shown", async () => {
    const body =
      'First\n\n{% if tier == "Gold" %}\n\n[Your gold page](https://x.test/gold)\n\nThanks\n\n{% endif %}\nLast';
    const gold = await render({ body }, { tier: "Gold" });
    expect(gold.text).toContain("First\n\nYour gold page: https://ringback.test/t/c/abc/0\n\nThanks\n\nLast");
    expect(gold.html).toContain("/t/c/abc/0");
    const other = await render({ body }, { tier: "Silver" });
    expect(other.text).toContain("First\n\nLast");
    expect(other.html).not.toContain("/t/c/abc/0");
    for (const { html } of [gold, other]) expect(balance(html)).toEqual([]);
  });

  test("in a subject and in an SMS chooses words too", async () => {
    const subject = "{% if city %}News from {{city}}{% else %}News{% endif %}";
    expect((await render({ subject }, { city: "Pune", customer_name: "A" })).subject).toBe("News from Pune");
    expect((await render({ subject }, { customer_name: "A" })).subject).toBe("News");
  });

  test("reads a value as a value: what looks like logic or a tag in it is words", async () => {
    const city = "{% if tier %}{{tier}}{% endif %}";
    expect(await say("{% if city %}{{city}}{% endif %}", { city, tier: "Gold" })).toBe(city);
  });

  test("whose value holds logic of its own is refused: it is never taken for another condition", async () => {
    const body = '{% if city == "{% if tier %}" %}x{% endif %}.';
    expect(compile({ body }).problems.map(({ message }) => message)).toEqual([
      "A tag is not closed: write it as {{customer_name}}.",
    ]);
    expect((await answer({ body }, { city: "{% if tier %}" })).ok).toBe(false);
  });

  test("that does not fit is a problem with its place, and nothing is sent", async () => {
    const wrong = [
      "{% if city %}Hello",
      "Hello{% endif %}",
      "{% else %}",
      "{% elsif city %}",
      "{% if city %}a{% else %}b{% else %}c{% endif %}",
      "{% if city %}a{% endunless %}b{% endif %}",
      "{% for x in y %}{{x}}{% endfor %}",
      "{% assign x = 1 %}",
      "{% include 'x' %}",
      "{% if city | upcase == 'X' %}a{% endif %}",
      "{% if unknown %}a{% endif %}",
      "{% if city tier %}a{% endif %}",
      "{% if %}a{% endif %}",
      "{% if (1..3) %}a{% endif %}",
      "{% if city == %}a{% endif %}",
      "{% if constructor.constructor %}a{% endif %}",
      "{% case tier %}{% when gold %}a{% endcase %}",
      "Hello {% if city",
    ];
    for (const body of wrong) expect(compile({ body }).problems.length, body).toBeGreaterThan(0);
    const [problem] = compile({ body: "One\n\nTwo {% if unknown %}x{% endif %}" }).problems;
    expect(problem).toMatchObject({ field: "body", at: 2, tag: "unknown" });
  });

  test("has limits: depth, number, length", () => {
    const deep = `${"{% if city %}".repeat(11)}x${"{% endif %}".repeat(11)}`;
    expect(compile({ body: deep }).problems[0]?.message).toContain("10 deep");
    const many = Array.from({ length: 301 }, (_, n) => `{{city | truncate: ${n + 1}}}`).join("");
    expect(compile({ body: many }).problems[0]?.message).toContain("300 tags");
    const long = `{% if city == "${"x".repeat(300)}" %}a{% endif %}`;
    expect(compile({ body: long }).problems[0]?.message).toContain("too long");
  });
});

test("behind the card, the colour of the page is the one of the company by day and a dark one at night", async () => {
  const { html } = await render({}, undefined, {
    company: { companyName: "Suraksha Insurance", page: "#fff4e5" },
  });
  // What covers the body has a colour of its own in it, so the rules have to reach it, too.
  expect(html).toMatch(/<body[^>]*class="rb-page"[^>]*>[\s\S]*?<div[^>]*style="[^"]*background-color/);
  const rules = [...html.matchAll(/\.rb-page>div\{background:(#[0-9a-f]{6})!important/g)].map(
    ([, colour]) => colour,
  );
  expect(rules).toEqual(["#0b0f17", "#fff4e5", "#0b0f17"]);
});
