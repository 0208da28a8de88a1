import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { requestCallback } from "@/server/callbacks/request";
import { ownDataDirectory } from "@/server/imports/testing/files";
import type { Context } from "@/server/platform/context";
import { makeSentRun } from "@/server/tracking/testing/sent-run";
import { eraseDue } from "./erase-due";
import { previewErasure } from "./preview";
import { requestErasure } from "./request";
import { makePerson, person } from "./testing/person";

const db = await testDatabase();
ownDataDirectory();
const { name, phone, email } = person;
let admin: Context;
let workspaceId: string;

beforeEach(async () => {
  workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId);
});

/** A person, and a neighbour who has the same phone. */
async function aFamily() {
  const run = await makeSentRun(db.owner, workspaceId, { channel: "whatsapp", size: 2 });
  const family = await makePerson(db.owner, workspaceId, run);
  await db.owner`update customers set phone = ${phone} where id = ${family.neighbour}`;
  return family;
}

/** A request for a call, with what was said in it. */
const callbackOf = async (id: string) => {
  const [row] = await db.owner`
    select status, phone, customer_name as name, email, description as words,
      to_jsonb(array(select description from callback_asks where callback_id = r.id)) as asks,
      to_jsonb(array(select recording_url from callback_attempts where callback_id = r.id)) as recordings
    from callback_requests r where id = ${id}`;
  return row;
};

test("an erasure takes the calls along that were asked for under the own name, or with the own e-mail, from the family’s phone", async () => {
  const { id } = await aFamily();
  // JavaScript makes two signs of its small letter, Postgres one.
  const written = name.replace("i", "İ");
  await db.owner`update customers set name = ${written} where id = ${id}`;
  const ring = async (requestType: string, more: object) =>
    (
      await requestCallback(admin, {
        phone,
        source: "form",
        requestType,
        description: "zq-secret",
        ...more,
      })
    ).id;
  const hers = await ring("feedback", { customerName: " quillabeth  ZARNOWICK" });
  const theirs = await ring("suggestion", { customerName: "Neighbour" });
  // Somebody else's number, so nobody knew whose wish it was; the e-mail is hers alone.
  await db.owner`update customers set email = null where id = ${id}`;
  const mailed = await ring("claim_assistance", { email: email.toUpperCase() });
  await db.owner`update customers set email = ${email} where id = ${id}`;
  await db.owner`update callback_attempts set callback_id = ${hers} where workspace_id = ${workspaceId}`;
  expect(await previewErasure(admin, { customerId: id })).toMatchObject({ openCallbacks: 3 });
  await requestErasure(admin, { customerId: id, typed: written });
  await eraseDue();
  for (const callbackId of [hers, mailed])
    expect(await callbackOf(callbackId)).toEqual({
      status: "cancelled",
      phone: "",
      name: "",
      email: null,
      words: "",
      asks: [""],
      recordings: callbackId === hers ? [null] : [],
    });
  expect(await callbackOf(theirs)).toMatchObject({ status: "pending", phone, words: "zq-secret" });
});

test("an erasure leaves a living namesake’s call on the family’s phone alone", async () => {
  const { id, neighbour } = await aFamily();
  await db.owner`update customers set name = ${name} where id = ${neighbour}`;
  const call = await requestCallback(admin, {
    phone,
    source: "form",
    requestType: "feedback",
    customerName: name,
  });
  await requestErasure(admin, { customerId: id, typed: name });
  await eraseDue();
  expect(await callbackOf(call.id)).toMatchObject({ status: "pending", phone, name });
});
