import { takeCallReport } from "@/server/api/call-reports";

type Params = { params: Promise<{ account: string }> };

/** Twilio carries out what it is answered with, here: nothing more. Exotel goes on in its flow at 200 and reads no body. */
const nothingMore = () => new Response("<Response/>", { headers: { "content-type": "text/xml" } });

/** A customer called a line of ours. Exotel’s Passthru asks with GET, the call in the query; Twilio posts a form. */
async function take(request: Request, { params }: Params): Promise<Response> {
  const { account } = await params;
  return takeCallReport(request, { accountId: account, taken: nothingMore });
}

export { take as GET, take as POST };
