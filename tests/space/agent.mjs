// An agent with MCP's official client for TypeScript: lists the tools, calls some, tells all of it.

import { readFileSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const { url, calls } = JSON.parse(readFileSync(0, "utf-8"));
const client = new Client({ name: "test", version: "1" });
await client.connect(new StreamableHTTPClientTransport(new URL(url)));
const { tools } = await client.listTools();
const answers = [];
for (const call of calls) {
  let told = 0;
  const answer = await client.callTool(call, undefined, { onprogress: () => (told += 1) });
  answers.push({ ...answer, told });
}
await client.close();
console.log(JSON.stringify({ tools, answers }));
