import { SMTPServer } from "smtp-server";

/** What the sink does with a message; the default takes it. */
export type SinkAnswer =
  | { take: true }
  /** Refuses with a reply, at the recipient or after the body. */
  | { take: false; at: "rcpt" | "data"; code: number; text: string }
  /** Takes the message, and breaks the connection instead of saying so. */
  | { take: true; silent: true };

type Stage = "rcpt" | "data";

export type Sink = {
  url: string;
  /** Public id → how often a message with it was taken. */
  taken: Map<string, number>;
  /** Whole messages, when asked for. */
  bodies: string[];
  /** Resolves when `count` messages were taken. */
  until: (count: number) => Promise<void>;
  /** Changes what happens to the messages that follow; asked at both stages. */
  answer: (how: (address: string, stage: Stage) => SinkAnswer) => void;
  /** Messages wait after their body until the returned function is called. */
  stall: () => () => void;
  close: () => Promise<void>;
};

/** A real SMTP server on the loopback interface that remembers each message by its X-Ringback-Id. */
export async function startSink(options: { keepBodies?: boolean; port?: number } = {}): Promise<Sink> {
  const taken = new Map<string, number>();
  const bodies: string[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  let total = 0;
  let how: (address: string, stage: Stage) => SinkAnswer = () => ({ take: true });
  let gate: Promise<void> = Promise.resolve();

  const take = (message: string) => {
    const id = /^X-Ringback-Id: (\S+)/im.exec(message)?.[1] ?? "";
    taken.set(id, (taken.get(id) ?? 0) + 1);
    if (options.keepBodies) bodies.push(message);
    total++;
    for (const waiter of waiting.splice(0)) total >= waiter.count ? waiter.resolve() : waiting.push(waiter);
  };
  const refusal = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onRcptTo: ({ address }, _session, callback) => {
      const answer = how(address, "rcpt");
      if (!answer.take && answer.at === "rcpt") callback(refusal(answer.code, answer.text));
      else callback();
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const answer = how(session.envelope.rcptTo[0]?.address ?? "", "data");
        if (!answer.take) return callback(refusal(answer.code, answer.text));
        take(Buffer.concat(chunks).toString());
        if ("silent" in answer) {
          for (const connection of server.connections as unknown as Set<Connection>)
            if (connection.id === session.id) connection.close();
          return undefined;
        }
        void gate.then(() => callback());
        return undefined;
      });
    },
  });
  server.on("error", () => {}); // clients that are killed
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", () => resolve()));
  const address = server.server.address();
  const port = address && typeof address === "object" ? address.port : 0;

  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    bodies,
    until: (count) =>
      total >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve })),
    answer: (next) => {
      how = next;
    },
    stall: () => {
      let open = () => {};
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return open;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

type Connection = { id: string; close: () => void };
