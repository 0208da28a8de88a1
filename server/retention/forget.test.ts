import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { newId } from "@/server/platform/ids";
import { forgetOldRows } from "./forget";
import { keptDays } from "./status";

const db = await testDatabase();
let workspaceId: string;
let userId: string;

beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
  ({ userId } = await makeMember(db.owner, workspaceId));
});

/** A row of each kind whose time is so many days away. */
async function rowsFrom(days: number): Promise<void> {
  const at = db.owner`clock_now() - make_interval(days => ${days})`;
  const [campaign] = await db.owner<{ id: string }[]>`
    insert into campaigns (id, workspace_id, name, type, goal, category, audience, channels, bodies, owner_id)
    values (${newId()}, ${workspaceId}, 'Drive', 'retention', 'renewal_rate', 'newsletter', '{"kind":"all"}', '{email}', '{}',
      ${userId}) returning id`;
  await db.owner`insert into sessions (id, user_id, expires_at) values (${newId()}, ${userId}, ${at})`;
  await db.owner`insert into password_resets (id, user_id, token_hash, expires_at) values (${newId()}, ${userId}, ${newId()}, ${at})`;
  await db.owner`insert into throttles (key, window_started_at) values (${newId()}, ${at})`;
  await db.owner`insert into system_mails (id, workspace_id, kind, to_address, subject, encrypted_text, created_at)
    values (${newId()}, ${workspaceId}, 'invitation', 'a@example.test', 'Welcome', 'x', ${at})`;
  await db.owner`insert into notifications (id, workspace_id, membership_id, kind, subject_type, subject_id, text, key, at)
    values (${newId()}, ${workspaceId}, ${newId()}, 'k', 'campaign', ${newId()}, 'Look', ${newId()}, ${at})`;
  await db.owner`insert into campaign_checks (id, workspace_id, campaign_id, version, total, started_by, started_at)
    values (${newId()}, ${workspaceId}, ${campaign?.id ?? ""}, 1, 0, ${userId}, ${at})`;
  await db.owner`insert into account_counts (account_id, bucket, workspace_id, sent, failed)
    values (${newId()}, ${at}, ${workspaceId}, 1, 0)`;
}

const counts = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    await Promise.all(
      Object.keys(keptDays).map(async (table) => {
        const [row] = await db.owner<{ n: number }[]>`select count(*)::int as n from ${db.owner(table)}`;
        return [table, row?.n ?? 0] as const;
      }),
    ),
  );
const each = (n: number) => Object.fromEntries(Object.keys(keptDays).map((table) => [table, n]));

test("each kind is kept for its time and goes afterwards; twice is once", async () => {
  await rowsFrom(0);
  await rowsFrom(401);
  expect(await counts()).toEqual(each(2));
  expect(await forgetOldRows()).toBe(Object.keys(keptDays).length);
  expect(await counts()).toEqual(each(1));
  expect(await forgetOldRows()).toBe(0);
});

test("the day before its last, nothing goes", async () => {
  await db.owner`delete from throttles`;
  await db.owner`insert into throttles (key, window_started_at) values ('k', clock_now() - interval '23 hours')`;
  await db.owner`insert into sessions (id, user_id, expires_at) values (${newId()}, ${userId}, clock_now() - interval '89 days')`;
  expect(await forgetOldRows()).toBe(0);
});

test("a session that was ended early is kept from its end on, and an open one stays", async () => {
  await db.owner`update sessions set expires_at = clock_now() + interval '20 days', revoked_at = clock_now() - interval '91 days'`;
  await db.owner`insert into sessions (id, user_id, expires_at) values (${newId()}, ${userId}, clock_now() + interval '1 day')`;
  await forgetOldRows();
  expect((await counts()).sessions).toBe(1);
});
