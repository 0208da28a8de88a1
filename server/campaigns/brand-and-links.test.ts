import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { changeBranding } from "@/server/branding/change";
import { getBranding } from "@/server/branding/get";
import { previewBranding } from "@/server/branding/preview";
import { changeBrandingInput } from "@/server/branding/schemas";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { drain } from "@/server/deliveries/testing/drain";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { launchCampaign } from "./launch";
import { previewCampaign } from "./preview";
import type { DraftFields } from "./schemas";
import { grantConsent, makeCampaign } from "./testing/arrange";
import { updateCampaign } from "./update";

temporaryDataDir();
const db = await testDatabase();
let admin: Context & { userId: string };
let customerId: string;

const unset = changeBrandingInput.parse({ utm: {}, senderNames: [], social: [] });

beforeEach(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner, "Suraksha"));
  [customerId = ""] = await makeCustomers(db.owner, admin.workspaceId, [{ name: "Asha Rao" }]);
  await grantConsent(db.owner, admin.workspaceId, [customerId]);
});

/** Launches one mail with these settings; what its reader got, and where its link leads in the end. */
async function sent(changes: Partial<DraftFields> = {}) {
  const id = await makeCampaign(db.owner, admin, {
    name: "Renewal drive, December",
    body: "[Pay](https://example.com/pay)",
  });
  const { version } = await updateCampaign(admin, { id, version: 1, changes });
  const { runNumber } = await launchCampaign(admin, { id, version });
  await freezeRun(admin, { runNumber });
  await drain();
  const [mail] = await db.owner<
    { html: string; text: string; from: string; headers: Record<string, string> }[]
  >`select html, text, from_address as from, headers from sandbox_messages where campaign_id = ${id}`;
  const href = /href="([^"]+)"[^>]*>Pay/.exec(mail?.html ?? "")?.[1] ?? "";
  return { ...mail, html: mail?.html ?? "", href };
}

describe("what is counted", () => {
  test("usually both: a picture for opens, links through us", async () => {
    const { html, href } = await sent();
    expect(html).toContain("/t/o/");
    expect(href).toContain("/t/c/");
  });

  test("switched off: no picture, and links lead straight to their targets", async () => {
    const { html, href, text } = await sent({ tracking: { opens: false, clicks: false } });
    expect(html).not.toContain("/t/o/");
    expect(href).toBe("https://example.com/pay");
    expect(text).toContain("https://example.com/pay");
  });
});

describe("UTM tags", () => {
  const direct = { tracking: { opens: false, clicks: false } };
  const utm = { source: "ringback", medium: "", campaign: "", content: "", term: "" };

  test("those of the workspace, with the channel as medium and the campaign's name", async () => {
    await changeBranding(admin, { ...unset, utm });
    expect((await sent(direct)).href).toBe(
      "https://example.com/pay?utm_source=ringback&amp;utm_medium=email&amp;utm_campaign=renewal-drive-december",
    );
  });

  test("those of the campaign go before them, and none where the campaign switched them off", async () => {
    await changeBranding(admin, { ...unset, utm });
    const own = await sent({ ...direct, utm: { ...utm, source: "news", campaign: "dec" } });
    expect(own.href).toBe(
      "https://example.com/pay?utm_source=news&amp;utm_medium=email&amp;utm_campaign=dec",
    );
    expect((await sent({ ...direct, utm: { ...utm, source: "" } })).href).toBe("https://example.com/pay");
  });

  test("the builder shows where the link leads in the end", async () => {
    const { links } = await previewCampaign(admin, {
      name: "Diwali 2026",
      category: "renewal_reminder",
      channels: ["sms"],
      languages: ["en"],
      bodies: { sms: { en: { text: "See https://example.com/a", dltTemplateId: null, variables: [] } } },
      fallbacks: {},
      audience: { kind: "all" },
      utm,
    });
    expect(links).toEqual([
      "https://example.com/a?utm_source=ringback&utm_medium=sms&utm_campaign=diwali-2026",
    ]);
  });
});

describe("branding", () => {
  test("logo, colours, foot, sender and answers stand in the mail that is sent", async () => {
    await changeBranding(admin, {
      ...unset,
      companyName: "Suraksha Ltd",
      accent: "#047857",
      page: "#fef3c7",
      address: "MG Road, Pune",
      footer: "IRDAI no. 417",
      senderNames: ["Suraksha renewals", "Suraksha care"],
      replyTo: "care@suraksha.example",
      social: ["https://www.instagram.com/suraksha"],
    });
    const { html, text, from, headers } = await sent();
    for (const part of [
      "#047857",
      "#fef3c7",
      "Suraksha Ltd",
      "MG Road, Pune",
      "IRDAI no. 417",
      ">Instagram<",
    ])
      expect(html).toContain(part);
    expect(text).toContain("IRDAI no. 417");
    expect(from).toMatch(/^Suraksha renewals </);
    expect(headers?.["Reply-To"]).toBe("care@suraksha.example");
    expect((await sent({ senderName: "Suraksha care" })).from).toMatch(/^Suraksha care </);
  });

  test("a run that was launched before keeps what it froze", async () => {
    const { html } = await sent();
    await changeBranding(admin, { ...unset, companyName: "Another name" });
    expect(html).toContain("Suraksha");
    expect((await getBranding(admin)).branding.companyName).toBe("Another name");
  });

  test("the preview shows what is not saved, and blank lines are nothing", async () => {
    const { html, sender } = await previewBranding(admin, {
      branding: { ...unset, accent: "#7c2d12", senderNames: ["", "Care"] },
      language: "hi",
    });
    expect(sender).toBe("Care");
    expect(html).toContain("#7c2d12");
    expect(html).toContain("नवीनीकरण करें");
  });

  test("a logo that is not stored here is refused", async () => {
    await expect(changeBranding(admin, { ...unset, logoFileId: newId() })).rejects.toMatchObject({
      code: "BAD_INPUT",
      details: { field: "logoFileId" },
    });
  });
});
