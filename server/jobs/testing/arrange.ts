import type { Sql } from "postgres";
import { makeCustomers, type makeMember } from "@/db/testing/factories";
import { getCampaign } from "@/server/campaigns/get";
import { launchCampaign } from "@/server/campaigns/launch";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import { updateCampaign } from "@/server/campaigns/update";
import { uploadConsentFile } from "@/server/consent/files/upload";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { grantConsent, makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { drain } from "@/server/deliveries/testing/drain";
import { createSegment } from "@/server/segments/create";
import { beginTest } from "@/server/variants/content";

type Admin = Awaited<ReturnType<typeof makeMember>>;

/** What scenes of functions begin with, made with the owner's connection: campaigns launched, frozen, and half sent as a test. */
export function arrangements(owner: Sql) {
  const launched = async ({ workspaceId }: Admin) => {
    await grantConsent(owner, workspaceId);
    return makeLaunchedCampaign(owner, workspaceId);
  };

  const frozen = async (admin: Admin) => {
    const campaign = await launched(admin);
    await freezeRun(admin, campaign);
    return campaign;
  };

  /** Two subjects tried with some; the others wait for the winner. */
  const testedHalf = async (admin: Admin) => {
    await makeCustomers(owner, admin.workspaceId, 20);
    await grantConsent(owner, admin.workspaceId);
    const id = await makeCampaign(owner, admin);
    const { bodies, channels } = await getCampaign(admin, { id });
    const test = { ...beginTest("subject", { bodies, channels }), testShare: 50 };
    const variants = test.variants.map((variant, nth) =>
      nth === 0 ? variant : { ...variant, subjects: { en: "Other" } },
    );
    const { version } = await updateCampaign(admin, {
      id,
      version: 1,
      changes: { abTest: { ...test, variants } },
    });
    const { runNumber } = await launchCampaign(admin, { id, version });
    await freezeRun(admin, { runNumber });
    await drain();
    return { campaignId: id, runNumber };
  };

  return { launched, frozen, testedHalf };
}

/** A file with one consent, uploaded and not worked on. */
export const consentFile = async (admin: Admin): Promise<{ fileId: string }> => {
  const lines = [
    "customer_id,channel,purpose,action,source,text,time",
    "C-0,email,promotional,granted,branch,I agree to offers,2026-01-05",
  ].join("\n");
  async function* content() {
    yield Buffer.from(lines);
  }
  return uploadConsentFile(admin, { kind: "consents", fileName: "consents.csv", content: content() });
};

/** A segment whose members are stored. */
export const tracked = (admin: Admin) =>
  createSegment(admin, {
    name: "Bronze",
    description: "",
    tracked: true,
    rule: { match: "all", of: [{ on: "customer", field: "tier", op: "one_of", value: ["bronze"] }] },
  });
