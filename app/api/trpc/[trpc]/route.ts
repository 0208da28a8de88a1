import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { currentSignedIn } from "@/server/auth/session";
import { newId } from "@/server/platform/ids";
import { appRouter } from "@/server/trpc/root";

const handler = (req: Request) =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    createContext: async () => ({ signedIn: await currentSignedIn(), requestId: newId() }),
  });

export { handler as GET, handler as POST };
