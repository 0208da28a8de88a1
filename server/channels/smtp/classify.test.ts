import { expect, test } from "vitest";
import { classifyConnectError, classifySmtpError } from "./classify";

const reply = (response: string) => ({
  message: response,
  response,
  responseCode: Number(response.slice(0, 3)),
});

test.each([
  ["421 4.7.0 try later", "again", "throttled"],
  ["450 4.2.0 greylisted", "again", "throttled"],
  ["451 4.3.0 later", "again", "throttled"],
  ["454 4.7.0 later", "again", "throttled"],
  ["452 4.2.2 mailbox full", "again", "temporary"],
  ["550 5.1.1 no such user", "failed", "address_refused"],
  ["550-5.1.10 no such user", "failed", "address_refused"],
  ["550 no such user here", "failed", "rejected"],
  ["552 5.2.2 over quota", "failed", "rejected"],
])("%s is %s, %s, before and after the body", (response, kind, reason) => {
  for (const bodyStarted of [false, true])
    expect(classifySmtpError(reply(response), bodyStarted)).toMatchObject({ kind, reason });
});

test.each(["530 5.7.0 authenticate first", "535 5.7.8 bad credentials", "550 5.7.1 relaying denied"])(
  "%s is the set-up's fault",
  (response) =>
    expect(classifySmtpError(reply(response), false)).toMatchObject({ kind: "configuration", begun: true }),
);

test("a connection that breaks is unknown after the body began, and nothing before", () => {
  const broken = { message: "Connection closed unexpectedly", code: "ECONNECTION" };
  expect(classifySmtpError(broken, true)).toMatchObject({ kind: "unknown" });
  expect(classifySmtpError(broken, false)).toMatchObject({ kind: "again", reason: "temporary" });
});

test("only an address that does not exist is suppressed", () => {
  expect(classifySmtpError(reply("550 5.1.1 unknown"), false)).toMatchObject({ suppress: true });
  expect(classifySmtpError(reply("550 5.2.1 disabled"), false)).toMatchObject({ suppress: false });
});

test("a server's words are kept without addresses", () => {
  const outcome = classifySmtpError(
    reply("550 5.1.1 <asha.rao@example.com>: asha.rao@example.com\r\n unknown"),
    false,
  );
  expect(outcome).toMatchObject({ detail: "550 5.1.1 <[address]>: [address] unknown" });
});

test("connecting tells a wrong set-up from a server that is away", () => {
  const kindOf = (code: string) => classifyConnectError({ message: "x", code }, "mail.test:25").kind;
  expect(["EAUTH", "EDNS", "ETLS"].map(kindOf)).toEqual(["configuration", "configuration", "configuration"]);
  expect(["ECONNECTION", "ETIMEDOUT", "ESOCKET"].map(kindOf)).toEqual([
    "unreachable",
    "unreachable",
    "unreachable",
  ]);
});
