export { decodePublicId, type ExecutionKey, encodePublicId } from "./public-id";
