import pino from "pino";
import { env } from "@/env";
import { safeError, safeMessage } from "./safe-error";

/** Structured log, one JSON object a line on standard output. Ids only: names, addresses and message text never go in. */
export const logger = pino({
  level: env.LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: {
    level: (label) => ({ level: label }),
    // Loops write an error's message by itself.
    log: (line) =>
      typeof line.message === "string" ? { ...line, message: safeMessage(line.message, line.code) } : line,
  },
  serializers: { err: (error: unknown) => safeError(error) },
  redact: {
    paths: ["*.password", "*.token", "*.email", "*.phone", "*.authorization", "*.cookie"],
    censor: "[removed]",
  },
});

/** A logger whose lines name the part of the product that wrote them. */
export const loggerFor = (part: string) => logger.child({ part });
