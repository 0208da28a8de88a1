type File = { name: string; content: AsyncGenerator<string | Uint8Array> };

/** A file that is made while it is downloaded: one piece in memory at a time, and none when nobody takes it any more. */
export function attachment({ name, content }: File, type: string): Response {
  const plain = name.replace(/[^\w.-]+/g, "-");
  return new Response(streamOf(content), {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      "cache-control": "private, no-store",
    },
  });
}

function streamOf(content: File["content"]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await content.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
    },
    cancel: async () => {
      await content.return(undefined);
    },
  });
}
