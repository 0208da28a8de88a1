import { env } from "@/env";
import { forgetMails, processMails, type Receiver, startReceiver } from "@/server/inbound";
import { loggerFor } from "@/server/platform/logger";
import { Loop } from "./loop";

const log = loggerFor("inbound mail");
const LOOK_MS = 1_000;
const FORGET_MS = 60 * 60_000;

/** Receives the mail of our return paths where the installation asks for it, and works through what came by any door. */
export class Mails {
  readonly #work = new Loop("mails", LOOK_MS, processMails);
  readonly #forget = new Loop("old mails", FORGET_MS, forgetMails);
  #receiver: Promise<Receiver | null> = Promise.resolve(null);

  start(): void {
    const { INBOUND_SMTP_PORT: port, INBOUND_SMTP_HOST: host, INBOUND_MAIL_DOMAIN: domain } = env;
    if (!domain) return;
    if (port !== undefined)
      this.#receiver = startReceiver({ host, port }).catch((error: unknown) => {
        // Sending goes on: a taken port must not stop the worker.
        log.error({ message: (error as Error).message, port }, "the mail receiver did not start");
        return null;
      });
    this.#work.start();
    this.#forget.start();
  }

  async stop(): Promise<void> {
    await (await this.#receiver)?.stop();
    await Promise.all([this.#work.stop(), this.#forget.stop()]);
  }
}
