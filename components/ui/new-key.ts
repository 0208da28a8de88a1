/**
 * 32 hexadecimal digits by which a form that was sent twice is known. `crypto.randomUUID` is missing where the product is
 * reached without TLS.
 */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
