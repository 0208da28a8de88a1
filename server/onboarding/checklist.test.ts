import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { grantConsent } from "@/server/deliveries/testing/campaign";
import { newId } from "@/server/platform/ids";
import { dismissChecklist } from "./dismiss";
import { getChecklist } from "./get-checklist";

const db = await testDatabase();
type Member = Awaited<ReturnType<typeof makeMember>>;
let admin: Member;

beforeEach(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const done = async (ctx: Member = admin) =>
  (await getChecklist(ctx))?.filter((item) => item.done).map(({ step }) => step) ?? null;

const makeCampaign = (launched: boolean) => db.owner`
  insert into campaigns (id, workspace_id, name, type, goal, category, audience, channels, bodies, owner_id, launched_at)
  values (${newId()}, ${admin.workspaceId}, 'Drive', 'retention', 'renewal_rate', 'newsletter', '{"kind":"all"}', '{email}',
    '{}', ${admin.userId}, ${launched ? db.owner`clock_now()` : null})`;
const makeMessage = () => db.owner`
  insert into sandbox_messages (id, workspace_id, public_id, kind, channel, from_address, to_address, text)
  values (${newId()}, ${admin.workspaceId}, ${newId()}, 'test', 'email', 'a@example.test', 'b@example.test', 'Hello')`;

test("each step is ticked by what is there, and by nothing else", async () => {
  expect(await done()).toEqual([]);
  await makeCustomers(db.owner, admin.workspaceId, [{}]);
  expect(await done()).toEqual(["customers"]);
  await grantConsent(db.owner, admin.workspaceId);
  await makeCampaign(false);
  // What carries messages of the callback queue is nobody's campaign.
  await makeCampaign(true);
  await db.owner`update campaigns set carries = 'callbacks' where workspace_id = ${admin.workspaceId} and launched_at is not null`;
  expect(await done()).toEqual(["customers", "consent"]);
  await makeCampaign(true);
  await makeMessage();
  expect(await done()).toEqual(["channel", "customers", "consent", "campaign"]);
  await db.owner`update sandbox_messages set read_at = clock_now() where workspace_id = ${admin.workspaceId}`;
  expect(await done()).toEqual(["channel", "customers", "consent", "campaign", "inbox"]);
  await makeMember(db.owner, admin.workspaceId, "agent");
  // Nothing is left to do: the list is gone.
  expect(await getChecklist(admin)).toBeNull();
});

test("an account, or an invitation that was not withdrawn, counts as well", async () => {
  await db.owner`
    insert into channel_accounts (id, workspace_id, channel, provider, name, status)
    values (${newId()}, ${admin.workspaceId}, 'email', 'smtp', 'Mail', 'archived')`;
  const invite = (revoked: boolean) => db.owner`
    insert into invitations (id, workspace_id, email, role, token_hash, invited_by, expires_at, revoked_at)
    values (${newId()}, ${admin.workspaceId}, 'x@example.test', 'agent', ${newId()}, ${admin.userId},
      clock_now() + interval '7 days', ${revoked ? db.owner`clock_now()` : null})`;
  await invite(true);
  expect(await done()).toEqual([]);
  await db.owner`update channel_accounts set status = 'active' where workspace_id = ${admin.workspaceId}`;
  await invite(false);
  expect(await done()).toEqual(["channel", "colleague"]);
});

test("rows of another workspace tick nothing", async () => {
  await makeCustomers(db.owner, await makeWorkspace(db.owner), [{}]);
  expect(await done()).toEqual([]);
});

test("it is put away for one person in one workspace", async () => {
  const colleague = await makeMember(db.owner, admin.workspaceId, "marketer");
  const elsewhere = { ...admin, workspaceId: await makeWorkspace(db.owner) };
  await dismissChecklist(admin);
  await dismissChecklist(admin);
  expect(await getChecklist(admin)).toBeNull();
  expect(await getChecklist(elsewhere)).not.toBeNull();
  expect(await getChecklist(colleague)).not.toBeNull();
  const [user] = await db.owner`select preferences from users where id = ${admin.userId}`;
  expect(user?.preferences).toEqual({ onboardingDismissed: [admin.workspaceId] });
});

test("marketers see what they may do; agents, and people in a demo, see none", async () => {
  const marketer = await makeMember(db.owner, admin.workspaceId, "marketer");
  expect((await getChecklist(marketer))?.map(({ step }) => step)).toEqual([
    "customers",
    "consent",
    "campaign",
    "inbox",
  ]);
  expect(await getChecklist(await makeMember(db.owner, admin.workspaceId, "agent"))).toBeNull();
  await db.owner`update workspaces set is_demo = true where id = ${admin.workspaceId}`;
  expect(await getChecklist(admin)).toBeNull();
});
