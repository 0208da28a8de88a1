import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { exportConsents, exportSuppressions } from "../export";
import { withdrawPromotion } from "../promotion";
import { suppressAddress } from "../suppress";
import { getConsentFile, listConsentFiles } from "./get";
import { cancelConsentFile, runConsentFile } from "./state";
import { uploadConsentFile } from "./upload";
import { workOnFile } from "./work";

temporaryDataDir();
const db = await testDatabase();
let ctx: Awaited<ReturnType<typeof makeMember>>;
let asha: string;

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  const ids = await makeCustomers(db.owner, ctx.workspaceId, [
    { externalId: "C-1", phone: "+919820041101", email: "asha@example.test" },
    { externalId: "C-2", phone: "+919820041102", email: "imran@example.test" },
    { externalId: "C-3", phone: "+919820041102", email: "family@example.test" },
  ]);
  asha = ids[0] ?? "";
});

async function* bytes(text: string) {
  yield Buffer.from(text);
}

async function check(kind: "consents" | "suppressions", lines: string[]): Promise<string> {
  const { fileId } = await uploadConsentFile(ctx, {
    kind,
    fileName: `../${kind}.csv`,
    content: bytes(lines.join("\r\n")),
  });
  await finish(fileId);
  return fileId;
}
async function finish(fileId: string): Promise<void> {
  while (!(await workOnFile(ctx, { fileId })).done);
}
async function takeIn(kind: "consents" | "suppressions", lines: string[]): Promise<string> {
  const fileId = await check(kind, lines);
  await runConsentFile(ctx, { fileId });
  await finish(fileId);
  return fileId;
}

const counts = async (fileId: string) => {
  const { status, rowsRead, rowsAdded, rowsUnchanged, rowsRefused } = await getConsentFile(ctx, { fileId });
  return { status, rowsRead, rowsAdded, rowsUnchanged, rowsRefused };
};
const states = async (customerId: string) => [
  ...(await db.owner`select channel, purpose, granted from consent_states where customer_id = ${customerId} order by 1, 2`),
];
const entries = async () =>
  (await db.owner`select 1 from consents where workspace_id = ${ctx.workspaceId}`).length;
const listed = async () => [
  ...(await db.owner`select channel, reason, origin from suppressions where workspace_id = ${ctx.workspaceId} order by 1, 2`),
];

const header = "Customer ID,Mobile,Channel,Purpose,Action,Source,Text shown,Evidence,Date";
const yes = "C-1,,WhatsApp,Marketing,granted,Branch form,Yes send me offers,Form 4411,15/01/2026";

describe("a file of consents", () => {
  test("is checked first, with counts and the reason of each refused line, and changes nothing", async () => {
    const fileId = await check("consents", [
      header,
      yes,
      ",9820041102,sms,promotional,granted,Call,ok,,15/01/2026",
      "C-9,,sms,service,yes,Form,ok,,15/01/2026",
      "C-1,,fax,service,yes,Form,ok,,15/01/2026",
      "C-1,,sms,service,yes,Form,,,15/01/2026",
      "C-1,,sms,service,yes,,ok,,15/01/2026",
      "C-1,,sms,service,yes,Form,ok,,15/01/2399",
      "C-1,,sms,service,perhaps,Form,ok,,15/01/2026",
      ",12,sms,service,yes,Form,ok,,15/01/2026",
    ]);
    expect(await counts(fileId)).toEqual({
      status: "checked",
      rowsRead: 9,
      rowsAdded: 1,
      rowsUnchanged: 0,
      rowsRefused: 8,
    });
    const { refusals, columns, fileName } = await getConsentFile(ctx, { fileId });
    expect(refusals.map(({ rowNumber, reason }) => `${rowNumber} ${reason}`)).toMatchObject([
      "2 2 customers have this address: give the customer's id.",
      "3 No customer has this id or address.",
      expect.stringContaining("4 “fax” is no channel"),
      "5 Give the words that were shown, or the evidence.",
      "6 It does not say where it was given.",
      expect.stringContaining("7 “15/01/2399” is no day"),
      expect.stringContaining("8 “perhaps” is neither"),
      expect.stringMatching(/^9 /),
    ]);
    expect([columns[0], fileName]).toEqual([{ header: "Customer ID", field: "customer_id" }, "consents.csv"]);
    expect([await entries(), await states(asha)]).toEqual([0, []]);
  });

  test("taken in, is the ledger's: words, evidence, source and day as they stand, and who brought it", async () => {
    const fileId = await takeIn("consents", [header, yes]);
    expect(await counts(fileId)).toMatchObject({ status: "completed", rowsAdded: 1 });
    const [entry] = await db.owner`
      select channel, purpose, action, source, text_shown, evidence, at::text, actor_kind from consents where customer_id = ${asha}`;
    expect(entry).toMatchObject({
      channel: "whatsapp",
      purpose: "promotional",
      action: "granted",
      source: "Branch form",
      text_shown: "Yes send me offers",
      evidence: { fileId, row: 1, reference: "Form 4411" },
    });
    expect(await states(asha)).toEqual([{ channel: "whatsapp", purpose: "promotional", granted: true }]);
    const touched = await db.owner`select 1 from touched_customers where customer_id = ${asha}`;
    expect(touched).toHaveLength(1);
  });

  test("the same again changes nothing, and never overrules a later “no”", async () => {
    await takeIn("consents", [header, yes]);
    const again = await takeIn("consents", [header, yes]);
    expect(await counts(again)).toMatchObject({ rowsAdded: 0, rowsUnchanged: 1 });
    await withTransaction(ctx, (tx) =>
      withdrawPromotion(tx, ctx, {
        channel: "whatsapp",
        customerIds: [asha],
        address: "+919820041101",
        source: "reply",
        evidence: {},
      }),
    );
    const later = await takeIn("consents", [header, yes]);
    expect(await counts(later)).toMatchObject({ rowsAdded: 0, rowsUnchanged: 1 });
    expect(await states(asha)).toEqual([{ channel: "whatsapp", purpose: "promotional", granted: false }]);
    expect(await listed()).toHaveLength(1);
  });

  test("several lines about one standing count in the order of their days; withdrawn promotion is suppressed", async () => {
    await takeIn("consents", [
      header,
      "C-1,,sms,promotional,withdrawn,Call,,,20/02/2026",
      "C-1,,sms,promotional,granted,Form,ok,,10/01/2026",
    ]);
    expect(await states(asha)).toEqual([{ channel: "sms", purpose: "promotional", granted: false }]);
    expect(await entries()).toBe(2);
    expect(await listed()).toEqual([{ channel: "sms", reason: "unsubscribed", origin: "consent_file" }]);
    await takeIn("consents", [header, "C-1,,sms,promotional,granted,Form,ok,,01/03/2026"]);
    expect([await states(asha), await listed()]).toEqual([
      [{ channel: "sms", purpose: "promotional", granted: true }],
      [],
    ]);
  });

  test("a withdrawal by number counts for everybody who has it", async () => {
    await takeIn("consents", [header, ",98200 41102,call,promotional,no,Call,,,20/02/2026"]);
    const rows = await db.owner`
      select external_id from consents x join customers c on c.id = x.customer_id where x.workspace_id = ${ctx.workspaceId} order by 1`;
    expect(rows.map((row) => row.external_id)).toEqual(["C-2", "C-3"]);
  });

  test("without the columns that a consent needs is refused with their names, and nothing is kept", async () => {
    await expect(check("consents", ["customer_id,channel", "C-1,sms"])).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringMatching(/purpose, source, text or evidence, time/),
    });
    expect(await listConsentFiles(ctx)).toEqual([]);
  });

  test("goes on at its checkpoint, is cancelled in the middle, and done twice at once it is done once", async () => {
    const seeds = Array.from({ length: 2_500 }, (_, nth) => ({ externalId: `B-${nth}` }));
    await makeCustomers(db.owner, ctx.workspaceId, seeds);
    const lines = seeds.map(({ externalId }) => `${externalId},,email,promotional,yes,Form,ok,,15/01/2026`);
    const fileId = await check("consents", [header, ...lines]);
    await runConsentFile(ctx, { fileId });
    await Promise.all([workOnFile(ctx, { fileId }), workOnFile(ctx, { fileId })]);
    await finish(fileId);
    expect(await counts(fileId)).toMatchObject({ status: "completed", rowsRead: 2_500, rowsAdded: 2_500 });
    expect(await entries()).toBe(2_500);
    const other = await check("consents", [header, yes]);
    await runConsentFile(ctx, { fileId: other });
    await cancelConsentFile(ctx, { fileId: other });
    await finish(other);
    expect(await counts(other)).toMatchObject({ status: "cancelled", rowsAdded: 0 });
    await expect(cancelConsentFile(ctx, { fileId: other })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(runConsentFile(ctx, { fileId: other })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("a file of suppressions", () => {
  test("puts addresses on the list by channel and reason; what stops more wins; refused lines say why", async () => {
    await withTransaction(ctx, (tx) =>
      suppressAddress(tx, ctx, {
        channel: "sms",
        address: "+919820041101",
        reason: "unsubscribed",
        origin: "reply",
      }),
    );
    const fileId = await takeIn("suppressions", [
      "Number,Channel,Reason,Remarks",
      "98200 41101,sms,Complaint,from the regulator",
      "+91 98200 41107,,DND,NCPR",
      "old@example.test,email,bounced,",
      "old@example.test,sms,bounced,",
      "12,sms,DND,",
      "9820041109,sms,because,",
    ]);
    expect(await counts(fileId)).toEqual({
      status: "completed",
      rowsRead: 6,
      rowsAdded: 3,
      rowsUnchanged: 0,
      rowsRefused: 3,
    });
    expect(await listed()).toEqual([
      { channel: "call", reason: "do_not_disturb", origin: "NCPR" },
      { channel: "email", reason: "hard_bounce", origin: "file" },
      { channel: "sms", reason: "complaint", origin: "from the regulator" },
      { channel: "sms", reason: "do_not_disturb", origin: "NCPR" },
      { channel: "whatsapp", reason: "do_not_disturb", origin: "NCPR" },
    ]);
  });
});

describe("taking it away", () => {
  const textOf = async (file: Promise<{ content: AsyncGenerator<string> }>) => {
    let text = "";
    for await (const piece of (await file).content) text += piece;
    return text;
  };

  test("the ledger goes out by the filters, masked where the role reads so, and can come in again", async () => {
    await takeIn("consents", [header, yes, "C-2,,sms,service,granted,Form,ok,,16/01/2026"]);
    const text = await textOf(exportConsents(ctx, { channel: ["whatsapp"] }));
    expect(text).toContain("C-1,'+919820041101,asha@example.test,whatsapp,promotional,granted,Branch form");
    expect(text).not.toContain("C-2");
    const again = await takeIn("consents", text.split("\r\n"));
    expect(await counts(again)).toMatchObject({ rowsAdded: 0, rowsUnchanged: 1, rowsRefused: 0 });
    await db.owner`update workspaces set masked_roles = '{marketer}' where id = ${ctx.workspaceId}`;
    const masked = await textOf(exportConsents(ctx, {}));
    expect(masked).not.toContain("+919820041101");
    expect(masked).not.toContain("asha@");
    const audited = await db.owner`
      select 1 from audit_entries where workspace_id = ${ctx.workspaceId} and action = 'consents.exported'`;
    expect(audited).toHaveLength(2);
  });

  test("the list that went out comes in again as the same list, and means nothing elsewhere", async () => {
    await takeIn("suppressions", [
      "address,channel,reason,origin",
      "old@example.test,email,complaint,letter",
      "9820041199,,DND,NCPR",
      "98200 41101,sms,hard bounce,",
    ]);
    await db.owner`update suppressions set reason = 'erased', origin = 'erasure', address_hint = '•••'
      where workspace_id = ${ctx.workspaceId} and channel = 'call'`;
    const standing = async () => [
      ...(await db.owner`select channel, address_hash, address_hint, reason, origin from suppressions
        where workspace_id = ${ctx.workspaceId} order by channel, address_hash`),
    ];
    const before = await standing();
    const lines = (await textOf(exportSuppressions(ctx, {}))).trim().split("\r\n");
    expect(lines).toHaveLength(1 + before.length);
    const again = await takeIn("suppressions", lines);
    expect(await counts(again)).toMatchObject({ rowsAdded: 0, rowsUnchanged: 5, rowsRefused: 0 });
    await db.owner`delete from suppressions where workspace_id = ${ctx.workspaceId}`;
    const back = await takeIn("suppressions", lines);
    expect(await counts(back)).toMatchObject({ rowsAdded: 5, rowsRefused: 0 });
    expect(await standing()).toEqual(before);
    const foreign = await check(
      "suppressions",
      lines.map((line) => line.replace(/[0-9a-f]{8}:/, "00000000:")),
    );
    expect((await getConsentFile(ctx, { fileId: foreign })).refusals[0]?.reason).toContain(
      "another installation",
    );
  });

  test("the list goes out as hints; both need a role that keeps consent", async () => {
    await takeIn("suppressions", ["address,channel,reason", "old@example.test,email,complaint"]);
    const text = await textOf(exportSuppressions(ctx, { reason: ["complaint"] }));
    expect(text).toContain("o•••@example.test,email,complaint,file,");
    const supervisor = await makeMember(db.owner, ctx.workspaceId, "supervisor");
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
    for (const act of [() => exportConsents(supervisor, {}), () => exportSuppressions(supervisor, {})])
      await expect(act()).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(listConsentFiles(supervisor)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const [file] = await listConsentFiles(ctx);
    await expect(getConsentFile(stranger, { fileId: file?.id ?? "" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
