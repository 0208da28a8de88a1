import { expect, test } from "@playwright/test";
import { clientOf } from "./fixtures/client";
import { address, signInAs } from "./fixtures/sign-in";

test("a customer answers a campaign and wants a call, then says STOP on the phone: both are seen where people look", async ({
  page,
  context,
}) => {
  await signInAs(page, "Administrator");
  const client = await clientOf(context);
  const name = `Ritu Bhandari ${Date.now() % 100_000}`;
  const phone = `+9198${String(Date.now() % 100_000_000).padStart(8, "0")}`;
  const { id: customerId } = await client.customers.create.mutate({
    name,
    phone,
    email: `${name.replaceAll(" ", ".").toLowerCase()}@example.test`,
    tier: "platinum",
  });
  for (const channel of ["email", "whatsapp"] as const)
    await client.consent.grant.mutate({
      customerId,
      channel,
      purpose: "promotional",
      source: "branch",
      textShown: "Yes, send me offers.",
      evidence: "Form 4411",
    });

  const { id } = await client.campaigns.create.mutate({
    name: `Cover check ${name}`,
    type: "retention",
    goal: "engagement",
    category: "newsletter",
  });
  const { version } = await client.campaigns.get.query({ id });
  await client.campaigns.update.mutate({
    id,
    version,
    changes: {
      audience: { kind: "tier", tiers: ["platinum"] },
      bodies: {
        email: {
          en: { subject: "{{customer_name}}, is your cover enough?", body: "Answer us: we call you." },
        },
      },
      fallbacks: { customer_name: "Customer" },
    },
  });
  await page.goto(address(`/campaigns/${id}/edit`));
  await page.getByRole("button", { name: "Launch" }).click();
  await page.getByRole("button", { name: /^Send [\d,]+ e-mails now$/ }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
  await expect(page.getByText("Completed").first()).toBeVisible();

  await page.goto(address(`/inbox?q=${encodeURIComponent(name)}`));
  await page
    .getByRole("link", { name: new RegExp(name) })
    .first()
    .click();
  await page.getByLabel("Answer as the customer").fill("Please call me tomorrow");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Ringback heard: call me")).toBeVisible();

  await page.goto(address("/responses"));
  await page.getByRole("link", { name: new RegExp(name) }).click();
  const panel = page.getByRole("complementary", { name });
  await expect(panel.getByText("Please call me tomorrow")).toBeVisible();
  await expect(panel.getByText("matched: “please call")).toBeVisible();

  const { accounts } = await client.channels.accounts.query();
  const sandbox = accounts.find(({ channel, provider }) => channel === "whatsapp" && provider === "sandbox");
  await client.channels.sendTest.mutate({ accountId: sandbox?.id ?? "", to: phone });
  await page.goto(address(`/inbox?channel=whatsapp&q=${encodeURIComponent(phone)}`));
  await page.getByRole("navigation", { name: "Messages" }).getByRole("link").first().click();
  const chat = page.getByRole("region", { name: "Messages on the phone" });
  await expect(chat.getByText("If you can read it, the account works.")).toBeVisible();
  await page.getByLabel("Answer as the customer").fill("STOP");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(chat.getByText("STOP", { exact: true })).toBeVisible();
  await expect(page.getByText("Ringback heard: opt-out")).toBeVisible();

  await page.goto(address(`/customers/${customerId}?tab=consent`));
  await expect(page.getByText("Withdrawn").first()).toBeVisible();
  const states = await client.consent.ofCustomer.query({ customerId });
  expect(
    states.standings
      .filter(({ state }) => state === "withdrawn")
      .map(({ channel, purpose }) => [channel, purpose]),
  ).toEqual([["whatsapp", "promotional"]]);
});
