export type Sent = { importId: string } | { problem: string };

const UNREACHED = "The server could not be reached. Nothing was kept; check the connection and try again.";

/** Sends a file with XMLHttpRequest, the only way that tells how far an upload is. `stop` ends it; nothing is kept then. */
export function sendFile(
  file: File,
  onSent: (bytes: number) => void,
): { result: Promise<Sent>; stop: () => void } {
  const request = new XMLHttpRequest();
  const result = new Promise<Sent>((resolve) => {
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => resolve(readAnswer(request));
    request.onerror = () => resolve({ problem: UNREACHED });
    request.onabort = () => resolve({ problem: "You stopped the upload. Nothing was kept." });
  });
  request.open("POST", `/api/imports?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.send(file);
  return { result, stop: () => request.abort() };
}

function readAnswer(request: XMLHttpRequest): Sent {
  try {
    const answer = JSON.parse(request.responseText) as {
      importId?: string;
      error?: { message?: string };
    };
    if (answer.importId) return { importId: answer.importId };
    return { problem: answer.error?.message ?? UNREACHED };
  } catch {
    return { problem: `The server answered ${request.status}. Nothing was kept; try again.` };
  }
}
