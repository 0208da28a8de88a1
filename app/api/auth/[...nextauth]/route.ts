import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/server/auth/options";
import { visitorOf } from "@/server/auth/visitor";

type Segments = { params: Promise<{ nextauth: string[] }> };

const handler = (request: NextRequest, segments: Segments): Promise<Response> =>
  NextAuth(request, segments, authOptions(visitorOf(request.headers)));

export { handler as GET, handler as POST };
