import type { Sql } from "postgres";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { createKey } from "@/server/api-keys";
import { issueTokens } from "@/server/auth/session-tokens";
import { startSession } from "@/server/auth/start-session";
import type { Role } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { seedSegments } from "@/server/segments";
import { call } from "./call";

/** A workspace with a row of each noun, and who may call. */
export type World = {
  workspaceId: string;
  key: string;
  /** Ids by the noun of an address. */
  rows: Record<string, string>;
};

/** An access token of a new member. */
export async function tokenOf(owner: Sql, workspaceId: string, role: Role): Promise<string> {
  const member = await makeMember(owner, workspaceId, role);
  const sessionId = await startSession(member.userId, { address: "127.0.0.1", userAgent: null });
  const { accessToken } = await withTransaction({ workspaceId: null }, (tx) => issueTokens(tx, sessionId));
  return accessToken;
}

/** A key that opens everything, made by a new administrator. */
export async function keyOf(owner: Sql, workspaceId: string): Promise<string> {
  const admin = await makeMember(owner, workspaceId, "admin");
  return (await createKey(admin, { name: "Core", scopes: ["*"] })).key;
}

/** A new workspace with all of that, made through the door where it can be. */
export async function makeWorld(owner: Sql): Promise<World> {
  const admin = await makeMember(owner, await makeWorkspace(owner), "admin");
  const { workspaceId } = admin;
  const { key } = await createKey(admin, { name: "Core", scopes: ["*"] });
  const [customer = ""] = await makeCustomers(owner, workspaceId, [
    { externalId: "C1", name: "Asha Rao", phone: "+919820012345" },
    { externalId: "C2", name: "Ravi Iyer", phone: "+919820012346" },
  ]);
  await withTransaction(admin, (tx) => seedSegments(tx, admin));
  const [segment] =
    await owner`select id from segments where workspace_id = ${workspaceId} order by id limit 1`;
  const made = async (address: string, body: object, field: string): Promise<string> => {
    const answer = await call("POST", address, { key, body });
    const id = answer.body?.data?.[field] ?? answer.body?.data?.results?.[0]?.[field];
    if (typeof id !== "string") throw new Error(`${address}: ${JSON.stringify(answer.body)}`);
    return id;
  };
  const campaign = await made(
    "/campaigns",
    {
      campaign_name: "Renewals",
      campaign_type: "retention",
      campaign_goal: "renewal_rate",
      category: "renewal_reminder",
      subject: "Your policy",
      message: 'Dear {{customer_name | default: "customer"}}, it renews soon.',
    },
    "campaign_id",
  );
  const callback = await made(
    "/callbacks",
    { customer_id: customer, request_type: "policy_issue" },
    "callback_request_id",
  );
  const policy = await made(
    `/customers/${customer}/policies`,
    {
      policy_number: `P-${newId()}`,
      policy_type: "term",
      product_name: "Term",
      premium: 1_000,
      payment_mode: "yearly",
    },
    "policy_id",
  );
  const payment = await made(
    `/policies/${policy}/payments`,
    { due_date: "2026-04-01", amount: 1_000, status: "open" },
    "payment_id",
  );
  const conversion = await made(
    "/conversions",
    { customer: { external_id: "C1" }, value: 5 },
    "conversion_id",
  );
  const rows = {
    campaigns: campaign,
    callbacks: callback,
    customers: customer,
    policies: policy,
    payments: payment,
    conversions: conversion,
    segments: String(segment?.id),
  };
  return { workspaceId, key, rows };
}

/** The id of the noun that an address is about. */
export const nounOf = (path: string): string =>
  path.startsWith("/campaigns/templates") ? "templates" : (path.split("/")[1] ?? "");
