import { referenceFunction } from "inngest";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { setRenewalSummary } from "@/server/analytics/renewal-summary";
import { requestSystemMail } from "@/server/auth/mail";
import type { Step } from "@/server/automations/schemas";
import { automated } from "@/server/automations/testing/arrange";
import { requestCallback } from "@/server/callbacks/request";
import { cancelCampaign } from "@/server/campaigns/cancel";
import { launchCampaign } from "@/server/campaigns/launch";
import { scheduleCampaign } from "@/server/campaigns/schedule";
import { startCheck } from "@/server/campaigns/start-check";
import { farAhead, makeCampaign } from "@/server/campaigns/testing/arrange";
import { runConsentFile } from "@/server/consent/files/state";
import { workOnFile } from "@/server/consent/files/work";
import { grantConsent } from "@/server/deliveries/testing/campaign";
import { drain } from "@/server/deliveries/testing/drain";
import { startVirtualEngine } from "@/server/engine/testing/virtual-engine";
import { requestErasure } from "@/server/erasures/request";
import { ingestEvents } from "@/server/events/ingest";
import { chunks, png } from "@/server/files/testing/samples";
import { uploadFile } from "@/server/files/upload";
import { checkImport } from "@/server/imports/check";
import { runImport } from "@/server/imports/run";
import {
  checkAndRun,
  finishWork,
  ownDataDirectory,
  uploadFile as uploadImport,
} from "@/server/imports/testing/files";
import { undoImport } from "@/server/imports/undo";
import { newId } from "@/server/platform/ids";
import { listPolicies } from "@/server/sla/list-policies";
import { savePolicy } from "@/server/sla/save-policy";
import { saveAccount } from "@/server/telephony/accounts/save-account";
import { exotelSettings } from "@/server/telephony/exotel/testing/fake";
import { chooseVariant } from "@/server/variants/choose";
import { inngest } from "./client";
import { functions } from "./functions";
import { arrangements, consentFile, tracked } from "./testing/arrange";

const db = await testDatabase();
ownDataDirectory();

/** Functions of a schedule are called by hand: their slots do not come while a test looks. */
const call = inngest.createFunction({ id: "call", triggers: [{ event: "test/call" }] }, ({ event, step }) =>
  step.invoke("it", { function: referenceFunction({ functionId: event.data.id }), data: {} }),
);
const engine = await startVirtualEngine(db.url, (_client, url) => {
  inngest.setEnvVars({ INNGEST_DEV: url });
  return [...functions, call];
});
afterAll(() => engine.stop());
await db.owner`delete from engine.cron`;

type Admin = Awaited<ReturnType<typeof makeMember>>;

/** What has to be there for a function to have something to do; the data of its event, none for a schedule. */
type Scene = (admin: Admin, customerIds: string[]) => Promise<Record<string, unknown>>;

const people = "Customer ID,Name,Email\nI-1,Asha,asha@example.test\nI-2,Ravi,ravi@example.test\n";

const { launched, frozen, testedHalf } = arrangements(db.owner);

const scenes: Record<string, Scene> = {
  "renewals-summary": async (admin) => {
    // Noon of the workspace's own clock, whatever the hour is here.
    await setRenewalSummary(admin, { mailed: true });
    await db.owner`update workspaces set time_zone = (
      select name from pg_timezone_names where name like 'Etc/GMT%'
        and extract(hour from clock_now() at time zone name) = 12 limit 1) where id = ${admin.workspaceId}`;
    return {};
  },
  "analytics-fold": async (admin) => {
    const { campaignId, runNumber } = await launched(admin);
    await db.owner`
      insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, sent)
      values (${admin.workspaceId}, ${runNumber}, ${campaignId}, date_bin('15 minutes', clock_now() - interval '2 days', 'epoch'),
        'email', 3)`;
    return {};
  },
  "campaigns-due": async (admin) => {
    await grantConsent(db.owner, admin.workspaceId);
    const id = await makeCampaign(db.owner, admin, { schedule: farAhead });
    await scheduleCampaign(admin, { id, version: 1 });
    await db.owner`update campaigns set due_at = clock_now() - interval '1 minute' where id = ${id}`;
    return {};
  },
  "automations-look": async (admin) => {
    await grantConsent(db.owner, admin.workspaceId);
    const id = await makeCampaign(db.owner, admin, { schedule: automated([{ on: "birthday" }]) });
    await launchCampaign(admin, { id, version: 1 });
    await db.owner`update automations set looked_until = clock_now() - interval '1 day' where campaign_id = ${id}`;
    return {};
  },
  "automation-follow-up": async (admin, [customer = ""]) => {
    await grantConsent(db.owner, admin.workspaceId);
    const steps: Step[] = [{ do: "notify", text: "Somebody asked." }];
    const schedule = automated([{ on: "event", name: "inquiry" }], { steps });
    const id = await makeCampaign(db.owner, admin, { schedule });
    await launchCampaign(admin, { id, version: 1 });
    await ingestEvents(admin, { events: [{ name: "inquiry", customer: { id: customer } }] });
    const [row] = await db.owner<{ data: Record<string, unknown> }[]>`
      select data from outbox where workspace_id = ${admin.workspaceId} and name = 'automation/entered'`;
    return row?.data ?? {};
  },
  "campaign-check": async (admin) => {
    await grantConsent(db.owner, admin.workspaceId);
    const id = await makeCampaign(db.owner, admin);
    const { checkId } = await startCheck(admin, { id });
    // A small audience is asked about at once; here it stands as a large one does before the function begins.
    await db.owner`update campaign_check_customers set verdict = null, reason = null where check_id = ${checkId}`;
    await db.owner`update campaign_checks set status = 'running', finished_at = null, judged = 0 where id = ${checkId}`;
    return { checkId };
  },
  "forget-api-answers": async ({ workspaceId }) => {
    await db.owner`
      insert into api_answers (workspace_id, api_key_id, idempotency_key, request_hash, status, answer, created_at)
      values (${workspaceId}, ${newId()}, 'once', 'hash', 200, '{}', clock_now() - interval '2 days')`;
    return {};
  },
  "forget-old-rows": async () => {
    await db.owner`insert into throttles (key, window_started_at) values ('old', clock_now() - interval '2 days')`;
    return {};
  },
  "campaign-tests-due": async (admin) => {
    const { runNumber } = await testedHalf(admin);
    await db.owner`update run_tests set until = clock_now() - interval '1 minute' where run_number = ${runNumber}`;
    return {};
  },
  "campaign-rest": async (admin) => {
    const { campaignId, runNumber } = await testedHalf(admin);
    await chooseVariant(admin, { campaignId, runNumber, variant: 1, reason: "It is shorter." });
    return { campaignId, runNumber };
  },
  "campaign-run": launched,
  "campaign-complete": async (admin) => {
    const campaign = await frozen(admin);
    await drain();
    return campaign;
  },
  "campaign-cancel": async (admin) => {
    const { campaignId } = await frozen(admin);
    await cancelCampaign(admin, { id: campaignId });
    return { campaignId };
  },
  erasures: async (admin, [customerId = ""]) => {
    await db.owner`update workspaces set erasure_days = 0 where id = ${admin.workspaceId}`;
    await requestErasure(admin, { customerId, typed: "Asha Rao", keepOut: true });
    return { erasureId: newId() };
  },
  "import-check": async (admin) => {
    const importId = await uploadImport(admin, people);
    await checkImport(admin, { importId });
    return { importId };
  },
  "import-run": async (admin) => {
    const importId = await uploadImport(admin, people);
    await checkImport(admin, { importId });
    await finishWork(admin, importId, "check");
    await runImport(admin, { importId });
    return { importId };
  },
  // Its end is known: there is nothing left to ask.
  "call-follow": async (admin) => {
    // Nobody listens there: a call of long ago whose end the provider cannot be asked about.
    env.EXOTEL_API_URL = "http://127.0.0.1:9";
    const account = { accountId: null, name: "Main", provider: "exotel", ...exotelSettings } as const;
    const { accountId } = await saveAccount(admin, account);
    const callId = newId();
    await db.owner`
      insert into calls (id, workspace_id, membership_id, account_id, provider, purpose, line, agent_phone, customer_phone,
        intended_at, ask_at)
      values (${callId}, ${admin.workspaceId}, ${admin.membershipId}, ${accountId}, 'exotel', 'service', '+911600123456',
        '+919812300000', '+919820000001', clock_now() - interval '3 hours', clock_now())`;
    return { callId };
  },
  "import-undo": async (admin) => {
    const importId = await uploadImport(admin, people);
    await checkAndRun(admin, importId);
    await undoImport(admin, { importId });
    return { importId };
  },
  "consent-file": async (admin) => {
    const { fileId } = await consentFile(admin);
    while (!(await workOnFile(admin, { fileId })).done);
    await runConsentFile(admin, { fileId });
    return { fileId };
  },
  "files-sweep": async (admin) => {
    const { id } = await uploadFile(admin, { name: "a.png", kinds: ["image"], content: chunks(png()) });
    await db.owner`update files set created_at = created_at - interval '8 days' where id = ${id}`;
    return {};
  },
  "policies-roll": async ({ workspaceId }, [customerId = ""]) => {
    await db.owner`
      insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status, premium_micros,
        currency, payment_mode, renewal_date, grace_days)
      values (${newId()}, ${workspaceId}, ${customerId}, 'P-1', 'life', 'Jeevan', 'in_force', 1000000, 'INR', 'yearly',
        current_date - 5, 30)`;
    return {};
  },
  "segment-recompute": async (admin) => ({ segmentId: (await tracked(admin)).id }),
  "segments-roll": async (admin) => {
    await tracked(admin);
    return {};
  },
  "engagement-decay": async ({ workspaceId }) => {
    // The workspaces of the other scenes have had their day.
    await db.owner`
      insert into engagement_days (workspace_id, day, finished_at)
      select id, (clock_now() at time zone time_zone)::date, clock_now() from workspaces where id <> ${workspaceId}`;
    return {};
  },
  "sla-retarget": async (admin) => {
    const phone = "98200 00001";
    await requestCallback(admin, { phone, requestType: "policy_issue", source: "form" });
    const [policy] = await listPolicies(admin);
    if (!policy) throw new Error("no policy");
    const { id: policyId, name, calendarId, definition } = policy;
    await savePolicy(admin, { policyId, name, calendarId, definition: { ...definition, warnAt: 0.5 } });
    return {};
  },
  "send-system-mail": async (admin) => {
    const mail = { kind: "invitation", to: "new@example.test", subject: "Welcome", text: "Come in" } as const;
    await withTransaction(admin, (tx) => requestSystemMail(tx, admin, mail));
    const [row] = await db.owner`select id from system_mails where workspace_id = ${admin.workspaceId}`;
    return { mailId: row?.id };
  },
};

/** A fingerprint of each table of the product. Versions of topics move when somebody is told to look, which changes nothing. */
async function fingerprints(): Promise<Record<string, string>> {
  const tables = await db.owner<{ name: string }[]>`
    select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'topic_versions' order by 1`;
  const rows = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await db.owner<{ print: string }[]>`
        select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as print
        from ${db.owner(name)} t`;
      return [name, row?.print ?? ""] as const;
    }),
  );
  return Object.fromEntries(rows);
}

const registered = functions.map((fn) => ({ id: fn.id(), event: eventOf(fn.opts.triggers) }));

function eventOf(triggers: unknown): string | null {
  const [first] = triggers as { event?: string }[];
  return first?.event ?? null;
}

test("every function has a scene here", () => {
  expect(Object.keys(scenes).sort()).toEqual(registered.map(({ id }) => id).sort());
});

test.each(registered)(
  "$id does the same thing once, however often its event comes",
  async ({ id, event }) => {
    const admin = await makeMember(db.owner, await makeWorkspace(db.owner));
    const seeds = Array.from({ length: 3 }, (_, n) => ({
      externalId: `C-${n}`,
      name: n === 0 ? "Asha Rao" : "Imran",
    }));
    const customerIds = await makeCustomers(db.owner, admin.workspaceId, seeds);
    const data = { ...(await scenes[id]?.(admin, customerIds)), workspaceId: admin.workspaceId };
    const deliver = async (): Promise<Record<string, string>> => {
      // Ids of their own: the engine takes one id once in 24 hours, and a function may not lean on that.
      const sent = event ? { name: event, data } : { name: "test/call", data: { id } };
      await engine.client.send(sent);
      await engine.settle();
      const bad = await db.owner`select function_id, state, error from engine.run where state <> 'completed'`;
      expect([...bad]).toEqual([]);
      return fingerprints();
    };
    const before = await fingerprints();
    const once = await deliver();
    expect(once).not.toEqual(before);
    expect(await deliver()).toEqual(once);
  },
);
