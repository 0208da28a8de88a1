import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { newId } from "@/server/platform/ids";
import { listCustomers } from "./list";

const db = await testDatabase();

test("the next due date of a list is counted from the workspace's own day, not from that of UTC", async () => {
  const workspaceId = await makeWorkspace(db.owner);
  await db.owner`update workspaces set time_zone = 'Asia/Kolkata' where id = ${workspaceId}`;
  const marketer = await makeMember(db.owner, workspaceId, "marketer");
  const [customerId = ""] = await makeCustomers(db.owner, workspaceId, [{}]);
  for (const day of ["2028-02-28", "2028-02-29"])
    await db.owner`insert into policies ${db.owner({
      id: newId(),
      workspace_id: workspaceId,
      customer_id: customerId,
      policy_number: newId(),
      policy_type: "term",
      product_name: "Term",
      status: "in_force",
      premium_micros: "1",
      currency: "INR",
      payment_mode: "yearly",
      renewal_date: day,
    })}`;
  const next = async (instant: string) => {
    const [row] = await db.owner<{ shift: string }[]>`
      select (${instant}::timestamptz - statement_timestamp())::text as shift`;
    await db.moveClock(row?.shift ?? "0");
    return (await listCustomers(marketer, {})).rows[0]?.nextRenewal;
  };
  expect(await next("2028-02-28T18:29:59Z")).toBe("2028-02-28");
  expect(await next("2028-02-28T18:30:00Z")).toBe("2028-02-29");
});
