import net from "node:net";

/**
 * A way to the database on which nobody hears that events were committed: everything passes, until the server says so on a
 * connection that stored events; from there on its answers are kept back. Whoever is killed now was killed between storing and
 * answering.
 */
export async function muteCommits(databaseUrl: string): Promise<{ url: string; stop: () => void }> {
  const to = new URL(databaseUrl);
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(Number(to.port || 5432), to.hostname);
    let storing = false;
    let mute = false;
    near.on("data", (asked) => {
      storing ||= asked.includes("into customer_events");
      far.write(asked);
    });
    far.on("data", (answer) => {
      mute ||= storing && answer.includes("COMMIT");
      if (!mute) near.write(answer);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${port}` }).toString(),
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
