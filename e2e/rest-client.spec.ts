import { expect, test } from "@playwright/test";
import { RingbackError, ringback } from "../clients/ringback";
import { demoPassword } from "../server/auth/schemas";
import { address } from "./fixtures/sign-in";

test("a mobile client signs in, begins a campaign, asks for a call and signs out", async ({ page }) => {
  await page.goto(address("/api/v1/docs"));
  await expect(page.getByRole("heading", { name: "REST API" })).toBeVisible();
  const origin = address("/");
  const stranger = ringback({ origin });
  const refused = await stranger.listCampaigns().catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: 401, code: "unauthenticated" });
  const email = "admin@demo.ringback.test";
  const signedIn = await stranger.login({ email, password: demoPassword });
  expect(signedIn.user).toMatchObject({ role: "admin", status: "active" });
  const client = ringback({ origin, token: signedIn.access_token });
  const words = {
    campaign_name: "From the phone",
    campaign_type: "retention",
    campaign_goal: "engagement",
    subject: "A word from us",
    message: 'Dear {{customer_name | default: "customer"}}, how are we doing?',
    channels: ["email"],
  } as const;
  const draft = await client.createCampaign({ ...words, channels: [...words.channels] });
  expect(draft).toMatchObject({ status: 201, data: { status: "draft" } });
  const id = draft.data.campaign_id;
  const changed = await client.updateCampaign(id, { budget: 500 }, { ifMatch: draft.etag ?? "" });
  expect(changed.data.budget).toBe(500);
  await client.deleteCampaign(id);
  await expect(client.getCampaign(id)).rejects.toBeInstanceOf(RingbackError);
  const wish = { customer_name: "Asha Rao", customer_phone: "+919820055555", request_type: "feedback" };
  const asked = await client.requestCallback(wish, { idempotencyKey: `wish-${Date.now()}` });
  const done = await client.setCallbackStatus(asked.data.callback_request_id, { status: "cancelled" });
  expect(done.data.status).toBe("cancelled");
  const next = await stranger.refresh({ refresh_token: signedIn.refresh_token });
  const again = ringback({ origin, token: next.access_token });
  expect((await again.getMe()).data.role).toBe("admin");
  await again.logout();
  await expect(again.getMe()).rejects.toMatchObject({ status: 401 });
});
