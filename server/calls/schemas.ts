import { z } from "zod";
import { callPurposes } from "@/server/telephony/status";

export const ownPhoneInput = z.object({ phone: z.string().trim().min(1, "Enter your number.").max(30) });
export type OwnPhone = z.infer<typeof ownPhoneInput>;

export const testCallInput = z.object({
  purpose: z.enum(callPurposes),
  /** Both are the administrator's own to give: the phone that rings first, and the one that it is connected with. */
  agentPhone: z.string().trim().min(1, "Enter the phone that rings first.").max(30),
  customerPhone: z.string().trim().min(1, "Enter the phone that rings second.").max(30),
});
export type TestCall = z.infer<typeof testCallInput>;
