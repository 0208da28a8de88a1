import { isIP } from "node:net";
import type { Readable, Writable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { publicAddressOf } from "@/server/platform/public-host";
import type { SmtpError } from "./classify";

export type SmtpServer = {
  host: string;
  port: number;
  secure: boolean;
  user: string;
  password: string;
  /** False only where SMTP_URL says so (`?tls.rejectUnauthorized=false`). */
  verifyCertificate: boolean;
  /** False for a server that somebody named in a form: it may not lead into our own network. */
  trusted: boolean;
};

/** smtp://user:pass@host:port or smtps://…; @throws Error with a sentence for the operator. */
export function parseSmtpUrl(text: string): SmtpServer {
  if (!URL.canParse(text)) throw new Error("SMTP_URL is not an address like smtp://user:password@host:587.");
  const url = new URL(text);
  if ((url.protocol !== "smtp:" && url.protocol !== "smtps:") || url.hostname === "")
    throw new Error("SMTP_URL must start with smtp:// or smtps:// and name a host.");
  const secure = url.protocol === "smtps:";
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    verifyCertificate: url.searchParams.get("tls.rejectUnauthorized") !== "false",
    trusted: true,
  };
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 60_000;
/** Servers drop connections that carried many messages; ours are renewed before. */
const MOST_MESSAGES = 500;

/** A signed-in session with the server. */
export class Session {
  #messages = 0;
  #broken = false;

  private constructor(private readonly connection: SMTPConnection) {
    // Without a listener an error of an idle connection would end the process; it is replaced at its next use.
    connection.on("error", () => {
      this.#broken = true;
    });
    connection.once("end", () => {
      this.#broken = true;
    });
  }

  /** @throws SmtpError when the server cannot be reached, or refuses. */
  static async open(server: SmtpServer): Promise<Session> {
    const connection = new SMTPConnection({
      host: server.trusted ? server.host : await publicAddressOf(server.host),
      port: server.port,
      secure: server.secure,
      tls: {
        rejectUnauthorized: server.verifyCertificate,
        // The certificate is for the name, whatever address it leads to.
        ...(isIP(server.host) === 0 && { servername: server.host }),
      },
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
    });
    const session = new Session(connection);
    try {
      await new Promise<void>((resolve, reject) => {
        connection.once("error", reject);
        connection.once("end", () => reject(new Error("Connection closed unexpectedly")));
        connection.connect((error) => (error ? reject(error) : resolve()));
      });
      if (server.user !== "")
        await new Promise<void>((resolve, reject) => {
          connection.once("error", reject);
          connection.login({ credentials: { user: server.user, pass: server.password } }, (error) =>
            error ? reject(error) : resolve(),
          );
        });
    } catch (error) {
      connection.close();
      throw error;
    }
    return session;
  }

  /** True while it can carry another message. */
  get usable(): boolean {
    return !this.#broken && this.#messages < MOST_MESSAGES;
  }

  /**
   * Hands one message over and resolves with the server's final answer, or with the error and whether the server may
   * have seen the message's end.
   */
  async send(envelope: { from: string; to: string }, message: Buffer): Promise<SessionAnswer> {
    this.#messages++;
    let bodyStarted = false;
    // nodemailer pipes a body once the server has said 354. A stream of its own for one buffer would cost more than the mail.
    const body = {
      pipe: (target: Writable) => {
        bodyStarted = true;
        target.end(message);
      },
    };
    const answer = await new Promise<SessionAnswer>((resolve) => {
      const failed = (error: Error) => resolve({ ok: false, error: error as SmtpError, bodyStarted });
      this.connection.send(envelope, body as unknown as Readable, (error, info) =>
        error ? failed(error) : resolve({ ok: true, response: info.response }),
      );
    });
    if (!answer.ok && !this.#broken) await this.#reset();
    return answer;
  }

  close(): void {
    this.connection.close();
  }

  /** Says goodbye; the server's answer closes it. */
  quit(): void {
    this.connection.quit();
  }

  /** Clears a refused transaction, so that the connection can be used again. */
  async #reset(): Promise<void> {
    const clean = await new Promise<boolean>((resolve) => {
      const ended = () => resolve(false);
      this.connection.once("end", ended);
      this.connection.reset((error) => {
        // A session that had many messages refused would collect listeners.
        this.connection.off("end", ended);
        resolve(!error);
      });
    });
    if (!clean) {
      this.#broken = true;
      this.connection.close();
    }
  }
}

export type SessionAnswer =
  | { ok: true; response: string }
  | { ok: false; error: SmtpError; bodyStarted: boolean };
