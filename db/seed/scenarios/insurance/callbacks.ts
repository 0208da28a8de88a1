import { defaultDispositions } from "@/server/callbacks/content";
import { nextAttempt } from "@/server/callbacks/next-attempt";
import { orderKeyOf, scoreOf } from "@/server/callbacks/score";
import type { CallbackTier, Urgency } from "@/server/callbacks/status";
import { businessBetween } from "@/server/sla/calendar";
import { defaultCalendar, defaultPolicy } from "@/server/sla/schemas";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";
import type { Random } from "../../random";
import { type ClockPlan, makeClockRows, type SeedClockEvent } from "./callback-clocks";
import { addTries, type CallbackTables, logOf, pickColumns } from "./callback-log";
import { closedCallbacks, openCallbacks, type SeedWish } from "./callback-wishes";
import type { SeedCustomer } from "./customers";

const ZONE = "Asia/Kolkata";
const MINUTE = 60_000;
const SLOT = 30 * MINUTE;
const PHONE = /^\+91[6-9]\d{9}$/;

type Given = {
  random: Random;
  customers: readonly SeedCustomer[];
  /** Membership ids of the call centre; the first can sign in. */
  agentIds: readonly string[];
  workspaceId: string;
  /** Epoch ms of the seed: the queue is live, so it is made for the moment and not for the day. */
  now: number;
};

/**
 * A live callback queue: customers who wait, some of them overdue, some promised a time, some not reached, and two weeks of
 * closed requests. Scores, clocks and logs are those that the product's own functions give.
 */
export function makeCallbackRows(given: Given): [table: string, rows: SeedRow[]][] {
  const { workspaceId, now, random } = given;
  const plan: ClockPlan = {
    workspaceId,
    policyId: seedId("insurance/sla_policies", 0),
    calendarId: seedId("insurance/calendars", 0),
    calendar: defaultCalendar(ZONE),
    definition: defaultPolicy,
    now,
  };
  const people = given.customers.filter(
    ({ phone, stop_state }) => phone && PHONE.test(String(phone)) && !stop_state,
  );
  const tables: CallbackTables = {
    callback_requests: [],
    callback_asks: [],
    callback_attempts: [],
    callback_activities: [],
    sla_events: [],
    sla_clocks: [],
  };
  const used = new Set<string>();
  const wishes = [...closedCallbacks(random), ...openCallbacks];
  for (const [index, wish] of wishes.entries()) {
    const person = pickPerson(random, people, used);
    addRequest(tables, { wish, person, index, plan, agentIds: given.agentIds });
  }
  return [...policyRows(plan), dispositionRows(workspaceId), ...Object.entries(tables)];
}

/** The product's own list, as the first close of a request makes it. */
const dispositionRows = (workspaceId: string): [string, SeedRow[]] => [
  "dispositions",
  defaultDispositions.map((row, position) => ({
    id: seedId("insurance/dispositions", position),
    workspace_id: workspaceId,
    position,
    ...row,
  })),
];

function pickPerson(random: Random, people: readonly SeedCustomer[], used: Set<string>): SeedCustomer {
  for (;;) {
    const person = random.pick(people);
    if (used.has(String(person.phone))) continue;
    used.add(String(person.phone));
    return person;
  }
}

function policyRows({
  workspaceId,
  policyId,
  calendarId,
  calendar,
  definition,
  now,
}: ClockPlan): [string, SeedRow[]][] {
  const at = iso(now - 200 * 86_400_000);
  const name = "Standard";
  return [
    [
      "calendars",
      [{ id: calendarId, workspace_id: workspaceId, name: "Office hours", version: 1, created_at: at }],
    ],
    [
      "calendar_versions",
      [
        {
          workspace_id: workspaceId,
          calendar_id: calendarId,
          version: 1,
          definition: calendar as never,
          created_at: at,
        },
      ],
    ],
    [
      "sla_policies",
      [
        {
          id: policyId,
          workspace_id: workspaceId,
          name,
          position: 0,
          version: 1,
          is_default: true,
          created_at: at,
        },
      ],
    ],
    [
      "sla_policy_versions",
      [
        {
          workspace_id: workspaceId,
          policy_id: policyId,
          version: 1,
          calendar_id: calendarId,
          definition: definition as never,
          created_at: at,
        },
      ],
    ],
  ];
}

type Adding = {
  wish: SeedWish;
  person: SeedCustomer;
  index: number;
  plan: ClockPlan;
  agentIds: readonly string[];
};

function addRequest(tables: CallbackTables, { wish, person, index, plan, agentIds }: Adding): void {
  const { now, workspaceId } = plan;
  const created = businessBack(plan, now, wish.ago);
  const tier = person.tier as CallbackTier;
  const urgency: Urgency = wish.urgency ?? "medium";
  const { sum, priority } = scoreOf({ requestType: wish.about, urgency, tier });
  const targets = plan.definition.targets[priority];
  const id = seedId("insurance/callback_requests", index);
  const slotStart = wish.slotIn === undefined ? null : slotAfter(now + wish.slotIn * MINUTE);
  const begins = slotStart ?? created;
  const assignee = wish.agent === undefined ? null : (agentIds[wish.agent % agentIds.length] ?? null);
  const events: SeedClockEvent[] = (["first_attempt", "first_contact", "resolution"] as const).map(
    (metric) => ({
      metric,
      kind: "start",
      at: begins,
      targetMs: MINUTE * (metric === "resolution" ? targets.resolutionMinutes : targets.firstAttemptMinutes),
    }),
  );
  if (slotStart) events.push({ metric: "promise", kind: "start", at: slotStart, targetMs: SLOT });
  const row: SeedRow = {
    id,
    workspace_id: workspaceId,
    customer_id: person.id,
    customer_name: person.name ?? "",
    phone: person.phone ?? "",
    email: person.email ?? null,
    request_type: wish.about,
    description: wish.words,
    tags: [],
    urgency,
    tier,
    language: null,
    source: wish.source,
    sum,
    priority,
    order_key: orderKeyOf(sum, new Date(created)),
    status: slotStart ? "scheduled" : "pending",
    not_before: iso(begins),
    slot_start: slotStart && iso(slotStart),
    slot_end: slotStart && iso(slotStart + SLOT),
    slots: slotStart ? 1 : 0,
    assignee_id: null,
    assigned_at: null,
    attempts: 0,
    last_attempt_at: null,
    contacted_at: null,
    repeats: 0,
    cycle: 1,
    disposition: null,
    resolution: null,
    resolution_category: null,
    satisfaction: null,
    version: 1,
    created_at: iso(created),
    updated_at: iso(created),
    closed_at: null,
  };
  const log = logOf(tables, row, {
    workspaceId,
    actor: agentIds[(wish.agent ?? index) % agentIds.length] ?? null,
  });
  log("created", created, pickColumns(row), "system");
  const ask = (nth: number, at: number, words: string) =>
    tables.callback_asks.push({
      id: seedId(`insurance/callback_asks/${index}`, nth),
      workspace_id: workspaceId,
      callback_id: id,
      source: wish.source,
      source_key: `seed:${index}:${nth}`,
      description: words,
      at: iso(at),
    });
  ask(0, created, wish.words);
  if (wish.again) {
    const at = Math.round((created + now) / 2);
    ask(1, at, wish.again);
    log("repeated", at, { repeats: 1 }, "system");
  }
  if (assignee)
    log("assigned", created + MINUTE, {
      assignee_id: assignee,
      assigned_at: iso(created + MINUTE),
      status: slotStart ? "scheduled" : "assigned",
    });
  if (wish.tried !== undefined)
    addTries(tables, {
      wish,
      row,
      plan,
      log,
      events,
      created,
      agent: assignee ?? agentIds[index % agentIds.length] ?? "",
    });
  tables.callback_requests.push(row);
  const clocks = makeClockRows(id, events, plan);
  tables.sla_events.push(...clocks.events);
  tables.sla_clocks.push(...clocks.clocks);
}

const iso = (at: number): string => new Date(at).toISOString();

const FURTHEST_BACK = 24 * 60 * 24 * MINUTE;

/** The instant from which so many business minutes lie before `now`, to the second. */
function businessBack({ calendar }: ClockPlan, now: number, minutes: number): number {
  let [least, most] = [now - FURTHEST_BACK, now];
  while (most - least > 1_000) {
    const middle = Math.round((least + most) / 2);
    if (businessBetween(calendar, middle, now) < minutes * MINUTE) most = middle;
    else least = middle;
  }
  return least;
}

/** The next half hour in which a call may be made, from an instant on. */
function slotAfter(at: number): number {
  const half = Math.ceil(at / SLOT) * SLOT;
  return nextAttempt([], half, { zone: ZONE }) ?? half;
}
