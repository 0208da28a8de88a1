import net from "node:net";

/** What has to pass on one connection, in this order and within one transaction, before it is cut. */
type Passage = [from: "client" | "server", text: string][];

export type CuttingProxy = {
  /** The database through the proxy. Statements travel as text, so that passages can be seen. */
  url: string;
  /** Cuts the next connection on which `passage` passes: its last part is not handed on. Resolves when that happened. */
  cut(passage: Passage): Promise<void>;
  /** Resets all connections now, and cuts the next `refused` ones as soon as they say something. */
  reset(refused?: number): void;
  /** Ends all connections in good order, as a server does that is shut down. */
  hangUp(): void;
  close(): Promise<void>;
};

/** A TCP proxy before Postgres that loses a connection at a chosen moment. */
export async function startCuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const target = new URL(databaseUrl);
  const clients = new Set<net.Socket>();
  const sockets = new Set<net.Socket>();
  let refuse = 0;
  let armed: { passage: Passage; done: () => void } | null = null;

  const server = net.createServer((client) => {
    const upstream = net.connect(Number(target.port), target.hostname);
    let passed = 0;
    clients.add(client);
    client.once("close", () => clients.delete(client));
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    const watch = (from: "client" | "server", to: net.Socket) => (chunk: Buffer) => {
      if (refuse > 0) {
        refuse--;
        return end();
      }
      const text = chunk.toString("latin1");
      if (from === "client" && text.includes("begin")) passed = 0;
      const next = armed?.passage[passed];
      if (next && next[0] === from && text.includes(next[1])) passed++;
      if (!armed || passed < armed.passage.length) return void to.write(chunk);
      armed.done();
      armed = null;
      end();
    };
    client.on("data", watch("client", upstream));
    upstream.on("data", watch("server", client));
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", end).on("close", () => {
        sockets.delete(socket);
        end();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  url.searchParams.set("prepare", "false");
  return {
    url: url.href,
    cut: (passage) =>
      new Promise((resolve) => {
        armed = { passage, done: resolve };
      }),
    reset(refused = 0) {
      refuse = refused;
      for (const client of clients) client.resetAndDestroy();
    },
    hangUp() {
      for (const client of clients) client.end();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
