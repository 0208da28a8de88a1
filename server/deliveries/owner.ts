import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";

/**
 * The name of a process as the holder of a lease: host, boot, pid namespace, pid and start time. Only a process that
 * shares the first three can say whether another one is dead; the start time tells a reused pid from the holder.
 */
export const thisOwner: string = [
  os.hostname(),
  bootId(),
  pidNamespace(),
  process.pid,
  startTime(process.pid) ?? "0",
].join(":");

/** True only when the holder is proven dead: it ran here, since the same boot, and its process is gone. */
export function ownerIsGone(owner: string): boolean {
  if (owner === thisOwner) return false;
  const [host, boot, namespace, pid, started] = owner.split(":");
  const [ourHost, ourBoot, ourNamespace] = thisOwner.split(":");
  if (host !== ourHost || boot !== ourBoot || namespace !== ourNamespace || boot === "unknown") return false;
  return startTime(Number(pid)) !== started;
}

function bootId(): string {
  try {
    if (process.platform === "linux")
      return fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    if (process.platform === "darwin")
      return execFileSync("sysctl", ["-n", "kern.bootsessionuuid"], { encoding: "utf8" }).trim();
  } catch {
    // Nothing is proven without it: leases then wait for their end.
  }
  return "unknown";
}

function pidNamespace(): string {
  try {
    return fs.readlinkSync("/proc/self/ns/pid").replace(/\D/g, "");
  } catch {
    return "0";
  }
}

/** When a process started, in the system's own units; null when there is none (a zombie is none). */
function startTime(pid: number): string | null {
  if (process.platform === "linux") {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" || fields[0] === "X" ? null : (fields[19] ?? null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }
  try {
    process.kill(pid, 0);
    return "0";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH" ? null : "0";
  }
}
