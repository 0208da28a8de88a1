import { expect, type Locator, type Page, test } from "@playwright/test";
import { address, signInAs } from "./fixtures/sign-in";

/** Presses Tab until the control has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the control cannot be reached with Tab");
}

test("a campaign is written, aimed and launched with the keyboard alone", async ({ page }) => {
  test.setTimeout(180_000);
  await signInAs(page, "Marketer");
  await page.goto(address("/campaigns/new"));
  await expect(page.getByLabel("Name", { exact: true })).toBeEditable();
  await tabTo(page, page.getByLabel("Name", { exact: true }));
  await page.keyboard.type("By keyboard");
  await tabTo(page, page.getByRole("button", { name: "Create draft" }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/edit\?tab=content/);

  await tabTo(page, page.getByLabel("Subject"));
  await page.keyboard.type("Your policy");
  await tabTo(page, page.getByRole("textbox", { name: "Message", exact: true }));
  await page.keyboard.type("Your policy renews soon.");
  await tabTo(page, page.getByRole("link", { name: "Targeting" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("radio", { name: /All customers/ }));
  // Held for a moment, as fingers do: the next radio takes the focus while the key is down.
  await page.keyboard.press("ArrowDown", { delay: 60 });
  await expect(page.getByRole("radio", { name: /Segments/ })).toBeChecked();
  await page.keyboard.press("ArrowDown", { delay: 60 });
  await tabTo(page, page.getByRole("checkbox", { name: "Platinum" }));
  await page.keyboard.press("Space");
  await expect(
    page.getByRole("complementary", { name: "Summary" }).getByText("Nothing is missing."),
  ).toBeVisible();

  // Taken back and done again: the summary follows the document.
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.getByRole("checkbox", { name: "Platinum", checked: true })).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+y");
  await expect(page.getByRole("checkbox", { name: "Platinum" })).toBeChecked();

  await tabTo(page, page.getByRole("button", { name: "Launch" }));
  await page.keyboard.press("Enter");
  const send = page.getByRole("button", { name: /^Send [\d,]+ e-mails? now$/ });
  await send.waitFor();
  await tabTo(page, send);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
  await expect(page.getByText("Completed").first()).toBeVisible({ timeout: 60_000 });
});
