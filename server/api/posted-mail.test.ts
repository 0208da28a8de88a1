import { expect, test } from "vitest";
import { POST } from "@/app/api/mail/inbound/route";
import { testDatabase } from "@/db/testing/database";
import { inboundKey } from "@/server/inbound";

await testDatabase();

const post = async (key: string, headers: Record<string, string> = {}): Promise<number> => {
  const request = new Request(`https://x.test/api/mail/inbound?to=c@d.test&key=${key}`, {
    method: "POST",
    headers: { "content-type": "message/rfc822", "x-forwarded-for": "203.0.113.30", ...headers },
    body: "To: c@d.test\r\n\r\nHello",
  });
  return (await POST(request)).status;
};

test("others with wrong keys, from the same mail service, never shut out whoever has the key", async () => {
  for (let nth = 0; nth < 100; nth++) expect(await post("wrong")).toBe(403);
  expect(await post(inboundKey())).toBe(204);
});

test("the key may come in a header instead", async () => {
  expect(await post("", { authorization: `Bearer ${inboundKey()}` })).toBe(204);
  expect(await post(inboundKey(), { authorization: "Bearer wrong" })).toBe(403);
});
