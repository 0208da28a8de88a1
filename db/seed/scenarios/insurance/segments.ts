import type { Rule } from "@/server/segments/rule/model";
import { seededSegments } from "@/server/segments/seeds";
import { instantOn } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";

/** What the people of the firm have built for themselves, oldest first. */
const own: readonly { name: string; description: string; rule: Rule }[] = [
  {
    name: "Premium overdue, still answering",
    description: "For a call rather than another letter.",
    rule: {
      match: "all",
      of: [
        {
          on: "payment",
          count: { op: "some" },
          where: [{ field: "status", op: "one_of", value: ["overdue", "failed"] }],
        },
        {
          match: "any",
          of: [
            { on: "customer", field: "engagement_score", op: "gte", value: 40 },
            {
              on: "event",
              name: "app_login",
              count: { op: "some" },
              when: { op: "last_days", value: 60 },
              where: [],
            },
          ],
        },
      ],
    },
  },
  {
    name: "Motor renewals in Maharashtra",
    description: "Motor policies of Mumbai, Pune and Nagpur that renew in the next 45 days.",
    rule: {
      match: "all",
      of: [
        { on: "customer", field: "city", op: "one_of", value: ["Mumbai", "Pune", "Nagpur"] },
        {
          on: "policy",
          count: { op: "some" },
          where: [
            { field: "policy_type", op: "one_of", value: ["motor"] },
            { field: "status", op: "one_of", value: ["in_force", "in_grace"] },
            { field: "renewal_date", op: "next_days", value: 45 },
          ],
        },
        { match: "none", of: [{ on: "customer", field: "stop_state", op: "known" }] },
      ],
    },
  },
  {
    name: "Asked about health, has none",
    description: "Showed interest in the last three months and holds no health policy.",
    rule: {
      match: "all",
      of: [
        {
          match: "any",
          of: ["inquiry", "quote_requested"].map((name) => ({
            on: "event" as const,
            name,
            count: { op: "some" as const },
            when: { op: "last_days", value: 90 },
            where: [{ property: "product", type: "text" as const, op: "is", value: "health" }],
          })),
        },
        {
          on: "policy",
          count: { op: "none" },
          where: [{ field: "policy_type", op: "one_of", value: ["health"] }],
        },
      ],
    },
  },
];

/** The segments that every workspace begins with, the own ones before them in the list. */
export function makeSegmentRows(context: { workspaceId: string; ownerId: string; today: string }): SeedRow[] {
  const day = instantOn(context.today, -1_440);
  const seeded = [...seededSegments].reverse().map(({ key, ...segment }) => ({ ...segment, key }));
  const mine = own.map((segment) => ({ ...segment, key: null }));
  return [...seeded, ...mine].map(({ key, name, description, rule }, index) => ({
    id: seedId("insurance/segments", index),
    workspace_id: context.workspaceId,
    name,
    description,
    rule: JSON.parse(JSON.stringify(rule)),
    seed_key: key,
    tracked: false,
    version: 1,
    created_by: key === null ? context.ownerId : null,
    created_at: day,
    updated_at: day,
  }));
}
