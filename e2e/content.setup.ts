import { test } from "@playwright/test";
import { makeDemoContent } from "./fixtures/demo-content";
import { keepContent } from "./fixtures/kept-content";
import { visitorsOf } from "./fixtures/visitors";

test("every screen has something to show", async ({ browser }) => {
  test.setTimeout(300_000);
  keepContent(await makeDemoContent(await visitorsOf(browser)("Administrator")));
});
