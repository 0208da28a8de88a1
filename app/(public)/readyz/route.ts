import { readiness } from "@/server/operations";

/** Readiness: 200 when the installation can do its work, else 503; the body says which part cannot. */
export async function GET(): Promise<Response> {
  const answer = await readiness();
  return Response.json(answer, {
    status: answer.ready ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
