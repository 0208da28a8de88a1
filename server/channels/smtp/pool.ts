import type { SmtpError } from "./classify";
import { Session, type SmtpServer } from "./connections";

type Waiter = { resolve: (session: Session) => void; reject: (error: SmtpError) => void };

const IDLE_MS = 20_000;
/** Accepted messages in a row after which a slowed channel may open one more connection. */
const RECOVERED_AFTER = 50;

/**
 * At most `most` sessions with one server, over all callers, first come first served. `slowDown` halves the number (a
 * server that throttles asks for less), successes raise it again.
 */
export class SessionPool {
  #open = 0;
  #idle: Session[] = [];
  #waiting: Waiter[] = [];
  #allowed: number;
  #streak = 0;
  #closed = false;
  #idleTimer: NodeJS.Timeout | null = null;

  constructor(
    private readonly server: SmtpServer,
    private readonly most: number,
  ) {
    this.#allowed = most;
  }

  /** A session that is ready to carry a message. @throws SmtpError when none can be opened and none is open. */
  acquire(): Promise<Session> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#serve();
    });
  }

  release(session: Session): void {
    if (session.usable && !this.#closed && this.#open <= this.#allowed) this.#idle.push(session);
    else {
      this.#open--;
      session.quit();
    }
    this.#serve();
  }

  /** A message was accepted. */
  succeeded(): void {
    if (this.#allowed < this.most && ++this.#streak >= RECOVERED_AFTER) {
      this.#allowed++;
      this.#streak = 0;
    }
  }

  /** The server asked for less. */
  slowDown(): void {
    this.#streak = 0;
    this.#allowed = Math.max(1, Math.floor(this.#allowed / 2));
  }

  close(): void {
    this.#closed = true;
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    this.#dropIdle();
  }

  #serve(): void {
    while (this.#waiting.length > 0) {
      const session = this.#idle.pop();
      if (session && !session.usable) {
        this.#open--;
        session.close();
      } else if (session) this.#waiting.shift()?.resolve(session);
      else if (this.#open < this.#allowed) this.#openAnother();
      else break;
    }
    this.#watchIdle();
  }

  /** Opens a session for the first waiter. While others are open, a refused connection only means "no more than these". */
  #openAnother(): void {
    const waiter = this.#waiting.shift();
    if (!waiter) return;
    this.#open++;
    Session.open(this.server).then(waiter.resolve, (error: SmtpError) => {
      this.#open--;
      if (this.#open === 0) {
        waiter.reject(error);
        for (const other of this.#waiting.splice(0)) other.reject(error);
        return;
      }
      this.#allowed = Math.max(1, this.#open);
      this.#streak = 0;
      this.#waiting.unshift(waiter);
      this.#serve();
    });
  }

  #watchIdle(): void {
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    this.#idleTimer = this.#idle.length > 0 ? setTimeout(() => this.#dropIdle(), IDLE_MS) : null;
    this.#idleTimer?.unref();
  }

  #dropIdle(): void {
    for (const session of this.#idle.splice(0)) {
      this.#open--;
      session.quit();
    }
  }
}
