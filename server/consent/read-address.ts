import { parseEmail, parsePhone } from "@/server/customers";
import type { ContactChannel } from "./status";

/** An address in its one spelling for a channel, or why it is none, in words. */
export const readAddress = (channel: ContactChannel, text: string) =>
  channel === "email" ? parseEmail(text) : parsePhone(text);
