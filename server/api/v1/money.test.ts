import { expect, test } from "vitest";
import { money } from "./money";
import { openApiDocument } from "./openapi";
import { operations } from "./operations";

type Schema = {
  description?: string;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
};

type Described = { responses: Record<string, { content: { "application/json": { schema: Schema } } }> };

const isMoney = ({ description, anyOf = [] }: Schema): boolean =>
  description === money.description || anyOf.some(isMoney);

/** The amounts of an answer without a `currency` beside them, and how many there are at all. */
function amountsIn(schema: Schema): { all: number; bare: string[] } {
  const { properties = {}, items, anyOf = [], oneOf = [] } = schema;
  const fields = Object.entries(properties);
  const own = fields.flatMap(([name, field]) => (isMoney(field) ? [name] : []));
  const inside = [...fields.map(([, field]) => field), ...(items ? [items] : []), ...anyOf, ...oneOf];
  const found = inside.map(amountsIn);
  return {
    all: own.length + found.reduce((sum, { all }) => sum + all, 0),
    bare: [...("currency" in properties ? [] : own), ...found.flatMap(({ bare }) => bare)],
  };
}

test("every amount of every answer has its currency beside it", () => {
  const { paths } = openApiDocument("http://ringback.test");
  const found = operations.map(({ id, method, path, status }) => {
    const described = paths[path]?.[method.toLowerCase()] as Described | undefined;
    const answer = described?.responses[String(status)];
    if (!answer) throw new Error(`${id} has no answer`);
    return { id, ...amountsIn(answer.content["application/json"].schema) };
  });
  expect(found.flatMap(({ id, bare }) => bare.map((field) => `${id}: ${field}`))).toEqual([]);
  const holding = found.filter(({ all }) => all > 0).map(({ id }) => id);
  expect(holding).toEqual(
    expect.arrayContaining(["listCampaigns", "getCampaign", "getCampaignAnalytics", "listConversions"]),
  );
});
