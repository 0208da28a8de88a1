import type { Facts } from "./decide";
import type { Member, Reading } from "./load-members";
import type { Copy } from "./render-message";

/** What the rules see of a member, with the copy that was rendered for it. */
export const factsOf = (reading: Reading, member: Member, copy: Copy): Facts => ({
  channel: reading.channel,
  purpose: reading.content.purpose,
  customerExists: member.customerExists,
  stopState: member.stopState,
  address: member.address,
  suppressed: member.suppressed,
  consent: member.consent,
  hasPolicy: member.hasPolicy,
  missingTag: copy.ok ? null : copy.missingTag,
});
