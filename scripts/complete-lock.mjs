// After `npm install`: adds lock entries for optional packages of other platforms that npm leaves out when it makes the
// lock on one platform; without them `npm ci` refuses the lock file ("Missing: … from lock file").
import fs from "node:fs";

const file = process.argv[2] ?? "package-lock.json";
const lock = JSON.parse(fs.readFileSync(file, "utf8"));
const systems = [
  "darwin",
  "win32",
  "linux",
  "freebsd",
  "android",
  "openbsd",
  "netbsd",
  "sunos",
  "aix",
  "openharmony",
];
const processors = [
  "arm64",
  "x64",
  "ia32",
  "arm",
  "riscv64",
  "s390x",
  "ppc64",
  "loong64",
  "mips64el",
  "wasm32",
];

/** The lock's key of the package that `from` would load as `name`, or undefined. */
function find(from, name) {
  for (let at = from; ; ) {
    const key = `${at ? `${at}/` : ""}node_modules/${name}`;
    if (lock.packages[key]) return key;
    if (!at) return undefined;
    const cut = at.lastIndexOf("node_modules/");
    at = cut <= 0 ? "" : at.slice(0, cut - 1);
  }
}

function platformOf(name) {
  const parts = name.split("/").pop().split(/[-_]/);
  const entry = {};
  const system =
    parts.find((part) => systems.includes(part)) ?? (parts.includes("windows") ? "win32" : undefined);
  const processor =
    parts.find((part) => processors.includes(part)) ??
    (parts.includes("armv7") || parts.includes("gnueabihf") ? "arm" : undefined);
  if (system) entry.os = [system];
  if (processor) entry.cpu = [processor];
  if (system === "linux" && /musl/.test(name)) entry.libc = ["musl"];
  else if (system === "linux" && /gnu/.test(name)) entry.libc = ["glibc"];
  return entry;
}

let added = 0;
for (const [from, value] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(value.optionalDependencies ?? {})) {
    const version = range.replace(/^[\^~]/, "");
    if (find(from, name) || !/^\d/.test(version)) continue;
    lock.packages[`node_modules/${name}`] ??= {
      version,
      optional: true,
      ...(value.dev || value.devOptional ? { dev: true } : {}),
      ...platformOf(name),
    };
    added++;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")),
);
fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} entries added`);
