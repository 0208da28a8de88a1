// Loaded into every supervised process: ends it when the supervisor is gone (its end of the channel closed).
// Only the supervisor's own children: what they fork (`next dev` does) inherits this file, but talks to them.
if (process.env.RINGBACK_LEASHED) {
  delete process.env.RINGBACK_LEASHED;
  if (!process.channel) process.exit(1); // the supervisor was gone before this line
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  // A process that ignores SIGTERM must not outlive its supervisor either.
  process.on("disconnect", () => setTimeout(() => process.exit(1), 3_000).unref());
  process.channel.unref();
}
