// node lighthouse.mjs FOLDER PORT ADDRESS...: audit each address in the Chromium that listens on PORT, with the
// lighthouse installed in FOLDER. Prints one JSON object a line: address, accessibility, bestPractices, faults.
import { pathToFileURL } from "node:url";

const [folder, port, ...addresses] = process.argv.slice(2);
const { default: lighthouse } = await import(pathToFileURL(`${folder}/node_modules/lighthouse/core/index.js`));
const settings = {
  port: Number(port),
  logLevel: "error",
  onlyCategories: ["accessibility", "best-practices"],
  // Speed is measured elsewhere, so there is no phone to imitate and nothing to wait for.
  throttlingMethod: "provided",
  disableFullPageScreenshot: true,
  pauseAfterFcpMs: 0,
  pauseAfterLoadMs: 0,
  networkQuietThresholdMs: 200,
  cpuQuietThresholdMs: 0,
};

const percent = (category) => Math.round((category?.score ?? 0) * 100);
for (const address of addresses) {
  const { lhr } = await lighthouse(address, settings);
  const faults = Object.values(lhr.audits)
    .filter((audit) => audit.score !== null && audit.score < 1)
    .map((audit) => `${audit.id}: ${audit.title}`);
  if (lhr.runtimeError) faults.push(lhr.runtimeError.message);
  console.log(
    JSON.stringify({
      address,
      accessibility: percent(lhr.categories.accessibility),
      bestPractices: percent(lhr.categories["best-practices"]),
      faults,
    }),
  );
}
