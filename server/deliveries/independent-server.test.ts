import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { closeAdapters } from "@/server/channels";
import { readInboundAddress } from "@/server/inbound/address";
import type { Context } from "@/server/platform/context";
import { freezeRun } from "./freeze-run";
import { readUnsubscribeToken } from "./links";
import { grantConsent, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { expectFigures } from "./testing/expect-figures";
import {
  type IndependentServer,
  independentServers,
  startIndependentServer,
} from "./testing/independent-server";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;
let server: IndependentServer;
const address = env.RINGBACK_URL;

// Long lines, other scripts, dots at the start of a line, and what would be read as a header or an encoded word.
const subject =
  "Renew, {{customer_name}}: your “Suraksha” =?cover?= ends soon, and this line is longer than one line may be";
const body = `नमस्ते {{customer_name}},

.A dot at the start
${"word ".repeat(80)}

[Renew now](https://example.com/renew)`;

describe.each(independentServers)(
  "a mail server that shares no code with ours ($kind)",
  ({ kind, missing }) => {
    if (missing) {
      test.skip(`is left out: ${missing}`, () => {});
      return;
    }

    beforeEach(async () => {
      ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
      server = await startIndependentServer(kind);
      Object.assign(env, {
        SMTP_URL: server.url,
        INBOUND_MAIL_DOMAIN: "in.suraksha.example.com",
        RINGBACK_URL: "https://ringback.suraksha.example.com",
      });
    });
    afterEach(async () => {
      Object.assign(env, { INBOUND_MAIL_DOMAIN: undefined, RINGBACK_URL: address });
      await closeAdapters();
      await server.stop();
    });

    test("takes a campaign as valid mail, with both ways out by RFC 8058 and 2369", async () => {
      const names = Array.from({ length: 40 }, (_, nth) =>
        nth % 2 ? `आशा राव ${nth}` : `Asha "Rao", ${nth}`,
      );
      await makeCustomers(
        db.owner,
        ctx.workspaceId,
        names.map((name, nth) => ({ name, email: `person${nth}@example.test` })),
      );
      await grantConsent(db.owner, ctx.workspaceId, "promotional");
      const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, {
        purpose: "promotional",
        subject,
        body,
      });
      await freezeRun(ctx, campaign);
      await drain();
      expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 40, delivered: 40 });
      const mails = await server.mails(40);
      expect(new Set(mails.map(({ headers }) => headers["x-ringback-id"])).size).toBe(40);
      for (const mail of mails) {
        expect(mail.defects).toEqual([]);
        expect(mail.longestLine).toBeLessThanOrEqual(998);
        const nth = Number(/^"?(?:.*<)?person(\d+)@/.exec(mail.headers.to ?? "")?.[1]);
        expect(mail.headers.subject).toBe(subject.replace("{{customer_name}}", names[nth] ?? ""));
        expect(mail.from).toEqual([["Suraksha Insurance", "no-reply@ringback.invalid"]]);
        expect(mail.types).toEqual(["multipart/alternative", "text/plain", "text/html"]);
        expect(mail.text["text/plain"]).toContain(`नमस्ते ${names[nth]},`);
        expect(mail.text["text/plain"]).toMatch(/^\.A dot at the start$/m);
        expect(mail.text["text/html"]).toContain(".A dot at the start");
        for (const name of [
          "from",
          "to",
          "subject",
          "date",
          "message-id",
          "mime-version",
          "list-unsubscribe",
        ])
          expect(mail.names.filter((each) => each === name)).toHaveLength(1);
        expect(mail.headers["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click");
        const ways = [...(mail.headers["list-unsubscribe"] ?? "").matchAll(/<([^>]*)>/g)].map(
          ([, way = ""]) => way,
        );
        expect(ways).toHaveLength(2);
        const [link = "", mailto = ""] = ways;
        const id = mail.headers["x-ringback-id"];
        expect(link).toMatch(/^https:/);
        expect(readUnsubscribeToken(new URL(link).pathname.split("/").at(-1) ?? "")).toBe(id);
        expect(readInboundAddress(new URL(mailto).pathname)).toMatchObject({
          for: "unsubscribe",
          publicId: id,
        });
      }
    });
  },
);
