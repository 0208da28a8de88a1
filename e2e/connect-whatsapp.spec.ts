import { expect, type Page, test } from "@playwright/test";
import { MetaFake, metaSettings } from "../server/channels/meta/testing/fake";
import { type Product, startProduct } from "./fixtures/product";
import { signInWith } from "./fixtures/sign-in";

const PASSWORD = "a-password-of-the-journey";
const NEW_TOKEN = "EAAnewaccesstoken-9876543210";

let meta: MetaFake;
let product: Product;

test.beforeAll(async () => {
  // The first of a checkout builds the web application.
  test.setTimeout(600_000);
  meta = await new MetaFake().start();
  product = await startProduct({ META_API_URL: meta.url }, ["--no-demo"]);
  await product.ringback("workspace", "create", "--name", "Acme Insurance", "--slug", "acme");
  await product.ringback(
    ...["user", "create", "--workspace", "acme", "--role", "admin", "--name", "Asha Rao"],
    ...["--email", "asha@acme.example", "--password", PASSWORD],
  );
});

test.afterAll(async () => {
  await product?.stop();
  await meta?.stop();
});

test("an administrator connects WhatsApp, sees a test arrive, and mends the account when Meta refuses its token", async ({
  page,
}) => {
  await signInWith(page, { home: product.url, email: "asha@acme.example", password: PASSWORD });
  await connect(page);
  await letMetaCall(page);

  await sendTest(page);
  await expect(page.getByText(/^Accepted for \+91•••/)).toBeVisible();
  const [sent] = meta.messages;
  if (!sent) throw new Error("Meta got nothing");
  expect(await meta.tell(sent, "delivered")).toBe(200);
  await expect(page.getByText(/^Delivered to \+91•••/)).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("Works", { exact: true }).first()).toBeVisible();

  meta.accessToken = NEW_TOKEN;
  await sendTest(page);
  await expect(page.getByText(/^It did not reach \+91•••/)).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(/^Paused by itself at .* IST$/)).toBeVisible();
  await expect(page.getByRole("alert").getByText(/Meta refused the access token/)).toBeVisible();

  await page.getByRole("button", { name: "Mend it" }).click();
  await page.getByRole("button", { name: "Replace the access token" }).click();
  await page.getByLabel("Access token", { exact: true }).fill(metaSettings.accessToken);
  await page.getByRole("button", { name: "Save and resume" }).click();
  await expect(page.getByText("The connection does not work")).toBeVisible();
  await page.getByLabel("Access token", { exact: true }).fill(NEW_TOKEN);
  await page.getByRole("button", { name: "Save and resume" }).click();
  await expect(page.getByText(/^Paused by itself/)).toBeHidden();
  await sendTest(page);
  await expect(page.getByText(/^Accepted for \+91•••/)).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();

  await page.locator("#main").getByRole("link", { name: "Channels", exact: true }).click();
  const row = page.getByRole("link", { name: /Acme WhatsApp/ });
  await expect(row.getByText("Carries WhatsApp")).toBeVisible();
  await expect(row.getByText("Works", { exact: true })).toBeVisible();
  expect(meta.complaints).toEqual([]);
});

/** Fills Meta's settings as its console shows them; the connection is checked before anything is saved. */
async function connect(page: Page): Promise<void> {
  await page.goto(`${product.url}/settings/channels`);
  await page.getByRole("link", { name: "Add account" }).first().click();
  await page.getByRole("link", { name: /^WhatsApp Cloud API/ }).click();
  await page.getByLabel("Name", { exact: true }).fill("Acme WhatsApp");
  await page.getByLabel("Phone number id").fill("+91 98");
  await page.getByLabel("WhatsApp Business account id").fill(metaSettings.businessAccountId);
  await page.getByLabel("Access token", { exact: true }).fill(metaSettings.accessToken);
  await page.getByLabel("App secret").fill(metaSettings.appSecret);
  await page.getByRole("button", { name: "Check the connection" }).click();
  await expect(page.getByText("Copy the number as Meta shows it: digits only.")).toBeVisible();
  await page.getByLabel("Phone number id").fill(metaSettings.phoneNumberId);
  await page.getByRole("button", { name: "Check the connection" }).click();
  await expect(page.getByText(/Sends as “Suraksha Insurance” from \+91 98765 43210/)).toBeVisible();
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await page.waitForURL(/\/settings\/channels\/[0-9a-f-]{36}$/);
  await expect(page.getByText("Not tried yet")).toBeVisible();
}

/** What the administrator pastes at Meta, and Meta's question before it posts. */
async function letMetaCall(page: Page): Promise<void> {
  const callback = await page.getByLabel("Callback URL", { exact: true }).inputValue();
  const token = await page.getByLabel("Verify token", { exact: true }).inputValue();
  meta.door = callback;
  const query = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.challenge": "1158201444",
    "hub.verify_token": token,
  });
  const answer = await fetch(`${callback}?${query}`);
  expect(await answer.text()).toBe("1158201444");
}

async function sendTest(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Send me a test" }).click();
  await page.getByLabel("WhatsApp number").fill("98123 45678");
  await page.getByRole("button", { name: "Send the test" }).click();
}
