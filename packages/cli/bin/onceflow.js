#!/usr/bin/env node
const { main } = await import("../dist/main.js").catch((error) => {
  if (error?.code !== "ERR_MODULE_NOT_FOUND") throw error;
  console.error("onceflow is not built yet. In a checkout, run: npm run setup");
  process.exit(2);
});

process.exitCode = await main(process.argv.slice(2), process);
