import { expect, test } from "vitest";
import { startQuickSink } from "@/server/deliveries/testing/quick-sink";
import { parseSmtpUrl, Session } from "./connections";

test("a session that has many messages refused goes on, and collects nothing that listens", async () => {
  const { port, server } = await startQuickSink({
    greet: (command) => (command === "rcpt" ? "550 5.1.1 no such user" : null),
    taken: () => {},
  });
  const warnings: string[] = [];
  const hear = (warning: Error) => warnings.push(warning.name);
  process.on("warning", hear);
  const session = await Session.open(parseSmtpUrl(`smtp://127.0.0.1:${port}`));
  for (let nth = 0; nth < 30; nth++) {
    const answer = await session.send(
      { from: "a@example.test", to: `b${nth}@example.test` },
      Buffer.from("\r\n"),
    );
    expect(answer.ok).toBe(false);
  }
  expect(session.usable).toBe(true);
  session.close();
  await new Promise((resolve) => server.close(resolve));
  process.off("warning", hear);
  expect(warnings).toEqual([]);
});
