import { expect, test } from "vitest";
import { makeHistory } from "@/db/testing/campaign-history";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { exportTable } from "./export";
import { readReportToken } from "./report-token";
import { listReportLinks, revokeReportLink, sharedReport, shareReport } from "./share";
import { messagesOf } from "./testing/recount";
import { openWorkbook } from "./testing/workbook";

temporaryDataDir();
const db = await testDatabase();

async function bytes(content: AsyncGenerator<string | Uint8Array>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

test("tables go as CSV and as a workbook that others can read, with formulas as words and all rows", async () => {
  const { ctx, campaigns } = await makeHistory(db, 7);
  const { campaignId = "", runNumber = 0 } = campaigns[0] ?? {};
  await db.owner`update customers set city = '=1+1' where workspace_id = ${ctx.workspaceId} and city = 'Pune'`;
  const given = { table: "breakdown", by: "city", campaignId } as const;
  const csv = (await bytes((await exportTable(ctx, { ...given, format: "csv" })).content)).toString();
  expect(csv).toContain("'=1+1,");
  const book = await openWorkbook(
    await bytes((await exportTable(ctx, { ...given, format: "xlsx" })).content),
  );
  expect(book).not.toContain("<f>");
  expect(book).toContain("=1+1");
  const all = { table: "recipients", campaignId, format: "csv" } as const;
  const lines = (await bytes((await exportTable(ctx, all)).content)).toString().trim().split("\r\n");
  expect(lines).toHaveLength((await messagesOf(db.owner, runNumber)).length + 1);
  const taken = await db.owner`
    select after from audit_entries where workspace_id = ${ctx.workspaceId} and action = 'analytics.exported' order by id`;
  expect(taken.map(({ after }) => after)).toEqual([
    { table: "breakdown", format: "csv" },
    { table: "breakdown", format: "xlsx" },
    { table: "recipients", format: "csv" },
  ]);
  const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
  await expect(exportTable(agent, all)).rejects.toMatchObject({ code: "FORBIDDEN" });

  const { url } = await shareReport(ctx, { campaignId, days: 7 });
  const token = url.split("/").at(-1) ?? "";
  expect((await sharedReport(token))?.name).toBe("Renewal drive");
  const [body = "", proof = ""] = token.split(".");
  const other = Buffer.from(body, "base64url");
  other.writeUInt8(other.readUInt8(31) ^ 1, 31);
  for (const forged of ["", "x.y", `${other.toString("base64url")}.${proof}`, `${token}A`])
    expect(readReportToken(forged), forged).toBeNull();

  const second = await shareReport(ctx, { campaignId, days: 30 });
  const links = await listReportLinks(ctx, { campaignId });
  expect(links.map((link) => [link.url, link.byName])).toEqual([
    [second.url, "A admin"],
    [url, "A admin"],
  ]);
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  const id = links[0]?.id ?? "";
  await expect(revokeReportLink(stranger, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await revokeReportLink(ctx, { id });
  await expect(revokeReportLink(ctx, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await sharedReport(second.url.split("/").at(-1) ?? "")).toBeNull();
  expect((await listReportLinks(ctx, { campaignId })).map((link) => link.url)).toEqual([url]);
  await db.setClock("2026-12-04T12:00:00+05:30");
  expect(await sharedReport(token)).toBeNull();
  expect(await listReportLinks(ctx, { campaignId })).toEqual([]);
  const supervisor = await makeMember(db.owner, ctx.workspaceId, "supervisor");
  await expect(shareReport(supervisor, { campaignId, days: 7 })).rejects.toMatchObject({ code: "FORBIDDEN" });
});
