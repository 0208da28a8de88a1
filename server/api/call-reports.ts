import { receiveCallReport, telephonyAccountExists } from "@/server/telephony";
import { takeProviderCall } from "./provider-door";
import { RefusedCalls } from "./refused-calls";

const refused = new RefusedCalls();

/** Stores what a provider tells of a call and answers at once with `taken`; the worker does what it says. */
export const takeCallReport = (
  request: Request,
  { accountId, taken }: { accountId: string; taken: () => Response },
): Promise<Response> =>
  takeProviderCall(request, {
    refused,
    accountId,
    exists: () => telephonyAccountExists(accountId),
    receive: (call) => receiveCallReport({ accountId, ...call }),
    taken,
  });
