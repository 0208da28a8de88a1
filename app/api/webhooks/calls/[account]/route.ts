import { takeCallReport } from "@/server/api/call-reports";

type Params = { params: Promise<{ account: string }> };

/** What became of a call that we bridged. Neither provider reads a body; Twilio takes words in it for instructions. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { account } = await params;
  return takeCallReport(request, {
    accountId: account,
    taken: () => new Response(null, { status: 204 }),
  });
}
