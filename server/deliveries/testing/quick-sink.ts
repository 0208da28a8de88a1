import net from "node:net";

/** What happens to a message whose end has arrived. `lost`: neither kept nor answered. `silent`: kept, and no answer. */
export type AfterBody = { kind: "take" } | { kind: "refuse"; reply: string } | { kind: "lost" | "silent" };

export type QuickSink = {
  /** The reply to MAIL FROM or RCPT TO; null: 250. A reply of 421 also ends the connection. */
  greet?: (command: "mail" | "rcpt", address: string) => string | null;
  /** Asked when the final dot has come. A promise stalls the answer. */
  decide?: (address: string) => AfterBody | Promise<AfterBody>;
  /** A message was taken; called before it is answered. */
  taken: (message: Buffer) => void;
};

const END = Buffer.from("\r\n.\r\n");
const EHLO = "250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n";

/**
 * A mail server that costs next to nothing: no parser of messages, one write for what came in one read. For measurements
 * and long faults; `startSink` is a real one. Resolves with the port of the loopback interface.
 */
export function startQuickSink(sink: QuickSink, port = 0): Promise<{ port: number; server: net.Server }> {
  const server = net.createServer({ noDelay: true }, (socket) => {
    new Conversation(socket, sink);
  });
  return new Promise((resolve) =>
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve({ port: address && typeof address === "object" ? address.port : port, server });
    }),
  );
}

class Conversation {
  #parts: Buffer[] = [];
  #inBody = false;
  #recipient = "";
  /** Whether the message that is being sent has somebody to go to. */
  #accepted = false;
  #busy = false;

  constructor(
    private readonly socket: net.Socket,
    private readonly sink: QuickSink,
  ) {
    socket.on("error", () => socket.destroy()); // clients that are killed
    socket.on("data", (chunk) => {
      this.#parts.push(chunk);
      if (!this.#busy) void this.#read();
    });
    socket.write("220 sink\r\n");
  }

  async #read(): Promise<void> {
    this.#busy = true;
    while (this.#parts.length > 0 && !this.socket.destroyed) {
      const input = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts);
      const end = this.#inBody ? input.indexOf(END) : input.indexOf("\n");
      if (end < 0) {
        this.#parts = [input];
        break;
      }
      const next = end + (this.#inBody ? END.length : 1);
      this.#parts = next < input.length ? [input.subarray(next)] : [];
      if (this.#inBody) {
        this.#inBody = false;
        await this.#end(input.subarray(0, end));
      } else this.#command(input.toString("latin1", 0, end).trimEnd());
    }
    this.#busy = false;
  }

  #command(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO" || verb === "HELO") this.#say(EHLO);
    else if (verb === "MAIL" || verb === "RCPT") {
      const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
      if (verb === "RCPT") this.#recipient = address;
      // A new sender begins anew; a client that pipelines sends DATA before it knows of a refusal.
      const refusal = this.sink.greet?.(verb === "MAIL" ? "mail" : "rcpt", address) ?? null;
      this.#accepted = verb === "RCPT" && refusal === null;
      this.#say(`${refusal ?? "250 2.1.0 fine"}\r\n`);
      if (refusal?.startsWith("421")) this.socket.end();
    } else if (verb === "DATA" && !this.#accepted) this.#say("503 5.5.1 no valid recipients\r\n");
    else if (verb === "DATA") {
      this.#inBody = true;
      this.#say("354 go on\r\n");
    } else if (verb === "QUIT") this.socket.end("221 bye\r\n");
    else this.#say("250 2.0.0 fine\r\n");
  }

  async #end(message: Buffer): Promise<void> {
    const decided = this.sink.decide?.(this.#recipient) ?? { kind: "take" as const };
    const after = decided instanceof Promise ? await decided : decided;
    if (after.kind === "refuse") return this.#say(`${after.reply}\r\n`);
    if (after.kind !== "lost") this.sink.taken(message);
    if (after.kind === "take") return this.#say("250 2.0.0 taken\r\n");
    this.socket.destroy();
  }

  #say(words: string): void {
    if (!this.socket.destroyed) this.socket.write(words);
  }
}
