import { test as base, expect } from "@playwright/test";
import { type Client, clientOf } from "./fixtures/client";
import { address, signInAs } from "./fixtures/sign-in";

/** Each journey has a supervisor at `page`, and the typed API as them. */
const test = base.extend<{ lead: Client }>({
  lead: async ({ page, context }, use) => {
    await signInAs(page, "Supervisor");
    await use(await clientOf(context));
  },
});

test("of two customers who share a number nobody is guessed: who leads says who it is, and takes it back", async ({
  lead,
  page,
  browser,
}) => {
  const office = await browser.newContext();
  await signInAs(await office.newPage(), "Administrator");
  const { customers } = await clientOf(office);
  const phone = `97${String(Date.now() % 100_000_000).padStart(8, "0")}`;
  const husband = "Hormuz Bharucha";
  for (const name of ["Gulnar Bharucha", husband])
    await customers.create.mutate({ name, phone: `+91${phone}` });
  const { id } = await lead.callbacks.request.mutate({
    phone,
    requestType: "policy_issue",
    urgency: "high",
    description: "The nominee is to be changed",
  });

  await page.goto(address(`/callbacks?open=${id}`));
  const panel = page.getByRole("complementary");
  const possible = panel.getByRole("list", { name: "Possible customers" });
  await expect(possible.getByRole("listitem")).toHaveCount(2);
  await possible.getByRole("button", { name: new RegExp(husband) }).click();
  await expect(page.getByRole("complementary", { name: husband })).toBeVisible();
  await expect(possible).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(possible.getByRole("listitem")).toHaveCount(2);
  await lead.callbacks.cancel.mutate({ callbackId: id, reason: "other" });
  await office.close();
});
