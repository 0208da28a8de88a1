import { randomBytes } from "node:crypto";
import { type FakeAnswer, type FakeRequest, FakeServer } from "@/server/platform/testing/fake-server";
import { specs } from "../../testing/specs";

export type Msg91FakeMessage = {
  requestId: string;
  to: string;
  publicId: string;
  recipient: Record<string, string>;
  flow: string;
};

/** How the fake treats messages to one number: an error's words, or a lost answer. */
export type Msg91Fault = { words: string; status?: number } | "drop" | "html_500";

export const msg91Settings = {
  authKey: "fake-auth-key-0123456789",
  entityId: "1101234567890123456",
} as const;

/** MSG91's flow API on the loopback interface: keeps messages and plays their lives by delivery reports. */
export class Msg91Fake extends FakeServer {
  readonly messages: Msg91FakeMessage[] = [];
  /** By recipient, digits without "+". */
  readonly faults = new Map<string, Msg91Fault>();

  override answer({ url, headers, body }: FakeRequest): FakeAnswer {
    if (url.pathname !== "/api/v5/flow") return { status: 404, json: error("not found") };
    if (headers.authkey !== msg91Settings.authKey)
      return { status: 401, json: error("Authentication failure") };
    const request = JSON.parse(body.toString()) as {
      template_id: string;
      recipients: Record<string, string>[];
    };
    const wrong = specs.msg91Flow(request);
    const [recipient] = request.recipients;
    if (wrong || !recipient) {
      this.complaints.push(wrong ?? "no recipient");
      return { status: 200, json: error("Template ID missing") };
    }
    const to = recipient.mobiles ?? "";
    const fault = this.faults.get(to);
    if (fault && typeof fault === "object") return { status: fault.status ?? 200, json: error(fault.words) };
    const requestId = randomBytes(12).toString("hex");
    const publicId = recipient.CRQID ?? "";
    this.messages.push({ requestId, to, publicId, recipient, flow: request.template_id });
    if (fault === "drop") return { status: 0, drop: true };
    if (fault === "html_500") return { status: 500, headers: { "content-type": "text/html" } };
    return { status: 200, json: { type: "success", message: requestId } };
  }

  /** Reports what became of messages, in one call, in the form of version 2. `door` carries the key. */
  report(reports: { message: Msg91FakeMessage; status: string; desc: string }[]): Promise<number> {
    const { body, headers } = reportCall(reports);
    return this.post(body, headers);
  }
}

/** A delivery report of version 2. */
export function reportCall(reports: { message: Msg91FakeMessage; status: string; desc: string }[]): {
  body: string;
  headers: Record<string, string>;
} {
  const data = reports.map(({ message, status, desc }) => ({
    senderId: "SURKSH",
    requestId: message.requestId,
    report: [
      {
        date: "2026-11-22 15:31:58",
        number: message.to,
        status,
        desc,
        failedReason: "",
        credit: "1",
        CRQID: message.publicId,
      },
    ],
    userId: "12345",
    campaignName: "API",
  }));
  return {
    body: new URLSearchParams({ data: JSON.stringify(data) }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  };
}

const error = (message: string) => ({ type: "error", message });
