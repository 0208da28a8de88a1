import { expect, test } from "@playwright/test";
import { address } from "./fixtures/sign-in";

const doors = [
  "/sign-in",
  "/campaigns",
  "/unsubscribe/none",
  "/nowhere",
  "/readyz",
  "/api/trpc/campaigns.list",
];

for (const door of doors)
  test(`${door} forbids foreign scripts, framing and guessing of types, and asks for https to stay`, async ({
    request,
  }) => {
    const answer = await request.get(address(door), { maxRedirects: 0 });
    const headers = answer.headers();
    const policy = directives(headers["content-security-policy"] ?? "");
    expect(policy["default-src"]).toBe("'self'");
    expect(policy["script-src"]).not.toContain("unsafe-inline");
    expect(policy["script-src"]).not.toContain("unsafe-eval");
    expect(policy["script-src"]).toMatch(/'nonce-[\w+/=]{22,}'/);
    expect(policy["object-src"]).toBe("'none'");
    expect(policy["frame-ancestors"]).toBe("'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["strict-transport-security"], "plain http promises nothing").toBeUndefined();
    expect(headers["x-powered-by"]).toBeUndefined();

    const behindHttps = await request.get(address(door), {
      maxRedirects: 0,
      headers: { "x-forwarded-proto": "https" },
    });
    expect(behindHttps.headers()["strict-transport-security"]).toMatch(/^max-age=\d{8}/);
    expect(
      directives(behindHttps.headers()["content-security-policy"] ?? "")["script-src"],
      "a nonce serves once",
    ).not.toBe(policy["script-src"]);
  });

for (const door of ["/api/v1/events", "/api/webhooks/meta/none"])
  test(`${door}, where other systems call, asks for https to stay`, async ({ request }) => {
    const answer = await request.post(address(door), { headers: { "x-forwarded-proto": "https" }, data: {} });
    expect(answer.headers()["strict-transport-security"]).toBe("max-age=63072000; includeSubDomains");
  });

test("the upload door allows nothing to be loaded or framed", async ({ request }) => {
  const answer = await request.post(address("/api/imports?name=a.csv"), {
    headers: { "x-forwarded-proto": "https" },
    data: "a",
  });
  expect(answer.status()).toBe(401);
  expect(answer.headers()).toMatchObject({
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
  });
});

const directives = (policy: string): Record<string, string> =>
  Object.fromEntries(
    policy.split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources.join(" ")];
    }),
  );

test("it can be installed: the manifest and its icons are there before anybody has signed in", async ({
  request,
}) => {
  const page = await request.get(address("/sign-in"));
  expect(await page.text()).toMatch(/<link rel="manifest" href="\/manifest\.webmanifest"/);
  const manifest = await (await request.get(address("/manifest.webmanifest"), { maxRedirects: 0 })).json();
  expect(manifest).toMatchObject({ display: "standalone", start_url: "/" });
  const sizes = manifest.icons.map(({ sizes }: { sizes: string }) => sizes);
  expect(sizes).toEqual(expect.arrayContaining(["192x192", "512x512"]));
  for (const { src, type } of manifest.icons) {
    const icon = await request.get(address(src), { maxRedirects: 0 });
    expect([icon.status(), icon.headers()["content-type"]], src).toEqual([200, type]);
  }
});
