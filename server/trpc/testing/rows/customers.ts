import { may, type Rows } from "../table";

const readers = "amsv";
const editors = "amv";
const policy = {
  policyType: "term",
  productName: "Term Plus",
  premium: "12,500",
  paymentMode: "yearly",
  graceDays: 30,
};
const payment = { dueDate: "2027-04-01", amount: "12,500", state: "open" };
const everybody = { match: "all", of: [] };
const consent = { customerId: "@customer", channel: "email", purpose: "promotional" };
const found = { foreign: "OK" } as const;

/** Customers, what is known of them, and what they allow. The customer of these rows is in the advisor's book. */
export const customerRows: Rows = {
  "customers.list": may(readers, { segment: ["@segment"] }, { foreign: "CONFLICT" }),
  "customers.count": may(readers, { segment: ["@segment"] }, { foreign: "CONFLICT" }),
  "customers.get": may(readers, { customerId: "@customer" }),
  "customers.create": may(editors, { name: "Ravi Iyer" }),
  "customers.update": may(editors, { customerId: "@customer", changes: { city: "Pune" } }),
  "customers.changeMany": may(
    editors,
    { who: { ids: ["@customer"] }, act: { kind: "add_tag", tag: "vip" } },
    found,
  ),
  "customers.timeline": may(readers, { customerId: "@customer" }),
  "customers.addNote": may(readers, { customerId: "@customer", text: "Called." }),
  "customers.editNote": may("a", { noteId: "@note", text: "Called twice." }),
  "customers.deleteNote": may("a", { noteId: "@note" }),
  "customers.restoreNote": may("a", { noteId: "@note" }),
  "customers.privacy": may("a"),
  "customers.changePrivacy": may("a", { maskedRoles: [], erasureDays: 7 }),
  "customers.advisors": may(readers),
  "customers.values": may(readers, { of: "city" }),
  "customers.tag": may(editors, { customerId: "@customer", add: ["gold club"] }),

  "policies.list": may(readers, { customerId: "@customer" }),
  "policies.payments": may(readers, { policyId: "@policy" }),
  "policies.paymentsAge": may("amsgv"),
  "policies.create": may(editors, { customerId: "@customer", policyNumber: "@new-word", ...policy }),
  "policies.update": may(editors, { policyId: "@policy", changes: { productName: "Term" } }),
  "policies.recordPayment": may(editors, { policyId: "@new-policy", payment }),
  "policies.changePayment": may(editors, { paymentId: "@payment", payment }),

  "consent.coverage": may("ams"),
  "consent.changes": may("ams", {}),
  "consent.ofCustomer": may(readers, { customerId: "@customer" }),
  "consent.grant": may(editors, {
    ...consent,
    customerId: "@new-customer",
    source: "form",
    textShown: "I agree to receive offers.",
    evidence: "Form 4711",
  }),
  "consent.withdraw": may(editors, consent),
  "consent.suppressions": may("ams", {}),
  "consent.suppress": may("am", {
    channels: ["email"],
    addresses: "nobody@example.test",
    reason: "manual",
  }),
  "consent.unsuppress": may("am", { ids: ["@new-suppression"], why: "Entered by mistake." }),
  "consent.files": may("am"),
  "consent.file": may("am", { fileId: "@consent-file" }),
  "consent.runFile": may("am", { fileId: "@consent-file" }, { gives: "CONFLICT" }),
  "consent.cancelFile": may("am", { fileId: "@new-consent-file" }),

  "erasures.find": may(readers, { customerId: "@customer" }, { foreign: "OK" }),
  "erasures.list": may("a", {}),
  "erasures.preview": may("a", { customerId: "@new-customer" }),
  "erasures.request": may("a", { customerId: "@new-customer", typed: "Asha Rao" }),
  "erasures.cancel": may("a", { customerId: "@customer" }, { gives: "CONFLICT" }),

  "events.list": may("am", { customer: "@customer" }, found),
  "events.names": may("am"),
  "events.check": may("am", { events: [{ name: "visited", customer: { external_id: "C1" } }] }),
  "events.ingest": may("am", { events: [{ name: "visited", customer: { external_id: "C1" } }] }),

  "imports.list": may("am", {}),
  "imports.get": may("am", { importId: "@import" }),
  "imports.configure": may("am", {
    importId: "@import",
    mapping: { Name: "name", Phone: "phone" },
    options: {},
  }),
  "imports.check": may("am", { importId: "@new-import" }),
  "imports.run": may("am", { importId: "@new-import" }, { gives: "CONFLICT" }),
  "imports.cancel": may("am", { importId: "@new-import" }, { gives: "CONFLICT" }),
  "imports.undo": may("am", { importId: "@new-import" }, { gives: "CONFLICT" }),

  "segments.list": may("ams", {}),
  "segments.get": may("ams", { id: "@segment" }),
  // Whom a campaign is for is chosen from these, by advisors too.
  "segments.names": may(readers),
  "segments.catalogue": may("ams"),
  "segments.eventProperties": may("ams", { name: "visited" }),
  "segments.counts": may("ams", { ids: ["@segment"] }),
  "segments.estimate": may("ams", { rule: everybody }),
  "segments.count": may("ams", { rule: everybody }),
  "segments.sample": may("ams", { rule: everybody }),
  "segments.create": may("am", { name: "@new-word", rule: everybody }),
  "segments.update": may("am", { id: "@new-segment", version: 1, changes: { description: "All" } }),
  "segments.duplicate": may("am", { id: "@segment" }),
  "segments.setArchived": may("am", { id: "@new-segment", archived: true }),
  "segments.delete": may("am", { id: "@new-segment" }),
  "segments.restore": may("am", { id: "@new-deleted-segment" }),

  "conversions.browse": may("ams", {}),
  "conversions.get": may("ams", { id: "@conversion" }),
  "conversions.correct": may("am", { id: "@conversion", value: 4 }),
  "conversions.files": may("am"),
  "conversions.beginFile": may("am", { name: "sales.csv", text: "external_id,value\nC1,5" }),
  "conversions.checkFile": may("am", { id: "@conversion-file", mapping: { external_id: "external_id" } }),
  "conversions.takeFile": may("am", { id: "@new-conversion-file", mapping: { external_id: "external_id" } }),
  "conversions.goOnWithFile": may("am", { id: "@new-conversion-file" }, { gives: "CONFLICT" }),
  "conversions.undoFile": may("am", { id: "@new-conversion-file" }),
};
