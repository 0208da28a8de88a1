import { matchChanges, noticeExits } from "@/server/automations";
import { keepFromPayments, reattributeConversions } from "@/server/conversions";
import { recomputeEngagement } from "@/server/engagement";
import type { Evaluator } from "@/server/events";
import { reevaluateMemberships } from "@/server/segments";

const engagement: Evaluator = {
  name: "engagement",
  evaluate: async (ctx, touched) => {
    await recomputeEngagement(
      ctx,
      touched.map(({ customerId }) => customerId),
    );
  },
};

const segments: Evaluator = {
  name: "segments",
  evaluate: async (ctx, touched) => {
    await reevaluateMemberships(
      ctx,
      touched.map(({ customerId }) => customerId),
    );
  },
};

const conversions: Evaluator = {
  name: "conversions",
  evaluate: async (ctx, touched) => {
    const paid = touched.filter(({ kinds }) => kinds.includes("payment") || kinds.includes("conversion"));
    if (paid.length > 0)
      await keepFromPayments(
        ctx,
        paid.map(({ customerId }) => customerId),
      );
    await reattributeConversions(
      ctx,
      touched.map(({ customerId }) => customerId),
    );
  },
};

const automations: Evaluator = {
  name: "automations",
  evaluate: async (ctx, touched) => {
    const ids = touched.map(({ customerId }) => customerId);
    await noticeExits(ctx, ids);
    await matchChanges(ctx, ids);
  },
};

/**
 * What is done for customers that something happened to, in this order: what decides first, segments may ask for it, triggers
 * last. Each line is `{ name, evaluate: (ctx, touched) => … }`.
 */
export const evaluators: readonly Evaluator[] = [conversions, engagement, segments, automations];
