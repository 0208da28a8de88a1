import { writeFileSync } from "node:fs";
import { openApiDocument } from "@/server/api/v1/openapi";
import { clientSource } from "./client/source";

const target = "clients/ringback.ts";
writeFileSync(target, clientSource(openApiDocument("https://ringback.example.com")));
console.log(`${target} was made from the OpenAPI document.`);
