import { expect, type Page, test } from "@playwright/test";
import { clientOf } from "./fixtures/client";
import { address, signInAs } from "./fixtures/sign-in";

/** Somebody new with consent for promotion by e-mail, whom no cap and no hour of contact holds back. */
async function makeCustomer(page: Page, name: string): Promise<string> {
  const client = await clientOf(page.context());
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.test`;
  const { id } = await client.customers.create.mutate({ name, email });
  await client.consent.grant.mutate({
    customerId: id,
    channel: "email",
    purpose: "promotional",
    source: "branch",
    textShown: "News about our products by e-mail",
    evidence: "Form 7 of the branch",
  });
  return id;
}

test("an automation is built, looked back on, played through, switched on, and changed while somebody is inside", async ({
  page,
}) => {
  await signInAs(page, "Marketer");
  const client = await clientOf(page.context());
  const first = await makeCustomer(page, "Firoza Automatwala");
  const second = await makeCustomer(page, "Sunil Automatwala");
  const asks = (customer: string) =>
    client.events.ingest.mutate({ events: [{ name: "brochure_asked", customer: { id: customer } }] });
  await asks(first);
  const { rows } = await client.campaigns.list.query({ search: "Renewal drive" });
  const { id } = await client.campaigns.clone.mutate({ id: rows[0]?.id ?? "" });
  await client.campaigns.update.mutate({
    id,
    version: 1,
    changes: {
      name: "Brochure sequence",
      category: "newsletter",
      audience: { kind: "all" },
      channels: ["email"],
      languages: ["en"],
      bodies: {
        email: {
          en: { subject: "Your brochure", preheader: "", body: "Dear {{customer_name}}, here it is." },
        },
      },
      fallbacks: { customer_name: "customer" },
      fallBack: null,
      holdOut: 0,
    },
  });

  // Built.
  await page.goto(address(`/campaigns/${id}/edit?tab=schedule`));
  await page.getByRole("radio", { name: /When something happens/ }).click();
  await page.getByRole("button", { name: "Add a trigger" }).click();
  await page.getByRole("menuitem", { name: "Any other event" }).click();
  await page.getByRole("combobox", { name: "Event" }).fill("brochure_asked");
  const add = async (step: string) => {
    await page.getByRole("button", { name: "Add a step" }).click();
    await page.getByRole("menuitem", { name: step }).click();
  };
  await add("Wait some time");
  await add("Send a message");
  await page.getByRole("checkbox", { name: "Words of its own" }).click();
  const followUps = page.getByRole("region", { name: "Follow-ups" });
  await followUps.getByLabel("Subject", { exact: true }).fill("Did you read it?");
  await followUps.getByLabel("Message", { exact: true }).fill("We would like to know.");

  // Looked back on: who asked a moment ago would have entered.
  await page.getByRole("button", { name: "Who would have entered in the last 30 days" }).click();
  await expect(page.getByText("1 entry of 1 customer.")).toBeVisible();

  // Played through: an answer ends it, silence leads on to the reminder.
  const played = page.getByRole("region", { name: "One customer played through" });
  await played.getByRole("combobox", { name: "Customer" }).click();
  await page.getByPlaceholder("Name, e-mail, phone or id").fill("Firoza Automatwala");
  await page.getByRole("option", { name: /Firoza Automatwala/ }).click();
  await played.getByRole("button", { name: "Assume that the customer does something" }).click();
  await played.getByRole("button", { name: "Play it through" }).click();
  await expect(played.getByText("First message by E-mail goes, “Your brochure”")).toBeVisible();
  await expect(played.getByText("Leaves: the customer replied")).toBeVisible();
  await played.getByRole("button", { name: "Take this out" }).click();
  await played.getByRole("button", { name: "Play it through" }).click();
  await expect(played.getByText("Message by E-mail goes, “Did you read it?”")).toBeVisible();
  await played.getByRole("button", { name: "Show the message" }).first().click();
  await expect(played.frameLocator("iframe").getByText("Dear Firoza Automatwala, here it is.")).toBeVisible();

  // Switched on: whoever asks from now on enters, gets the first message, and waits.
  await page.getByRole("button", { name: "Switch on" }).click();
  await page.getByRole("button", { name: "Switch it on" }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
  await asks(first);
  await expect(page.getByText("1. Wait 3 days")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "1. Wait 3 days" })).toContainText("1 inside");
  const subjects = async () => {
    const { messages } = await client.inbox.list.query({ campaignId: id, kind: "campaign", limit: 50 });
    return messages.map(({ subject }) => subject);
  };
  await expect.poll(subjects, { timeout: 30_000 }).toEqual(["Your brochure"]);

  // Changed while she is inside: she finishes the version that she entered, the next one enters the new one.
  await page.getByRole("button", { name: "Change", exact: true }).first().click();
  await page.waitForURL(/\/edit/);
  await page.getByRole("link", { name: "Schedule" }).click();
  await page.getByRole("spinbutton", { name: "How long" }).fill("5");
  await page.getByRole("button", { name: "Publish changes" }).click();
  await page.getByRole("button", { name: "Publish them" }).click();
  await page.waitForURL(new RegExp(`/campaigns/${id}$`));
  await asks(second);
  await expect(page.getByRole("listitem").filter({ hasText: "1. Wait 5 days" })).toContainText("1 inside");

  // Each one's journey, from the list of who entered last and back; a payment ends hers within a second.
  await page.getByRole("link", { name: "Sunil Automatwala" }).click();
  await expect(page.getByText(/Entered .*, version 2/)).toBeVisible();
  await expect(page.getByText("1. Wait 5 days")).toBeVisible();
  await page.goto(address(`/customers/${first}?tab=automations`));
  await expect(page.getByText(/Entered .*, version 1/)).toBeVisible();
  await expect(page.getByText(/Waits until/)).toBeVisible();
  await client.events.ingest.mutate({ events: [{ name: "payment_received", customer: { id: first } }] });
  await expect(page.getByText("Left early: the customer paid")).toBeVisible();
  await page.getByRole("link", { name: "Open the campaign" }).click();
  await page.waitForURL(new RegExp(`/campaigns/${id}$`));
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Cancel the campaign" }).click();
  await expect(page.getByText("Cancelled").first()).toBeVisible();
});
