import { z } from "zod";
import { upsertCustomer } from "@/server/customers/upsert";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { loggerFor } from "@/server/platform/logger";
import { counted } from "./counted";
import { consentOutcome, fieldsOf, recordConsentOf, upsertBody } from "./customers";
import { operation } from "./operation";

/** Each customer is a transaction of its own: more would keep the caller waiting. */
const MOST = 500;

const log = loggerFor("api");
const DEFECT =
  "Something went wrong on our side. Send this customer again, with a new Idempotency-Key; if it stays,";

const done = (status: "created" | "updated") =>
  z.object({ status: z.literal(status), customer_id: z.uuid(), consents: z.array(consentOutcome) });
const outcome = z.discriminatedUnion("status", [
  done("created"),
  done("updated"),
  z.object({ status: z.literal("refused"), reason: z.string() }),
]);
type Outcome = z.output<typeof outcome>;

const batch = z.object({ customers: z.array(z.unknown()).min(1).max(MOST) });

/** One customer, or a batch of them; each is judged by itself. */
export const upsertCustomers = operation({
  id: "upsertCustomers",
  method: "POST",
  path: "/customers",
  scope: "customers:write",
  // Not advisors: what is found by a number need not be in their book.
  roles: ["admin", "marketer"],
  summary: "Add or change one customer, or up to 500, found by external_id, phone or email",
  status: 200,
  // One customer by itself, who was not there.
  otherStatus: 201,
  body: z.preprocess(
    (body) => (isBatch(body) ? body : { customers: [body], single: true }),
    batch.extend({ single: z.boolean().default(false) }),
  ),
  described: z.union([upsertBody, z.object({ customers: z.array(upsertBody).min(1).max(MOST) })]),
  example: {
    customers: [
      {
        external_id: "CRM-1001",
        name: "Asha Rao",
        phone: "+919820012345",
        email: "asha.rao@example.com",
        language: "hi",
        tags: ["branch-west"],
        consents: [
          {
            action: "granted",
            channel: "email",
            purpose: "promotional",
            source: "website",
            text_shown: "Send me offers by e-mail",
            evidence: "form 4711",
          },
        ],
      },
    ],
  },
  most: { field: "customers", count: MOST },
  data: z.object({
    created: z.number().int(),
    updated: z.number().int(),
    refused: z.number().int(),
    /** What became of each customer, in the order of the batch. */
    results: z.array(outcome),
  }),
  handle: async ({ ctx, body: { customers, single } }) => {
    if (single) {
      const result = await upsertOne(ctx, customers[0]);
      const data = { created: 0, updated: 0, refused: 0, [result.status]: 1, results: [result] };
      const created = result.status === "created";
      return { data, status: created ? 201 : 200, message: `The customer was ${result.status}.` };
    }
    const results: Outcome[] = [];
    for (const row of customers) results.push(await orRefused(ctx, upsertOne(ctx, row)));
    const count = (status: Outcome["status"]) => results.filter((one) => one.status === status).length;
    const data = {
      created: count("created"),
      updated: count("updated"),
      refused: count("refused"),
      results,
    };
    const message = `${counted(data.created, "customer")} created, ${data.updated} updated, ${data.refused} refused.`;
    return { data, message };
  },
});

const isBatch = (body: unknown): boolean => typeof body !== "object" || body === null || "customers" in body;

async function upsertOne(ctx: Context, row: unknown): Promise<Exclude<Outcome, { status: "refused" }>> {
  const { consents: given = [], ...fields } = upsertBody.parse(row);
  const { id, created } = await upsertCustomer(ctx, fieldsOf(fields), { tags: fields.tags });
  const consents = [];
  for (const consent of given) consents.push(await recordConsentOf(ctx, id, consent));
  return { status: created ? "created" : "updated", customer_id: id, consents };
}

/** A row's own mistake is its outcome, and so is a defect of ours: the rows before it are done, and those after it wait for nothing. */
async function orRefused(ctx: Context, work: Promise<Outcome>): Promise<Outcome> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code !== "UNAVAILABLE")
      return { status: "refused", reason: error.message };
    if (error instanceof AppError) throw error;
    if (!(error instanceof z.ZodError)) {
      log.error({ requestId: ctx.requestId, err: error }, "a customer of a batch failed");
      return { status: "refused", reason: `${DEFECT} quote ${ctx.requestId}.` };
    }
    const [issue] = error.issues;
    const path = issue?.path.map(String).join(".") ?? "";
    return { status: "refused", reason: path ? `${path}: ${issue?.message}` : `${issue?.message}` };
  }
}
