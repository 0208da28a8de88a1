import { z } from "zod";
import { propertyTypes } from "./rule/fields";
import {
  consentChannels,
  consentStates,
  counts,
  interactions,
  matches,
  most,
  purposes,
  type Rule,
  type RuleNode,
  reachChannels,
} from "./rule/model";
import { limits } from "./rule/values";
import { longest } from "./status";

// Shapes only: what a value must be depends on its operator, which checks it (rule/check.ts).
const word = z.string().max(limits.text);
const test = { op: z.string().max(40), value: z.unknown().optional() };
const fieldTest = z.object({ field: word, ...test });
const count = z.object({ op: z.enum(counts), n: z.number().optional() });
const when = z.object(test).nullable();
const where = z.array(fieldTest).max(most.tests);

const condition = z.discriminatedUnion("on", [
  z.object({ on: z.literal("customer"), field: word, ...test }),
  z.object({ on: z.literal("policy"), count, where }),
  z.object({ on: z.literal("payment"), count, where }),
  z.object({
    on: z.literal("event"),
    name: word,
    count,
    when,
    where: z.array(z.object({ property: word, type: z.enum(propertyTypes), ...test })).max(most.tests),
  }),
  z.object({
    on: z.literal("campaign"),
    interaction: z.enum(interactions),
    did: z.boolean(),
    campaign: z.uuid().nullable(),
    when,
    reason: z.string().max(60).nullish(),
  }),
  z.object({
    on: z.literal("consent"),
    channel: z.enum(consentChannels),
    purpose: z.enum(purposes),
    state: z.enum(consentStates),
  }),
  z.object({ on: z.literal("reach"), channel: z.enum(reachChannels), can: z.boolean() }),
  z.object({ on: z.literal("segment"), segment: z.uuid(), in: z.boolean() }),
]);

/** A group with at most `depth` levels of groups below it; not endless, so that nobody can send one that is. */
function groupSchema(depth: number): z.ZodType<Rule> {
  const nodes: z.ZodType<RuleNode> = depth > 1 ? z.union([groupSchema(depth - 1), condition]) : condition;
  return z.object({ match: z.enum(matches), of: z.array(nodes).max(most.conditions) });
}

/** The nested rule of a segment. */
export const ruleSchema = groupSchema(most.depth);

const name = z
  .string()
  .trim()
  .min(1, "Give the segment a name.")
  .max(longest.name, `Keep the name under ${longest.name} characters.`);
const description = z
  .string()
  .trim()
  .max(longest.description, `Keep the description under ${longest.description} characters.`);

export const createSegmentInput = z.object({
  name,
  description: description.default(""),
  rule: ruleSchema,
  tracked: z.boolean().default(false),
});
export type CreateSegmentInput = z.input<typeof createSegmentInput>;

export const segmentId = z.object({ id: z.string() });

/** `version` is the one that the editor loaded or saved last. */
export const updateSegmentInput = segmentId.extend({
  version: z.number().int().positive(),
  changes: z.object({ name, description, rule: ruleSchema, tracked: z.boolean() }).partial(),
});
export type UpdateSegmentInput = z.input<typeof updateSegmentInput>;

/** A rule that need not be saved yet; `id` is the segment that it is edited for. */
export const ruleInput = z.object({ rule: ruleSchema, id: z.string().optional() });
export type RuleInput = z.input<typeof ruleInput>;

export const listSegmentsInput = z.object({
  search: z.string().trim().max(100).default(""),
  archived: z.boolean().default(false),
  after: z.string().optional(),
  before: z.string().optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ListSegmentsInput = z.input<typeof listSegmentsInput>;

type Query = Record<string, string | string[] | undefined>;

/** The list that an address asks for; what it cannot mean is left out. */
export function segmentListInputOf(query: Query): z.output<typeof listSegmentsInput> {
  const one = (key: string): string | undefined => [query[key]].flat()[0] || undefined;
  return listSegmentsInput.parse({
    search: one("q")?.slice(0, 100),
    archived: one("archived") === "yes",
    after: one("after"),
    before: one("after") ? undefined : one("before"),
  });
}
