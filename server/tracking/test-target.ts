import { hotSql } from "@/db/client";
import { readTestId } from "@/server/deliveries";

/** Where a short link of a campaign's test leads; nothing is counted. Null for any other id, and a link it does not have. */
export async function testTarget(id: string, link: string): Promise<string | null> {
  const testId = readTestId(id);
  if (testId === null || !/^\d{1,4}$/.test(link)) return null;
  const [row] = await hotSql()<{ target: string | null }[]>`
    select link_of_test(${testId}, ${Number(link)}::int) as target`;
  return row?.target ?? null;
}
