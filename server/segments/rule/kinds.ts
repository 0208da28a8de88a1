import { campaignCondition } from "./campaign-condition";
import type { ConditionKind } from "./condition";
import { customerCondition } from "./customer-condition";
import { eventCondition } from "./event-condition";
import type { Condition, SegmentCondition } from "./model";
import { consentCondition, reachCondition, segmentCondition } from "./other-conditions";
import { recordCondition } from "./record-condition";

type KindOf<On extends Condition["on"]> = On extends "segment"
  ? Omit<ConditionKind<SegmentCondition>, "toSql">
  : ConditionKind<Extract<Condition, { on: On }>>;

/** Every kind of condition; `segment` is compiled by putting the other segment's rule in its place. */
export const kinds = {
  customer: customerCondition,
  policy: recordCondition as ConditionKind<Extract<Condition, { on: "policy" }>>,
  payment: recordCondition as ConditionKind<Extract<Condition, { on: "payment" }>>,
  event: eventCondition,
  campaign: campaignCondition,
  consent: consentCondition,
  reach: reachCondition,
  segment: segmentCondition,
} as const satisfies { [On in Condition["on"]]: KindOf<On> };

/** The kind of a condition, for the calls that every kind answers. */
export const kindOf = <C extends Condition>({ on }: C): Omit<ConditionKind<C>, "toSql"> =>
  kinds[on] as unknown as Omit<ConditionKind<C>, "toSql">;
