import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { notify } from ".";
import { countUnread, listNotifications } from "./list";
import { markRead } from "./mark-read";

const db = await testDatabase();
type Member = Context & { membershipId: string };
let asha: Member;
let colleague: Member;
let elsewhere: Member;

beforeAll(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  asha = await makeMember(db.owner, workspaceId, "agent");
  colleague = await makeMember(db.owner, workspaceId, "supervisor");
  elsewhere = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const tell = (who: Member, key: string) =>
  withTransaction(who, (tx) =>
    notify(tx, who, [who.membershipId], {
      kind: "campaign.returned",
      subjectType: "campaign",
      subjectId: newId(),
      text: `Said ${key}.`,
      key,
    }),
  );

test("a member pages through the own notifications, newest first, and marks them as read", async () => {
  for (let nth = 1; nth <= 45; nth++) await tell(asha, `n${nth}`);
  await tell(asha, "n45");
  await tell(colleague, "theirs");
  await tell(elsewhere, "foreign");

  const texts: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listNotifications>> = await listNotifications(asha, { cursor });
    texts.push(...page.rows.map(({ text }) => text));
    cursor = page.next;
  } while (cursor);
  expect(texts).toEqual(Array.from({ length: 45 }, (_, nth) => `Said n${45 - nth}.`));
  expect(await countUnread(asha)).toBe(45);

  const [newest, second] = (await listNotifications(asha, {})).rows;
  await markRead(asha, { id: second?.id ?? "" });
  await markRead(asha, { id: second?.id ?? "" });
  expect(await countUnread(asha)).toBe(44);

  await tell(asha, "while she read");
  await markRead(asha, { upTo: newest?.id ?? "" });
  expect(await countUnread(asha)).toBe(1);
  expect(await countUnread(colleague)).toBe(1);
  const [version] = await db.owner<{ version: string }[]>`
    select version from topic_versions where topic = ${`notifications:${asha.membershipId}`}`;
  expect(Number(version?.version)).toBe(45 + 1 + 1 + 2);
});

test("somebody else's notification, here or elsewhere, is not there", async () => {
  for (const other of [colleague, elsewhere]) {
    const [theirs] = (await listNotifications(other, {})).rows;
    await expect(markRead(asha, { id: theirs?.id ?? "" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await countUnread(other)).toBe(1);
  }
  await expect(markRead(asha, { id: "not-an-id" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("it carries the name that its campaign has now, and none once it is gone", async () => {
  const campaignId = newId();
  await db.owner`
    insert into campaigns (id, workspace_id, name, type, goal, category, owner_id)
    values (${campaignId}, ${elsewhere.workspaceId}, 'Renewals', 'retention', 'renewal_rate', 'renewal_reminder', ${newId()})`;
  await withTransaction(elsewhere, (tx) =>
    notify(tx, elsewhere, [elsewhere.membershipId], {
      kind: "campaign.approved",
      subjectType: "campaign",
      subjectId: campaignId,
      text: "Your campaign is approved.",
      key: "named",
    }),
  );
  const names = (await listNotifications(elsewhere, {})).rows.map(({ subjectName }) => subjectName);
  expect(names).toEqual(["Renewals", null]);
});
