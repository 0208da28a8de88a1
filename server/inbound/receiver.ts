import { SMTPServer } from "smtp-server";
import { loggerFor } from "@/server/platform/logger";
import { readInboundAddress } from "./address";
import { LARGEST_MAIL, storeMail } from "./store";

const log = loggerFor("inbound mail");

export type Receiver = { port: number; stop: () => Promise<void> };

const refusal = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

/**
 * Listens for the mail of our return paths and reply addresses. Whatever is not for an address that we gave out is refused
 * before its body; the rest is stored before it is answered. No sign-in and no TLS: it stands behind a mail server.
 */
export function startReceiver({ host, port }: { host: string; port: number }): Promise<Receiver> {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    size: LARGEST_MAIL,
    maxClients: 50,
    socketTimeout: 60_000,
    onRcptTo: ({ address }, _session, callback) =>
      callback(readInboundAddress(address) ? null : refusal(550, "5.1.1 no such address here")),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => {
        // Read on to its end, or the sender waits; but keep nothing more.
        if (!stream.sizeExceeded) chunks.push(chunk);
      });
      stream.on("end", () => {
        if (stream.sizeExceeded) return callback(refusal(552, "5.3.4 the message is too large"));
        const raw = Buffer.concat(chunks);
        const recipients = [...new Set(session.envelope.rcptTo.map(({ address }) => address))];
        Promise.all(recipients.map((recipient) => storeMail({ recipient, raw }))).then(
          () => callback(null),
          (error: unknown) => {
            log.error({ message: (error as Error).message }, "a mail could not be stored");
            callback(refusal(451, "4.3.0 try again later"));
          },
        );
        return undefined;
      });
    },
  });
  server.on("error", (error) => log.warn({ message: error.message }, "the mail receiver"));
  return new Promise((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, host, () => {
      server.server.removeListener("error", reject);
      const address = server.server.address();
      resolve({
        port: address && typeof address === "object" ? address.port : port,
        stop: () => new Promise((done) => server.close(() => done())),
      });
    });
  });
}
