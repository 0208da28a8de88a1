import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { createAttribute } from "@/server/attributes/create";
import { type AttributeType, attributeText } from "@/server/attributes/schemas";
import { launchCampaign } from "@/server/campaigns/launch";
import { preflightCampaign } from "@/server/campaigns/preflight";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { grantConsent } from "@/server/deliveries/testing/campaign";
import { drain } from "@/server/deliveries/testing/drain";
import { importFile, ownDataDirectory } from "@/server/imports/testing/files";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { countSegment } from "@/server/segments/count";
import { createSegment } from "@/server/segments/create";
import { getSegment } from "@/server/segments/get";
import type { Rule } from "@/server/segments/rule/model";
import { createCustomer } from "./create";
import { exportCustomers } from "./export-list";
import { getCustomer } from "./get";
import { listCustomers } from "./list";
import { unpackRecord } from "./testing/unpack";
import { updateCustomer } from "./update";
import { listValues } from "./values-of";

ownDataDirectory();
const db = await testDatabase();
let admin: Context & { userId: string };

type Way = {
  options?: string[];
  /** As a person types it, as a file writes it, what is kept, and what a message says. */
  typed: string;
  inFile: string;
  kept: string | number | boolean;
  said: string;
  refused?: string;
  /** A test that this value meets and a customer without one does not. */
  rule: { op: string; value?: unknown };
  sentence: string;
};

const ways = {
  text: {
    typed: "  Pune Camp ",
    inFile: "Pune Camp",
    kept: "Pune Camp",
    said: "Pune Camp",
    rule: { op: "starts_with", value: "pune" },
    sentence: "begins with “pune”",
  },
  number: {
    typed: "₹12,50,000",
    inFile: "1250000",
    kept: 1_250_000,
    said: "12,50,000",
    refused: "many",
    rule: { op: "between", value: [1_000_000, 2_000_000] },
    sentence: "is between 10,00,000 and 20,00,000",
  },
  boolean: {
    typed: "no",
    inFile: "N",
    kept: false,
    said: "No",
    refused: "perhaps",
    rule: { op: "no" },
    sentence: "is no",
  },
  date: {
    typed: "29/02/2024",
    inFile: "29-Feb-2024",
    kept: "2024-02-29",
    said: "29 February 2024",
    refused: "30/02/2024",
    rule: { op: "on", value: "2024-02-29" },
    sentence: "is on 29 February 2024",
  },
  choice: {
    options: ["Family floater", "Individual"],
    typed: "family FLOATER",
    inFile: "FAMILY FLOATER",
    kept: "Family floater",
    said: "Family floater",
    refused: "Group",
    rule: { op: "one_of", value: ["Family floater"] },
    sentence: "is Family floater",
  },
} satisfies Record<AttributeType, Way>;
const types = Object.keys(ways) as AttributeType[];
const way = (type: AttributeType): Way => ways[type];
const keyOf = (type: AttributeType) => `own_${type}`;

const typedValues = () => Object.fromEntries(types.map((type) => [keyOf(type), way(type).typed]));
const keptValues = () => Object.fromEntries(types.map((type) => [keyOf(type), way(type).kept]));

beforeEach(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner, "Suraksha"));
  for (const type of types)
    await createAttribute(admin, {
      key: keyOf(type),
      label: `Own ${type}`,
      type,
      options: way(type).options,
    });
});

/** One with a value of each type, and one with none. */
const two = async () => {
  const asha = await createCustomer(admin, {
    name: "Asha Rao",
    phone: "98200 12345",
    email: "asha@example.test",
    attributes: typedValues(),
  });
  const other = await createCustomer(admin, {
    name: "Imran Sheikh",
    phone: "98200 54321",
    email: "imran@example.test",
  });
  return { asha: asha.id, other: other.id };
};

test.each(types)(
  "a %s typed by hand is kept in its one form, refused in words, and taken away",
  async (type) => {
    const { asha, other } = await two();
    const attribute = async (customerId: string) =>
      (await getCustomer(admin, { customerId })).attributes[keyOf(type)];
    const write = (customerId: string, text: string) =>
      updateCustomer(admin, { customerId, changes: { attributes: { [keyOf(type)]: text } } });
    expect(await attribute(asha)).toBe(way(type).kept);
    await write(other, way(type).typed);
    expect(await attribute(other)).toBe(way(type).kept);
    const { refused } = way(type);
    if (refused)
      await expect(write(other, refused)).rejects.toMatchObject({
        code: "BAD_INPUT",
        message: expect.stringContaining(`Own ${type}`),
        details: { field: `attributes.${keyOf(type)}` },
      });
    await write(other, " ");
    expect(await attribute(other)).toBeUndefined();
  },
);

test("a file maps a column to each, keeps good values, and refuses rows with others", async () => {
  const header = ["id", "name", ...types.map((type) => `Spalte ${type}`)];
  const good = ["C1", "Asha", ...types.map((type) => way(type).inFile)];
  const bad = types.flatMap((type, at) => {
    const { refused } = way(type);
    return refused
      ? [["C2", "Imran", ...types.map((other, nth) => (nth === at ? refused : way(other).inFile))]]
      : [];
  });
  const csv = [header, good, ...bad].map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\n");
  const done = await importFile(admin, csv, {
    mapping: {
      id: "external_id",
      name: "name",
      ...Object.fromEntries(types.map((type) => [`Spalte ${type}`, `attribute:${keyOf(type)}`])),
    },
  });
  expect({ created: done.rowsCreated, rejected: done.rowsRejected }).toEqual({
    created: 1,
    rejected: bad.length,
  });
  const rows = await db.owner`select attributes from customers where workspace_id = ${admin.workspaceId}`;
  expect(rows.map((row) => row.attributes)).toEqual([keptValues()]);
  const reasons = await db.owner`
    select reason from import_rejections where workspace_id = ${admin.workspaceId} order by row_number`;
  expect(reasons.map((row) => row.reason)).toEqual(
    types.flatMap((type) => (way(type).refused ? [expect.stringContaining(`Own ${type}`)] : [])),
  );
});

test.each(types)("a segment asks about a %s, and reads it back", async (type) => {
  await two();
  const { rule: asked, sentence } = way(type);
  const rule: Rule = { match: "all", of: [{ on: "customer", field: `attribute:${keyOf(type)}`, ...asked }] };
  expect(await countSegment(admin, { rule })).toEqual({ count: 1 });
  const { id } = await createSegment(admin, { name: `By ${type}`, rule });
  expect((await getSegment(admin, { id })).sentence).toBe(`Customers whose own ${type} ${sentence}.`);
  const { rows } = await listCustomers(admin, { segment: [id] });
  expect(rows.map(({ name }) => name)).toEqual(["Asha Rao"]);
});

test("the list shows each, filters by what it offers, and takes all into its file", async () => {
  await two();
  const { rows } = await listCustomers(admin, { sort: "name" });
  expect(rows.map((row) => row.attributes)).toEqual([keptValues(), {}]);
  for (const type of types) {
    const [offered, ...more] = await listValues(admin, { of: `attribute:${keyOf(type)}` });
    expect({ customers: offered?.customers, more }).toEqual({ customers: 1, more: [] });
    const found = await listCustomers(admin, { attribute: [`${keyOf(type)}:${offered?.value}`] });
    expect(found.rows.map(({ name }) => name)).toEqual(["Asha Rao"]);
  }
  const { content } = await exportCustomers(admin, { sort: "name", ids: rows.map(({ id }) => id) });
  let csv = "";
  for await (const piece of content) csv += piece;
  const [header = "", first = "", second = ""] = csv.split(/\r?\n/).map((line) => line.replace("\uFEFF", ""));
  const at = (line: string, type: AttributeType) => line.split(",")[header.split(",").indexOf(keyOf(type))];
  const cells = {
    text: "Pune Camp",
    number: "1250000",
    boolean: "no",
    date: "2024-02-29",
    choice: "Family floater",
  };
  expect(Object.fromEntries(types.map((type) => [type, at(first, type)]))).toEqual(cells);
  expect(types.map((type) => at(second, type))).toEqual(types.map(() => ""));
});

test("what is held of a person names each with its value", async () => {
  const { asha } = await two();
  const files = await unpackRecord(admin, asha);
  expect(JSON.parse(files["customer.json"] ?? "{}").profile.Attributes).toEqual(keptValues());
  for (const type of types)
    expect(files["customer.html"]).toContain(`${keyOf(type)}: ${attributeText(way(type).kept)}`);
});

const tags = types.map((type) => `{{attribute.${keyOf(type)}}}`);
const fallbacks = Object.fromEntries(types.map((type) => [`attribute.${keyOf(type)}`, `no ${type}`]));

/** A body for each channel that says all of them. */
async function bodies() {
  const templateId = newId();
  const dltTemplateId = newId();
  await db.owner`insert into whatsapp_templates ${db.owner({
    id: templateId,
    workspace_id: admin.workspaceId,
    account_id: newId(),
    name: "own_values",
    language: "en",
    category: "utility",
    approval: "approved",
    parts: db.owner.json({
      header: null,
      body: "We have: {{1}}; {{2}}; {{3}}; {{4}}; {{5}} on record.",
      footer: null,
      buttons: [],
    }),
  })}`;
  await db.owner`insert into dlt_templates ${db.owner({
    id: dltTemplateId,
    workspace_id: admin.workspaceId,
    entity_id: "1101",
    header: "SURKSH",
    template_id: "1107",
    name: "Own values",
    category: "service_implicit",
    language: "en",
    text: `We have: ${types.map(() => "{#var#}").join("; ")} on record.`,
  })}`;
  const said = `We have: ${tags.join("; ")} on record.`;
  return {
    whatsapp: { en: { templateId, text: "", variables: tags, headerFileId: null, buttonUrls: [] } },
    sms: { en: { text: "", dltTemplateId, variables: tags } },
    email: { en: { subject: tags[0] ?? "", preheader: "", body: said } },
  };
}

test.each(["email", "sms", "whatsapp"] as const)(
  "a message by %s says each value, and the fall-back where there is none",
  async (channel) => {
    const { asha, other } = await two();
    await grantConsent(db.owner, admin.workspaceId, "service", [channel]);
    // Noon in India: no quiet hour holds anything.
    await db.moveClock("0");
    const [row] = await db.owner<{ wait: string }[]>`
      select (date_trunc('day', now() at time zone 'Asia/Kolkata') + interval '36 hours' - (now() at time zone 'Asia/Kolkata'))::text as wait`;
    await db.moveClock(row?.wait ?? "0");
    const body = await bodies();
    const id = await makeCampaign(db.owner, admin, {
      channels: [channel],
      bodies: { [channel]: body[channel] },
      fallbacks,
    });
    expect((await preflightCampaign(admin, { id })).problems).toEqual([]);
    await freezeRun(admin, await launchCampaign(admin, { id, version: 1 }));
    await drain();
    const arrived = await db.owner<{ customer: string; text: string; subject: string | null }[]>`
      select customer_id as customer, text, subject from sandbox_messages where campaign_id = ${id}`;
    const saidTo = (customer: string) =>
      /We have: .* on record\./.exec(
        arrived.find((message) => message.customer === customer)?.text ?? "",
      )?.[0];
    expect(saidTo(asha)).toBe(`We have: ${types.map((type) => way(type).said).join("; ")} on record.`);
    expect(saidTo(other)).toBe(`We have: ${types.map((type) => `no ${type}`).join("; ")} on record.`);
    if (channel === "email")
      expect(arrived.map(({ subject }) => subject).sort()).toEqual(["Pune Camp", "no text"]);
  },
);
