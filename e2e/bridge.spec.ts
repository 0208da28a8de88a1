import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { ExotelFake, exotelSettings } from "../server/telephony/exotel/testing/fake";
import { TwilioVoiceFake, twilioVoiceSettings } from "../server/telephony/twilio/testing/fake";
import { type Client, clientOf } from "./fixtures/client";
import { inOpenHours } from "./fixtures/open-hours";
import { type Product, startProduct } from "./fixtures/product";
import { signInWith } from "./fixtures/sign-in";

const PASSWORD = "a-password-of-the-journey";
const CUSTOMER = { exotel: "+919820000001", twilio: "+919820000002" };
const RECORDING = "https://recordings.example.com/talk.mp3";

// The demo workspace calls nobody, so the journey has a product of its own, whose providers are fakes.
let product: Product;
const exotel = new ExotelFake();
const twilio = new TwilioVoiceFake();

test.beforeAll(async () => {
  // The first of a checkout builds the web application.
  test.setTimeout(600_000);
  await Promise.all([exotel.start(), twilio.start()]);
  product = await startProduct({ EXOTEL_API_URL: exotel.url, TWILIO_API_URL: twilio.url }, ["--no-demo"]);
  await product.ringback("workspace", "create", "--name", "Acme Insurance", "--slug", "acme");
  for (const [role, name] of [
    ["admin", "Asha Rao"],
    ["agent", "Imran Qureshi"],
  ] as const)
    await product.ringback(
      ...["user", "create", "--workspace", "acme", "--role", role, "--name", name],
      ...["--email", `${role}@acme.example`, "--password", PASSWORD],
    );
});

test.afterAll(async () => {
  await product?.stop();
  await Promise.all([exotel.stop(), twilio.stop()]);
});

test("an insurer’s agent is called over the bridge and no other way, by a customer whose call nobody took", async ({
  page,
  context,
  browser,
}) => {
  await signIn(page, "admin");
  const admin = await clientOf(context, product.url);
  await inOpenHours(admin, async () => {
    await page.goto(`${product.url}/settings/telephony`);
    await page.getByRole("switch", { name: "Regulated insurer (India)" }).click();
    await expect(page.getByText(/^No 1600 line/)).toBeVisible();
    await connect(page, "Exotel", {
      "Account SID": exotelSettings.config.accountSid,
      "API key": exotelSettings.secrets.apiKey,
      "API token": exotelSettings.secrets.apiToken,
    });
    await setLine(page, "Set the 1600 line", "1600 123 456");

    // The address for missed calls goes to the provider; then a customer calls, and nobody takes the call.
    const address = await page.getByLabel("Address for missed calls", { exact: true }).inputValue();
    exotel.door = address.replace(/\/missed.*/, "");
    const ring = { from: CUSTOMER.exotel, line: "+918030752400", ending: "nobody_picked_up" } as const;
    expect(await exotel.ring(address, { ...ring, at: new Date() })()).toBe(200);
    await page.goto(`${product.url}/callbacks`);
    await expect(
      page.getByRole("link", { name: new RegExp(CUSTOMER.exotel.slice(-4)) }).first(),
    ).toBeVisible();

    const { desk, close } = await openDesk(browser);
    await desk.getByRole("button", { name: "Next callback" }).click();
    await expect(desk.getByRole("heading", { name: CUSTOMER.exotel })).toBeVisible();
    await expect(desk.getByText(/nobody took the call/)).toBeVisible();
    // Why the agent's own phone is closed, and what is needed instead.
    await expect(desk.getByText(/from its 1600 and 140 lines only/)).toBeVisible();
    await expect(desk.getByRole("button", { name: "Call", exact: true })).toBeDisabled();
    await expect(desk.getByRole("button", { name: "Dial from this phone instead" })).toHaveCount(0);
    await desk.getByLabel("Your phone").fill("98123 00000");
    await desk.getByRole("button", { name: "Use this phone" }).click();

    await desk.getByRole("button", { name: "Call", exact: true }).click();
    await expect(desk.getByText(/^Your phone rings: pick up/)).toBeVisible();
    await exotel.tell(CUSTOMER.exotel, "agent_answered");
    await expect(desk.getByText(/^Calling the customer/)).toBeVisible();
    await exotel.tell(CUSTOMER.exotel, "customer_ringing", "customer_no_answer");
    await expect(desk.getByText("The line says: no answer")).toBeVisible();
    await desk.getByRole("button", { name: /^No answer/ }).click();
    await expect(desk.getByText(/^The next try is at/)).toBeVisible();
    await expect(desk.getByRole("button", { name: "Next callback" })).toBeVisible();
    expect(exotel.calls.map(({ form }) => form.CallerId)).toEqual(["01600123456"]);
    expect(exotel.complaints).toEqual([]);
    await close();
  });
});

test("an administrator connects a line, an agent talks over it and settles the request, and who may listen finds the recording", async ({
  page,
  context,
  browser,
}) => {
  await signIn(page, "admin");
  const admin = await clientOf(context, product.url);
  await admin.telephony.changeRules.mutate({ regulated: false, record: true });
  await inOpenHours(admin, async () => {
    await page.goto(`${product.url}/settings/telephony`);
    await connect(page, "Twilio Voice", {
      "Account SID": twilioVoiceSettings.config.accountSid,
      "Auth token": twilioVoiceSettings.secrets.authToken,
    });
    const id = await moveLineToTwilio(admin);
    twilio.door = `${product.url}/api/webhooks/calls/${id}`;
    const { id: callbackId } = await admin.callbacks.request.mutate({
      ...{ customerName: "Kersi Daruwala", phone: CUSTOMER.twilio, requestType: "claim_assistance" },
      ...{ urgency: "critical", description: "The card was refused" },
    });

    const { desk, close } = await openDesk(browser);
    const agent = await clientOf(desk.context(), product.url);
    await agent.calls.setOwnPhone.mutate({ phone: "98123 00000" });
    await desk.getByRole("button", { name: "Next callback" }).click();
    await expect(desk.getByRole("heading", { name: "Kersi Daruwala" })).toBeVisible();
    await expect(desk.getByText(/rings first\. The customer sees 1600 123 456/)).toBeVisible();
    await expect(desk.getByRole("button", { name: "Dial from this phone instead" })).toBeVisible();
    await desk.getByRole("button", { name: "Call", exact: true }).click();
    await expect(desk.getByText(/^Your phone rings: pick up/)).toBeVisible();
    await twilio.tell(CUSTOMER.twilio, "agent_ringing", "agent_answered", "customer_ringing");
    await expect(desk.getByText(/^Calling the customer/)).toBeVisible();
    await twilio.tell(CUSTOMER.twilio, "customer_answered");
    await expect(desk.getByText(/^On the call/)).toBeVisible();
    for (const post of twilio.play(CUSTOMER.twilio, "hung_up", { seconds: 95, recording: RECORDING }))
      expect(await post()).toBe(204);

    // What the line told is the outcome: the agent goes on to how it ended.
    await expect(desk.getByText("How did it end?")).toBeVisible();
    await expect(desk.getByText("Recorded. Supervisors and administrators can listen.")).toBeVisible();
    await desk
      .getByRole("group", { name: "How it ended" })
      .getByRole("button", { name: /^Resolved/ })
      .click();
    await desk.getByRole("button", { name: "Save", exact: true }).click();
    await expect(desk.getByRole("button", { name: "Next callback" })).toBeVisible();
    await close();

    await page.goto(`${product.url}/callbacks/${callbackId}`);
    await expect(page.getByText("Talked · 1 min 35 s")).toBeVisible();
    const listen = page.getByRole("link", { name: "Listen to the recording" });
    await expect(listen).toHaveAttribute("href", RECORDING);
    await expect(listen).toHaveAttribute("rel", "noopener noreferrer");
    expect(twilio.dialled).toEqual([CUSTOMER.twilio]);
    expect(twilio.complaints).toEqual([]);
  });
});

const signIn = (page: Page, who: "admin" | "agent") =>
  signInWith(page, { home: product.url, email: `${who}@acme.example`, password: PASSWORD });

/** The agent at the work screen, in a browser of their own. */
async function openDesk(browser: Browser): Promise<{ desk: Page; close: () => Promise<void> }> {
  const context: BrowserContext = await browser.newContext();
  const desk = await context.newPage();
  await signIn(desk, "agent");
  await desk.goto(`${product.url}/callbacks/work`);
  return { desk, close: () => context.close() };
}

/** Fills what the provider's console shows; the account is asked before it is saved. */
async function connect(page: Page, provider: string, fields: Record<string, string>): Promise<void> {
  await page.getByRole("button", { name: "Connect a provider" }).click();
  const dialog = page.getByRole("dialog", { name: "Connect a provider" });
  await dialog.getByLabel("Provider").click();
  await page.getByRole("option", { name: provider }).click();
  await dialog.getByLabel("Name").fill(`Acme ${provider}`);
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value);
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`Acme ${provider}`, { exact: true })).toBeVisible();
}

async function setLine(page: Page, button: string, number: string): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  const dialog = page.getByRole("dialog", { name: "Line for service" });
  await dialog.getByLabel("Number").fill(number);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
}

/** The service line is called from with the account of Twilio from now on. */
async function moveLineToTwilio(admin: Client): Promise<string> {
  const { accounts } = await admin.telephony.setup.query();
  const accountId = accounts.find(({ provider }) => provider === "twilio")?.id ?? "";
  await admin.telephony.saveLine.mutate({ purpose: "service", number: "1600 123 456", accountId });
  return accountId;
}
